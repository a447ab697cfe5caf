"""The tables' own terms in the reader's language, beside `geo.language.terms`.

Anything else the tables say in English only is shown as English.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.language.terms import BASES, Say
from geo.language.translation import Speech

KINDS: Final[dict[str, Say]] = {
    "accreditation": lambda say: say.t("police accreditation"),
    "border_control": lambda say: say.t("border control"),
    "courtrooms": lambda say: say.t("courtrooms"),
    "dogs": lambda say: say.t("trained dogs"),
    "drug_courts": lambda say: say.t("drug treatment courts"),
    "equipment": lambda say: say.t("equipment"),
    "forensics": lambda say: say.t("forensics"),
    "justice_reform": lambda say: say.t("justice reform"),
    "other": lambda say: say.t("other"),
    "prevention_programme": lambda say: say.t("prevention programme"),
    "prisons": lambda say: say.t("prisons"),
    "training": lambda say: say.t("training"),
}

RECIPIENTS: Final[dict[str, Say]] = {
    "state": lambda say: say.t("state government"),
    "municipal": lambda say: say.t("municipality"),
    "federal": lambda say: say.t("federal institution"),
    "judiciary": lambda say: say.t("courts"),
    "civil_society": lambda say: say.t("civil society"),
    "mixed": lambda say: say.t("several levels"),
}

READINGS: Final[dict[str, Say]] = {
    "read in the source": lambda say: say.t("read in the source"),
    "reported by another source": lambda say: say.t("reported by another source"),
    "read in the source; product derived": lambda say: say.t(
        "read in the source; the product is ours"
    ),
    "press": lambda say: say.t("read in the press"),
}

FOUND_BY: Final[dict[str, Say]] = {
    "targeted": lambda say: say.t("search following the essay"),
    "systematic": lambda say: say.t("the same questions for every state"),
    "targeted2": lambda say: say.t("by the way in the second round"),
    "systematic2": lambda say: say.t("the same questions, second round"),
}

RELATIONS: Final[dict[str, Say]] = {
    "part_of": lambda say: say.t("is part of"),
    "running_total_over": lambda say: say.t("is a running total over"),
    "same_objects": lambda say: say.t("concerns the same things as"),
    "renewal_of": lambda say: say.t("renews"),
    "probably_includes": lambda say: say.t("includes"),
    "conflict": lambda say: say.t("has sources that disagree"),
}
"""How the first activity of an overlap stands to the second."""

SOURCE_KINDS: Final[dict[str, Say]] = {
    "official": lambda say: say.t("Official"),
    "mirror": lambda say: say.t("Official text in a copy"),
    "press": lambda say: say.t("Press"),
    "implementer": lambda say: say.t("Contractor or implementer"),
    "think_tank": lambda say: say.t("Think tank"),
    "ngo": lambda say: say.t("Civil society"),
    "wiki": lambda say: say.t("Wiki"),
    "other": lambda say: say.t("Other"),
}
"""Kinds of source, the most authoritative first."""

PLACE_LEVELS: Final[dict[str, Say]] = {
    "country_wide": lambda say: say.t("whole country"),
    "federal": lambda say: say.t("federal institutions"),
    "federal_and_states": lambda say: say.t("federal institutions and states, not split"),
    "some_states": lambda say: say.t("some states, not listed"),
    "border_not_listed": lambda say: say.t("border places, not listed"),
    "southern_border": lambda say: say.t("southern border"),
    "municipalities_not_named": lambda say: say.t("municipalities, not named"),
}

SCOPES: Final[dict[str, Say]] = {
    "merida": lambda say: say.t("Mérida"),
    "wider": lambda say: say.t("all U.S. aid"),
    "not_stated": lambda say: say.t("Mérida not named"),
    "not_merida": lambda say: say.t("not Mérida"),
}

TERMS: Final[dict[str, Say]] = {
    "INEGI free-use terms; cite INEGI. https://www.inegi.org.mx/inegi/terminos.html": lambda say: (
        say.t("INEGI free-use terms; cite INEGI. https://www.inegi.org.mx/inegi/terminos.html")
    ),
    "Facts read in the public documents named in each row; texts are the project's own.": (
        lambda say: say.t(
            "Facts read in the public documents named in each row; texts are the project's own."
        )
    ),
    "Coordinates of city points: GeoNames, CC BY 4.0. Other facts read in public documents; "
    "texts are the project's own.": lambda say: say.t(
        "Coordinates of city points: GeoNames, CC BY 4.0. Other facts read in public documents; "
        "texts are the project's own."
    ),
    "Natural Earth and the U.S. Census Bureau: public domain.": lambda say: say.t(
        "Natural Earth and the U.S. Census Bureau: public domain."
    ),
    "U.S. Bureau of Labor Statistics: public domain.": lambda say: say.t(
        "U.S. Bureau of Labor Statistics: public domain."
    ),
    "European Central Bank statistics, reused with their source named.": lambda say: say.t(
        "European Central Bank statistics, reused with their source named."
    ),
    "Population: INEGI free-use terms, cite INEGI. Homicides: CC BY 4.0. CONEVAL, CONAPO and "
    "SESNSP: public figures, cite the institution.": lambda say: say.t(
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
        "contracted": lambda say: say.t("contracted"),
        "requested": lambda say: say.t("requested"),
    }
    return term_of(BASES | others, basis, say)


COUNT_UNITS: Final[dict[str, Say]] = {
    "academy": lambda say: say.t("academy"),
    "agencies": lambda say: say.t("agencies"),
    "agency": lambda say: say.t("agency"),
    "central office": lambda say: say.t("central office"),
    "centre": lambda say: say.t("centre"),
    "children, parents and teachers of 39 schools": lambda say: say.t(
        "children, parents and teachers of 39 schools"
    ),
    "classroom": lambda say: say.t("classroom"),
    "conference": lambda say: say.t("conference"),
    "courses (more than)": lambda say: say.t("courses (more than)"),
    "court": lambda say: say.t("court"),
    "courthouse": lambda say: say.t("courthouse"),
    "courtroom kits promised": lambda say: say.t("courtroom kits promised"),
    "courtroom kits": lambda say: say.t("courtroom kits"),
    "courtrooms announced": lambda say: say.t("courtrooms announced"),
    "courtrooms planned": lambda say: say.t("courtrooms planned"),
    "courtrooms": lambda say: say.t("courtrooms"),
    "deliveries": lambda say: say.t("deliveries"),
    "detection units (planned)": lambda say: say.t("detection units (planned)"),
    "disciplines": lambda say: say.t("disciplines"),
    "dogs (3 new, 4 earlier)": lambda say: say.t("dogs (3 new, 4 earlier)"),
    "dogs offered": lambda say: say.t("dogs offered"),
    "dogs": lambda say: say.t("dogs"),
    "emergency centre": lambda say: say.t("emergency centre"),
    "experts in the process": lambda say: say.t("experts in the process"),
    "facility": lambda say: say.t("facility"),
    "federal police (more than)": lambda say: say.t("federal police (more than)"),
    "federal prison": lambda say: say.t("federal prison"),
    "federal prisons": lambda say: say.t("federal prisons"),
    "grants": lambda say: say.t("grants"),
    "heads of laboratory": lambda say: say.t("heads of laboratory"),
    "hearings assessed": lambda say: say.t("hearings assessed"),
    "juvenile centre": lambda say: say.t("juvenile centre"),
    "laboratories in process": lambda say: say.t("laboratories in process"),
    "laboratories in the project": lambda say: say.t("laboratories in the project"),
    "laboratories": lambda say: say.t("laboratories"),
    "laboratory": lambda say: say.t("laboratory"),
    "master plans": lambda say: say.t("master plans"),
    "meeting": lambda say: say.t("meeting"),
    "office planned": lambda say: say.t("office planned"),
    "officers (about)": lambda say: say.t("officers (about)"),
    "officers and officials": lambda say: say.t("officers and officials"),
    "officers": lambda say: say.t("officers"),
    "officials": lambda say: say.t("officials"),
    "people registered": lambda say: say.t("people registered"),
    "people trained (more than)": lambda say: say.t("people trained (more than)"),
    "people": lambda say: say.t("people"),
    "pieces of equipment (planned)": lambda say: say.t("pieces of equipment (planned)"),
    "police (more than, planned)": lambda say: say.t("police (more than, planned)"),
    "police (planned)": lambda say: say.t("police (planned)"),
    "police commanders": lambda say: say.t("police commanders"),
    "prison audited": lambda say: say.t("prison audited"),
    "prison evaluated": lambda say: say.t("prison evaluated"),
    "prison in process": lambda say: say.t("prison in process"),
    "prison planned": lambda say: say.t("prison planned"),
    "prison": lambda say: say.t("prison"),
    "prisons assessed": lambda say: say.t("prisons assessed"),
    "prisons": lambda say: say.t("prisons"),
    "programmes announced": lambda say: say.t("programmes announced"),
    "sessions": lambda say: say.t("sessions"),
    "shipment": lambda say: say.t("shipment"),
    "simulator": lambda say: say.t("simulator"),
    "staff trained": lambda say: say.t("staff trained"),
    "state police": lambda say: say.t("state police"),
    "state prison": lambda say: say.t("state prison"),
    "state prisons": lambda say: say.t("state prisons"),
    "study": lambda say: say.t("study"),
    "symposium": lambda say: say.t("symposium"),
    "training subjects planned": lambda say: say.t("training subjects planned"),
    "visit": lambda say: say.t("visit"),
    "young people (more than)": lambda say: say.t("young people (more than)"),
}
"""What the count of an activity's place counts (`count_unit`)."""

