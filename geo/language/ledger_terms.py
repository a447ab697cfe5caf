"""The tables' own terms in the reader's language, beside `geo.language.terms`.

Anything else the tables say in English only is shown as English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.language.terms import BASES
from geo.language.translation import Say, Speech, t

KINDS: Final[dict[str, Say]] = {
    "accreditation": t("police accreditation"),
    "border_control": t("border control"),
    "courtrooms": t("courtrooms"),
    "dogs": t("trained dogs"),
    "drug_courts": t("drug treatment courts"),
    "equipment": t("equipment"),
    "forensics": t("forensics"),
    "justice_reform": t("justice reform"),
    "other": t("other"),
    "prevention_programme": t("prevention programme"),
    "prisons": t("prisons"),
    "training": t("training"),
}

RECIPIENTS: Final[dict[str, Say]] = {
    "state": t("state government"),
    "municipal": t("municipality"),
    "federal": t("federal institution"),
    "judiciary": t("courts"),
    "civil_society": t("civil society"),
    "mixed": t("several levels"),
}

READINGS: Final[dict[str, Say]] = {
    "read in the source": t("read in the source"),
    "reported by another source": t("reported by another source"),
    "read in the source; product derived": t("read in the source; the product is ours"),
    "press": t("read in the press"),
}

FOUND_BY: Final[dict[str, Say]] = {
    "targeted": t("search following the essay"),
    "systematic": t("the same questions for every state"),
    "targeted2": t("by the way in the second round"),
    "systematic2": t("the same questions, second round"),
}

RELATIONS: Final[dict[str, Say]] = {
    "part_of": t("is part of"),
    "running_total_over": t("is a running total over"),
    "same_objects": t("concerns the same things as"),
    "renewal_of": t("renews"),
    "probably_includes": t("includes"),
    "conflict": t("has sources that disagree"),
}
"""How the first activity of an overlap stands to the second."""

SOURCE_KINDS: Final[dict[str, Say]] = {
    "official": t("Official"),
    "mirror": t("Official text in a copy"),
    "press": t("Press"),
    "implementer": t("Contractor or implementer"),
    "think_tank": t("Think tank"),
    "ngo": t("Civil society"),
    "wiki": t("Wiki"),
    "other": t("Other"),
}
"""Kinds of source, the most authoritative first."""

PLACE_LEVELS: Final[dict[str, Say]] = {
    "country_wide": t("whole country"),
    "federal": t("federal institutions"),
    "federal_and_states": t("federal institutions and states, not split"),
    "some_states": t("some states, not listed"),
    "border_not_listed": t("border places, not listed"),
    "southern_border": t("southern border"),
    "municipalities_not_named": t("municipalities, not named"),
}

SCOPES: Final[dict[str, Say]] = {
    "merida": t("Mérida"),
    "wider": t("all U.S. aid"),
    "not_stated": t("Mérida not named"),
    "not_merida": t("not Mérida"),
}

TERMS: Final[dict[str, Say]] = {
    "INEGI free-use terms; cite INEGI. https://www.inegi.org.mx/inegi/terminos.html": t(
        "INEGI free-use terms; cite INEGI. https://www.inegi.org.mx/inegi/terminos.html"
    ),
    "Facts read in the public documents named in each row; texts are the project's own.": (
        t("Facts read in the public documents named in each row; texts are the project's own.")
    ),
    "Coordinates of city points: GeoNames, CC BY 4.0. Other facts read in public documents; "
    "texts are the project's own.": t(
        "Coordinates of city points: GeoNames, CC BY 4.0. Other facts read in public documents; "
        "texts are the project's own."
    ),
    "Natural Earth and the U.S. Census Bureau: public domain.": t(
        "Natural Earth and the U.S. Census Bureau: public domain."
    ),
    "U.S. Bureau of Labor Statistics: public domain.": t(
        "U.S. Bureau of Labor Statistics: public domain."
    ),
    "European Central Bank statistics, reused with their source named.": t(
        "European Central Bank statistics, reused with their source named."
    ),
    "Population: INEGI free-use terms, cite INEGI. Homicides: CC BY 4.0. CONEVAL, CONAPO and "
    "SESNSP: public figures, cite the institution.": t(
        "Population: INEGI free-use terms, cite INEGI. Homicides: CC BY 4.0. CONEVAL, CONAPO and "
        "SESNSP: public figures, cite the institution."
    ),
}
"""The terms of the sources as the data package has them."""


def term_of(terms: Mapping[str, Say], code: str, say: Speech) -> str:
    """A code of the data in words, or as it stands where no word is kept for it."""
    return terms[code](say) if code in terms else code


def basis_label(basis: str, say: Speech) -> str:
    """What an amount is: delivered, announced, contracted, requested or a programme's total."""
    others: dict[str, Say] = {
        "contracted": t("contracted"),
        "requested": t("requested"),
    }
    return term_of(BASES | others, basis, say)


