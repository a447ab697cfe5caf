"""The field's terms in the reader's language: one wording for each, everywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Final

from geo.language.translation import Speech

Say = Callable[[Speech], str]

PRIORITY_NAMES: Final[dict[str, Say]] = {
    "rule_of_law": lambda say: say.t("Rule of law"),
    "organised_crime": lambda say: say.t("Organised crime"),
    "smart_border": lambda say: say.t("Smart border"),
    "prevention": lambda say: say.t("Crime prevention"),
    "counter_terrorism": lambda say: say.t("Counter-terrorism"),
    "several": lambda say: say.t("Several priorities"),
}

MEASURE_NAMES: Final[dict[str, Say]] = {
    "activities": lambda say: say.t("Documented activity"),
    "usd": lambda say: say.t("Dollars"),
}

EVIDENCE_NAMES: Final[dict[str, Say]] = {
    "documented": lambda say: say.t("Leave out"),
    "attributed": lambda say: say.t("Share it out"),
}

SPLIT_NAMES: Final[dict[str, Say]] = {
    "equal": lambda say: say.t("Equally"),
    "population": lambda say: say.t("By population"),
    "homicides": lambda say: say.t("By homicides"),
}

NEED_NAMES: Final[dict[str, Say]] = {
    "none": lambda say: say.t("No comparison"),
    "population": lambda say: say.t("People"),
    "homicides": lambda say: say.t("Homicides"),
    "poverty": lambda say: say.t("People in poverty"),
}

SHOW_NAMES: Final[dict[str, Say]] = {
    "value": lambda say: say.t("Number"),
    "share": lambda say: say.t("% of all"),
    "ratio": lambda say: say.t("Times its share"),
    "gap": lambda say: say.t("Above or below its share"),
}

WEAK_NAMES: Final[dict[str, Say]] = {
    "exclude": lambda say: say.t("Hide"),
    "include": lambda say: say.t("Show"),
}

FOUND_NAMES: Final[dict[str, Say]] = {
    "all": lambda say: say.t("All searches"),
    "systematic": lambda say: say.t("The same questions for every state"),
    "systematic1": lambda say: say.t("The same questions, first round"),
    "systematic2": lambda say: say.t("The same questions, second round"),
    "targeted": lambda say: say.t("Following the essay"),
}

NAMED_NAMES: Final[dict[str, Say]] = {
    "all": lambda say: say.t("All U.S. security aid in the ledger"),
    "yes": lambda say: say.t("Only what a source calls Mérida"),
}

SCHEME_NAMES: Final[dict[str, Say]] = {
    "jenks": lambda say: say.t("Natural breaks (Jenks)"),
    "quantiles": lambda say: say.t("Quantiles"),
    "equal": lambda say: say.t("Equal intervals"),
    "log": lambda say: say.t("Equal ratios (log)"),
}

LAYER_NAMES: Final[dict[str, Say]] = {
    "sites": lambda say: say.t("Project sites"),
    "cities": lambda say: say.t("Cities of the essay"),
    "sez": lambda say: say.t("Special economic zones"),
    "border": lambda say: say.t("Northern border states"),
    "municipalities": lambda say: say.t("Municipalities"),
    "neighbours": lambda say: say.t("Neighbouring countries"),
}

REASONS: Final[dict[str, Say]] = {
    "federal_institution": lambda say: say.t("Federal institution: serves the whole country"),
    "region_not_split": lambda say: say.t("Region named, no split by state"),
    "several_states": lambda say: say.t("Several states named, no split published"),
    "covers_more": lambda say: say.t("Amount covers more than the place named"),
    "offer_or_plan": lambda say: say.t("Offer, request or plan, delivery not shown"),
    "us_part_not_stated": lambda say: say.t("U.S. part not stated"),
    "mixed_funds": lambda say: say.t("Mixed funds, U.S. share not separable"),
    "inferred_place": lambda say: say.t("Place only inferred"),
    "undated": lambda say: say.t("Undated"),
    "no_aid_stated": lambda say: say.t("Meeting, visit, study or statement: no aid stated"),
    "other_search": lambda say: say.t("Found in that state by a search left out"),
    "no_place": lambda say: say.t("No state named"),
    "part_of_whole": lambda say: say.t("Part of a total that is already counted"),
}

LEVELS: Final[dict[str, Say]] = {
    "federal": lambda say: say.t("Federal bodies"),
    "country_wide": lambda say: say.t("The whole country"),
    "region": lambda say: say.t("A region, or several states together"),
    "unplaced": lambda say: say.t("Places not named"),
}

GRADES: Final[dict[str, Say]] = {
    "A": lambda say: say.t("A: read in an official source"),
    "B": lambda say: say.t("B: read in a source that is not official"),
    "C": lambda say: say.t("C: known through another source"),
    "D": lambda say: say.t("D: weak, hidden unless asked for"),
}

SITE_KINDS: Final[dict[str, Say]] = {
    "city": lambda say: say.t("City named in the essay"),
    "bridge": lambda say: say.t("Road bridge"),
    "pre_inspection": lambda say: say.t("Cargo pre-inspection"),
    "rail_bridge": lambda say: say.t("Rail bridge"),
    "airport_crossing": lambda say: say.t("Airport crossing"),
}

PRECISIONS: Final[dict[int, Say]] = {
    1: lambda say: say.t("exact point"),
    2: lambda say: say.t("within about 25 km"),
    3: lambda say: say.t("municipality"),
    4: lambda say: say.t("state"),
}

BASES: Final[dict[str, Say]] = {
    "delivered": lambda say: say.t("delivered"),
    "announced": lambda say: say.t("announced"),
    "programme total": lambda say: say.t("programme total"),
}

FUNDERS: Final[dict[str, Say]] = {
    "US Merida": lambda say: say.t("Mérida Initiative"),
    "USAID": lambda say: say.t("USAID"),
    "US INL": lambda say: say.t("U.S. State Department (INL)"),
    "US other": lambda say: say.t("other U.S. funds"),
    "mixed": lambda say: say.t("mixed funds"),
    "not stated": lambda say: say.t("payer not stated"),
}

LANGUAGE_NAMES: Final = {"en": "English", "es": "Español"}
"""Each language in its own words, so that whoever needs it can read it."""


def folded(text: str) -> str:
    """A text without accents and case, as it is put in alphabetical order and searched for."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()