PERIODS: Final[dict[str, Say]] = {
    "2009 plan": lambda say: say.t("plan of 2009"),
    "2009 to Jan 2016": lambda say: say.t("2009 to January 2016"),
    "2009 to Jan 2017": lambda say: say.t("2009 to January 2017"),
    "2009 to c. 2017": lambda say: say.t("2009 to about 2017"),
    "2009-2011 plan": lambda say: say.t("plan for 2009–2011"),
    "2011 plan": lambda say: say.t("plan of 2011"),
    "Dec 2019 call": lambda say: say.t("call of December 2019"),
    "FY2008-FY2009 bridge": lambda say: say.t("fiscal years 2008–2009, bridge fund"),
    "FY2008-FY2011": lambda say: say.t("fiscal years 2008–2011"),
    "FY2014-FY2018": lambda say: say.t("fiscal years 2014–2018"),
    "FY2017 plan": lambda say: say.t("plan for fiscal year 2017"),
    "Jul 2020 to Jul 2025": lambda say: say.t("July 2020 to July 2025"),
    "Nov 2014 to mid-2019": lambda say: say.t("November 2014 to mid-2019"),
    "Sep 2008 to 2013": lambda say: say.t("September 2008 to 2013"),
    "five years to c. 2014": lambda say: say.t("five years to about 2014"),
    "to 2016": lambda say: say.t("to 2016"),
    "to 2018": lambda say: say.t("to 2018"),
    "to Dec 2017": lambda say: say.t("to December 2017"),
    "to Oct 2020": lambda say: say.t("to October 2020"),
    "to about 2020": lambda say: say.t("to about 2020"),
    "to c. 2013/14": lambda say: say.t("to about 2013 or 2014"),
    "to c. 2015": lambda say: say.t("to about 2015"),
    "undated": lambda say: say.t("undated"),
}
"""The periods of national figures and amounts by purpose that are more than years or a day."""


ONE: Final[dict[str, Say]] = {
    "courtrooms": lambda say: say.t("courtroom"),
    "deliveries": lambda say: say.t("delivery"),
    "disciplines": lambda say: say.t("discipline"),
    "agencies": COUNT_UNITS["agency"],
    "dogs": lambda say: say.t("dog"),
    "sessions": lambda say: say.t("session"),
    "federal prisons": COUNT_UNITS["federal prison"],
    "grants": lambda say: say.t("grant"),
    "laboratories": COUNT_UNITS["laboratory"],
    "master plans": lambda say: say.t("master plan"),
    "officers": lambda say: say.t("officer"),
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
