"""Words that the tables give in English, in the reader's language: what was counted, and periods.

Anything else the tables say in English only is shown as English (`geo.html_table.english_html`).
"""

from __future__ import annotations

from typing import Final

from geo.i18n import Speech
from geo.labels import Say

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


def counted(unit: str, say: Speech) -> str:
    """What was counted; a unit that has no word here stands as the data spells it."""
    return COUNT_UNITS[unit](say) if unit in COUNT_UNITS else unit


def period_words(period: str, say: Speech) -> str:
    """A period in words, a day as this language writes it, or the years as they stand."""
    if period in PERIODS:
        return PERIODS[period](say)
    if len(period) == len("2017-10-31"):
        return say.day(period)
    return period.replace("-", "–")
