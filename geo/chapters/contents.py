"""The pages: what each is called, and what it keeps in its address beside the view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from geo.chapters.closer import TOOLS_QUERY
from geo.chapters.evidence import ASKED
from geo.equity.rebalance import SCENARIOS
from geo.language import Say
from geo.view import NOTHING_OF_ITS_OWN, PageQuery

KEEPS: Final[Mapping[str, PageQuery]] = {
    "": TOOLS_QUERY,
    "evidence": ASKED,
    "rebalance": SCENARIOS,
    "sites": NOTHING_OF_ITS_OWN,
    "background": NOTHING_OF_ITS_OWN,
    "methods": NOTHING_OF_ITS_OWN,
    "briefing": NOTHING_OF_ITS_OWN,
}
"""Page, by the path of its address → what it keeps; the Map page is at the root."""

MAP: Final = ""

PAGE_NAMES: Final[Mapping[str, Say]] = {
    "": lambda say: say.t("Map"),
    "evidence": lambda say: say.t("Evidence"),
    "rebalance": lambda say: say.t("Rebalance"),
    "sites": lambda say: say.t("Sites"),
    "background": lambda say: say.t("Background"),
    "methods": lambda say: say.t("Data and methods"),
    "briefing": lambda say: say.t("Briefing"),
}
"""Page, by the path of its address → its name in the navigation."""


def page_title(name: str) -> str:
    """The title of the document on the page of that name."""
    return f"{name} · Mérida Atlas"


def spelled_own(page: str, query: Mapping[str, Any]) -> dict[str, str]:
    """What a query says of a page's own choices, as the page itself would spell it."""
    keeps = KEEPS[page]
    return keeps.spell(keeps.read(query)[0])