COUNT_UNITS: Final[dict[str, Say]] = {
    "academy": t("academy"),
    "agencies": t("agencies"),
    "agency": t("agency"),
    "central office": t("central office"),
    "centre": t("centre"),
    "children, parents and teachers of 39 schools": t(
        "children, parents and teachers of 39 schools"
    ),
    "classroom": t("classroom"),
    "conference": t("conference"),
    "courses (more than)": t("courses (more than)"),
    "court": t("court"),
    "courthouse": t("courthouse"),
    "courtroom kits promised": t("courtroom kits promised"),
    "courtroom kits": t("courtroom kits"),
    "courtrooms announced": t("courtrooms announced"),
    "courtrooms planned": t("courtrooms planned"),
    "courtrooms": t("courtrooms"),
    "deliveries": t("deliveries"),
    "detection units (planned)": t("detection units (planned)"),
    "disciplines": t("disciplines"),
    "dogs (3 new, 4 earlier)": t("dogs (3 new, 4 earlier)"),
    "dogs offered": t("dogs offered"),
    "dogs": t("dogs"),
    "emergency centre": t("emergency centre"),
    "experts in the process": t("experts in the process"),
    "facility": t("facility"),
    "federal police (more than)": t("federal police (more than)"),
    "federal prison": t("federal prison"),
    "federal prisons": t("federal prisons"),
    "grants": t("grants"),
    "heads of laboratory": t("heads of laboratory"),
    "hearings assessed": t("hearings assessed"),
    "juvenile centre": t("juvenile centre"),
    "laboratories in process": t("laboratories in process"),
    "laboratories in the project": t("laboratories in the project"),
    "laboratories": t("laboratories"),
    "laboratory": t("laboratory"),
    "master plans": t("master plans"),
    "meeting": t("meeting"),
    "office planned": t("office planned"),
    "officers (about)": t("officers (about)"),
    "officers and officials": t("officers and officials"),
    "officers": t("officers"),
    "officials": t("officials"),
    "people registered": t("people registered"),
    "people trained (more than)": t("people trained (more than)"),
    "people": t("people"),
    "pieces of equipment (planned)": t("pieces of equipment (planned)"),
    "police (more than, planned)": t("police (more than, planned)"),
    "police (planned)": t("police (planned)"),
    "police commanders": t("police commanders"),
    "prison audited": t("prison audited"),
    "prison evaluated": t("prison evaluated"),
    "prison in process": t("prison in process"),
    "prison planned": t("prison planned"),
    "prison": t("prison"),
    "prisons assessed": t("prisons assessed"),
    "prisons": t("prisons"),
    "programmes announced": t("programmes announced"),
    "sessions": t("sessions"),
    "shipment": t("shipment"),
    "simulator": t("simulator"),
    "staff trained": t("staff trained"),
    "state police": t("state police"),
    "state prison": t("state prison"),
    "state prisons": t("state prisons"),
    "study": t("study"),
    "symposium": t("symposium"),
    "training subjects planned": t("training subjects planned"),
    "visit": t("visit"),
    "young people (more than)": t("young people (more than)"),
}
"""What the count of an activity's place counts (`count_unit`)."""

PERIODS: Final[dict[str, Say]] = {
    "2009 plan": t("plan of 2009"),
    "2009 to Jan 2016": t("2009 to January 2016"),
    "2009 to Jan 2017": t("2009 to January 2017"),
    "2009 to c. 2017": t("2009 to about 2017"),
    "2009-2011 plan": t("plan for 2009–2011"),
    "2011 plan": t("plan of 2011"),
    "Dec 2019 call": t("call of December 2019"),
    "FY2008-FY2009 bridge": t("fiscal years 2008–2009, bridge fund"),
    "FY2008-FY2011": t("fiscal years 2008–2011"),
    "FY2014-FY2018": t("fiscal years 2014–2018"),
    "FY2017 plan": t("plan for fiscal year 2017"),
    "Jul 2020 to Jul 2025": t("July 2020 to July 2025"),
    "Nov 2014 to mid-2019": t("November 2014 to mid-2019"),
    "Sep 2008 to 2013": t("September 2008 to 2013"),
    "five years to c. 2014": t("five years to about 2014"),
    "to 2016": t("to 2016"),
    "to 2018": t("to 2018"),
    "to Dec 2017": t("to December 2017"),
    "to Oct 2020": t("to October 2020"),
    "to about 2020": t("to about 2020"),
    "to c. 2013/14": t("to about 2013 or 2014"),
    "to c. 2015": t("to about 2015"),
    "undated": t("undated"),
}
"""The periods of national figures and amounts by purpose that are more than years or a day."""


ONE: Final[dict[str, Say]] = {
    "courtrooms": t("courtroom"),
    "deliveries": t("delivery"),
    "disciplines": t("discipline"),
    "agencies": COUNT_UNITS["agency"],
    "dogs": t("dog"),
    "sessions": t("session"),
    "federal prisons": COUNT_UNITS["federal prison"],
    "grants": t("grant"),
    "laboratories": COUNT_UNITS["laboratory"],
    "master plans": t("master plan"),
    "officers": t("officer"),
    "prisons": COUNT_UNITS["prison"],
    "state prisons": COUNT_UNITS["state prison"],
}
"""What a unit that the data spells as many is called where the count is one."""


def counted(unit: str, count: float, say: Speech) -> str:
    """What was counted; a unit that has no word here stands as the data spells it."""
    if count == 1 and unit in ONE:
        return ONE[unit](say)
    return COUNT_UNITS[unit](say) if unit in COUNT_UNITS else unit


def period_words(period: str, say: Speech) -> str:
    """A period in words, a day as this language writes it, or the years as they stand."""
    if period in PERIODS:
        return PERIODS[period](say)
    if len(period) == len("2017-10-31"):
        return say.day(period)
    return period.replace("-", "–")
