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
    "targeted": lambda say: say.t("targeted search"),
    "systematic": lambda say: say.t("equal-effort search"),
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
    "agency": lambda say: say.t("agency"),
    "conference": lambda say: say.t("conference"),
    "court": lambda say: say.t("court"),
    "courthouse": lambda say: say.t("courthouse"),
    "courtroom kits": lambda say: say.t("courtroom kits"),
    "courtrooms": lambda say: say.t("courtrooms"),
    "courtrooms announced": lambda say: say.t("courtrooms announced"),
    "courtrooms planned": lambda say: say.t("courtrooms planned"),
    "deliveries": lambda say: say.t("deliveries"),
    "disciplines": lambda say: say.t("disciplines"),
    "dogs": lambda say: say.t("dogs"),
    "dogs (3 new, 4 earlier)": lambda say: say.t("dogs (3 new, 4 earlier)"),
    "dogs offered": lambda say: say.t("dogs offered"),
    "emergency centre": lambda say: say.t("emergency centre"),
    "federal police (more than)": lambda say: say.t("federal police (more than)"),
    "federal prison": lambda say: say.t("federal prison"),
    "federal prisons": lambda say: say.t("federal prisons"),
    "grants": lambda say: say.t("grants"),
    "juvenile centre": lambda say: say.t("juvenile centre"),
    "laboratories": lambda say: say.t("laboratories"),
    "laboratories in process": lambda say: say.t("laboratories in process"),
    "laboratories in the project": lambda say: say.t("laboratories in the project"),
    "laboratory": lambda say: say.t("laboratory"),
    "master plans": lambda say: say.t("master plans"),
    "meeting": lambda say: say.t("meeting"),
    "office planned": lambda say: say.t("office planned"),
    "officers": lambda say: say.t("officers"),
    "officers and officials": lambda say: say.t("officers and officials"),
    "police (more than, planned)": lambda say: say.t("police (more than, planned)"),
    "police commanders": lambda say: say.t("police commanders"),
    "prison": lambda say: say.t("prison"),
    "prison audited": lambda say: say.t("prison audited"),
    "prison evaluated": lambda say: say.t("prison evaluated"),
    "prison in process": lambda say: say.t("prison in process"),
    "prison planned": lambda say: say.t("prison planned"),
    "prisons": lambda say: say.t("prisons"),
    "prisons assessed": lambda say: say.t("prisons assessed"),
    "programmes announced": lambda say: say.t("programmes announced"),
    "simulator": lambda say: say.t("simulator"),
    "staff trained": lambda say: say.t("staff trained"),
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
    "FY2008-FY2009 bridge": lambda say: say.t("fiscal years 2008–2009, bridge fund"),
    "FY2008-FY2011": lambda say: say.t("fiscal years 2008–2011"),
    "FY2014-FY2018": lambda say: say.t("fiscal years 2014–2018"),
    "FY2017 plan": lambda say: say.t("plan for fiscal year 2017"),
    "five years to c. 2014": lambda say: say.t("five years to about 2014"),
    "to 2016": lambda say: say.t("to 2016"),
    "to 2018": lambda say: say.t("to 2018"),
    "to Dec 2017": lambda say: say.t("to December 2017"),
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
    "dogs": lambda say: say.t("dog"),
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
