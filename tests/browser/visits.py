"""One visit, many looks: a page that tests only look at is opened once for all of them.

What a page costs is its opening: the app's scripts, its first run, the map. A test that changes
nothing says `@looks_at(visit("sites", lang="es"))` and takes `look`: pytest puts all tests of one
visit one after another, whatever files they stand in, and the page is the same for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import pytest

from geo.view import View, spell_query
from tests.browser.atlas_page import AtlasPage
from tests.covering import thorough

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark.structures import ParameterSet
    from playwright.sync_api import Page

    from tests.browser.conftest import Seen

SCHEMES: Final = ("light", "dark")
DESK, SMALL_DESK, PHONE = (1400, 1000), (1400, 900), (390, 844)
WITH_A_MAP = ("", "rebalance", "sites")
"""Paths of the pages that have a map by themselves."""

DEFAULT = View()

REFUSALS = """
    document.addEventListener("securitypolicyviolation", (event) => {
        (window.top.refused ??= []).push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
"""
"""Takes down, in the page and its frames, what their policies refuse."""

REMEMBER = """() => {
    for (const one of document.querySelectorAll("details")) one.dataset.wasOpen = one.open;
}"""

PUT_BY = """(most) => document.querySelectorAll("tbody").forEach((body) =>
    [...body.rows].slice(most).filter((row) => !row.matches(".selected"))
        .forEach((row) => { row.hidden = true; row.dataset.by = ""; }))"""

RESTORE = """() => {
    for (const row of document.querySelectorAll("tr[data-by]")) {
        row.hidden = false;
        delete row.dataset.by;
    }
    for (const one of document.querySelectorAll("details")) {
        one.open = one.dataset.wasOpen === "true";
    }
    document.activeElement?.blur();
    document.querySelectorAll('[data-testid="stMain"]').forEach((one) => one.scrollTo(0, 0));
    scrollTo(0, 0);
}"""


@dataclass(frozen=True)
class Visit:
    """A page as somebody comes to it: where, in which language and theme, on which screen."""

    path: str
    lang: str
    scheme: Literal["light", "dark"]
    size: tuple[int, int]
    query: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        told = [f"{name}={value}" for name, value in self.query]
        size = "" if self.size == DESK else "x".join(map(str, self.size))
        parts = [f"/{self.path}", self.lang, self.scheme, size, *told]
        return "-".join(part for part in parts if part)


def visit(
    path: str = "",
    lang: str = "en",
    scheme: Literal["light", "dark"] = "light",
    size: tuple[int, int] = DESK,
    view: View = DEFAULT,
    **query: str,
) -> Visit:
    """A visit with a view and the parameters of a page; a path is without the slash before it."""
    asked = {"lang": lang, **spell_query(view), **query}
    return Visit(path, asked.pop("lang"), scheme, size, tuple(asked.items()))


def looks_at(visits: Iterable[Visit | ParameterSet]) -> pytest.MarkDecorator:
    """The test runs once for each of these visits; what it looks at is its argument `look`."""
    return pytest.mark.parametrize("visited", list(visits), indirect=True, ids=str)


class Visited(AtlasPage):
    """A page that was opened for looking at, and what was seen while it opened."""

    def __init__(self, page: Page, seen: Seen, attempted: list[str], visit: Visit) -> None:
        super().__init__(page)
        self.visit = visit
        self.seen = seen
        self.attempted = attempted
        self.come()

    def come(self) -> None:
        """Open the page, with its headline, its map if it has one, and its letters."""
        self.open(f"/{self.visit.path}", lang=self.visit.lang, **dict(self.visit.query))
        self.page.locator("h1.ma-headline").wait_for()
        if self.visit.path in WITH_A_MAP:
            self.wait_painted().wait_map_still()
        self.page.evaluate("() => document.fonts.ready.then(() => true)")
        self.wait_settled()
        self.page.evaluate(REMEMBER)

    def refused(self) -> list[str]:
        """What the policies of the page and its frames have refused."""
        return list(self.page.evaluate("() => window.refused ?? []"))

    def open_all(self) -> None:
        """Unfold everything that is folded."""
        self.page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )

    def put_rows_by(self) -> None:
        """Hide the rows of a table after its first six, which are alike, but for a chosen one.

        The thorough profile looks at each.
        """
        if not thorough():
            self.page.evaluate(PUT_BY, 6)

    def restore(self) -> None:
        """As it was when it had opened: nothing unfolded, put by, focused, scrolled or printed."""
        self.page.emulate_media(media="null", color_scheme=self.visit.scheme)
        self.page.evaluate(RESTORE)
