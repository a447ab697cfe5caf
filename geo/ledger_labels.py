"""The ledger's own terms in the reader's language, beside those every page uses (`geo.labels`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.i18n import Speech
from geo.labels import BASES, Say

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


def told(terms: Mapping[str, Say], code: str, say: Speech) -> str:
    """A code of the data in words, or as it stands where no word is kept for it."""
    return terms[code](say) if code in terms else code


def basis_label(basis: str, say: Speech) -> str:
    """What an amount is: delivered, announced, contracted, requested or a programme's total."""
    others: dict[str, Say] = {
        "contracted": lambda say: say.t("contracted"),
        "requested": lambda say: say.t("requested"),
    }
    return told(BASES | others, basis, say)
