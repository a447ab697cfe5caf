"""The field's terms in the reader's language: one wording for each, everywhere."""

from __future__ import annotations

import unicodedata
from itertools import filterfalse
from typing import Final

from geo.language.translation import Say, t

PRIORITY_NAMES: Final[dict[str, Say]] = {
    "rule_of_law": t("Rule of law"),
    "organised_crime": t("Organised crime"),
    "smart_border": t("Smart border"),
    "prevention": t("Crime prevention"),
    "counter_terrorism": t("Counter-terrorism"),
    "several": t("Several priorities"),
}

MEASURE_NAMES: Final[dict[str, Say]] = {
    "activities": t("Documented activity"),
    "usd": t("Dollars"),
}

EVIDENCE_NAMES: Final[dict[str, Say]] = {
    "documented": t("Leave out"),
    "attributed": t("Share it out"),
}

SPLIT_NAMES: Final[dict[str, Say]] = {
    "equal": t("Equally"),
    "population": t("By population"),
    "homicides": t("By homicides"),
}

NEED_NAMES: Final[dict[str, Say]] = {
    "none": t("No comparison"),
    "population": t("People"),
    "homicides": t("Homicides"),
    "poverty": t("People in poverty"),
}

SHOW_NAMES: Final[dict[str, Say]] = {
    "value": t("Number"),
    "share": t("% of all"),
    "ratio": t("Times its share"),
    "gap": t("Above or below its share"),
}

WEAK_NAMES: Final[dict[str, Say]] = {
    "exclude": t("Hide"),
    "include": t("Show"),
}

FOUND_NAMES: Final[dict[str, Say]] = {
    "all": t("All searches"),
    "systematic": t("The same questions for every state"),
    "systematic1": t("The same questions, first round"),
    "systematic2": t("The same questions, second round"),
    "targeted": t("Following the essay"),
}

NAMED_NAMES: Final[dict[str, Say]] = {
    "all": t("All U.S. security aid in the ledger"),
    "yes": t("Only what a source calls Mérida"),
}

SCHEME_NAMES: Final[dict[str, Say]] = {
    "jenks": t("Natural breaks (Jenks)"),
    "quantiles": t("Quantiles"),
    "equal": t("Equal intervals"),
    "log": t("Equal ratios (log)"),
}

LAYER_NAMES: Final[dict[str, Say]] = {
    "sites": t("Project sites"),
    "cities": t("Cities of the essay"),
    "sez": t("Special economic zones"),
    "border": t("Northern border states"),
    "municipalities": t("Municipalities"),
    "neighbours": t("Neighbouring countries"),
}

REASONS: Final[dict[str, Say]] = {
    "federal_institution": t("Federal institution: serves the whole country"),
    "region_not_split": t("Region named, no split by state"),
    "several_states": t("Several states named, no split published"),
    "covers_more": t("Amount covers more than the place named"),
    "offer_or_plan": t("Offer, request or plan, delivery not shown"),
    "us_part_not_stated": t("U.S. part not stated"),
    "mixed_funds": t("Mixed funds, U.S. share not separable"),
    "inferred_place": t("Place only inferred"),
    "undated": t("Undated"),
    "no_aid_stated": t("Meeting, visit, study or statement: no aid stated"),
    "other_search": t("Found in that state by a search left out"),
    "no_place": t("No state named"),
    "part_of_whole": t("Part of a total that is already counted"),
}

LEVELS: Final[dict[str, Say]] = {
    "federal": t("Federal bodies"),
    "country_wide": t("The whole country"),
    "region": t("A region, or several states together"),
    "unplaced": t("Places not named"),
}

GRADES: Final[dict[str, Say]] = {
    "A": t("A: read in an official source"),
    "B": t("B: read in a source that is not official"),
    "C": t("C: known through another source"),
    "D": t("D: weak, hidden unless asked for"),
}

SITE_KINDS: Final[dict[str, Say]] = {
    "city": t("City named in the essay"),
    "bridge": t("Road bridge"),
    "pre_inspection": t("Cargo pre-inspection"),
    "rail_bridge": t("Rail bridge"),
    "airport_crossing": t("Airport crossing"),
}

PRECISIONS: Final[dict[int, Say]] = {
    1: t("exact point"),
    2: t("within about 25 km"),
    3: t("municipality"),
    4: t("state"),
}

BASES: Final[dict[str, Say]] = {
    "delivered": t("delivered"),
    "announced": t("announced"),
    "programme total": t("programme total"),
}

FUNDERS: Final[dict[str, Say]] = {
    "US Merida": t("Mérida Initiative"),
    "USAID": t("USAID"),
    "US INL": t("U.S. State Department (INL)"),
    "US other": t("other U.S. funds"),
    "mixed": t("mixed funds"),
    "not stated": t("payer not stated"),
}

LANGUAGE_NAMES: Final = {"en": "English", "es": "Español"}
"""Each language in its own words, so that whoever needs it can read it."""


def folded(text: str) -> str:
    """A text without accents and case, as it is put in alphabetical order and searched for."""
    if text.isascii():
        return text.casefold()
    parts = unicodedata.normalize("NFKD", text)
    return "".join(filterfalse(unicodedata.combining, parts)).casefold()
