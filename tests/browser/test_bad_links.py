"""A link that is wrong opens a working page and says in one plain line what it ignored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Dialog, expect

from geo.atlas import load_atlas
from geo.chapters.closer import Opened
from geo.language import speech
from geo.server.previews import PAGES
from geo.view import View
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import assert_shows
from tests.covering import seldom

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage
    from tests.browser.conftest import Seen

MARKUP = "<img src=x onerror=alert(1)>"
SCRIPT = "\"><script>document.title='torn'</script>"
LONG = "x" * 1000

BAD: list[tuple[str, View, tuple[str, ...]]] = [
    ("colour=red", View(), ("colour",)),
    (f"measure={quote(MARKUP)}", View(), ("measure", MARKUP)),
    (f"{quote(MARKUP)}=1", View(), (MARKUP,)),
    (f"state={quote(SCRIPT)}&measure=usd", View(measure="usd"), ("state", "<script>")),
    ("state=099&k=99&from=2010.5", View(), ("state", "099", "k", "99")),
    ("from=2015&to=2010", View(), ("2015", "2010")),
    ("from=1999&to=2012", View(to_year=2012), ("from", "1999")),
    ("pillar=0,6&layers=rivers", View(), ("pillar", "layers", "rivers")),
    (f"{LONG}={LONG}&per=poverty", View(per="poverty"), ("x" * 20,)),
    ("site=w_bridge&q=prison&slide=3", View(), ("site", "slide")),
    ("measure=usd&measure=activities&measure=rubbish", View(), ("rubbish",)),
    ("&".join(f"p{n}=1" for n in range(40)), View(), ("p0",)),
    ("measure=%7Bname%7D&state={0}", View(), ("measure", "{name}", "{0}")),
]


@pytest.fixture
def dialogs(atlas: AtlasPage) -> list[str]:
    """What the page asks in dialogs, which is nothing."""
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    atlas.page.on("dialog", dismiss)
    return asked


@pytest.mark.parametrize(("query", "view", "told"), [BAD[3], *seldom(*BAD)])
def test_a_bad_link_opens_a_working_page_and_one_line_says_what_was_ignored(
    atlas: AtlasPage, seen: Seen, dialogs: list[str], query: str, view: View, told: tuple[str, ...]
) -> None:
    atlas.page.goto(f"/?{query}", wait_until="domcontentloaded")
    atlas.wait_settled().wait_painted()
    assert_works_and_says(atlas, view, told)
    assert dialogs == []
    assert seen.console_errors == []


def test_so_does_a_bad_link_that_is_followed_on_the_page_until_the_next_choice(
    atlas: AtlasPage, seen: Seen, dialogs: list[str]
) -> None:
    atlas.open_map()
    for query, view, told in BAD:
        atlas.follow(f"/?{query}")
        for part in told:
            expect(atlas.page.locator(".ma-note").first).to_contain_text(part, timeout=LIMIT)
        assert_works_and_says(atlas, view, told)
        assert dialogs == [], query
        assert seen.console_errors == [], query
    atlas.follow("/?colour=red")
    assert_works_and_says(atlas, View(), ("colour",))
    # The line goes with the next choice and does not come back.
    atlas.choose("measure", "Dollars")
    assert_shows(atlas, View(measure="usd"))
    assert atlas.notices_of_the_link() == []
    atlas.choose("show", "% of all")
    assert_shows(atlas, View(measure="usd", show="share"))
    assert atlas.notices_of_the_link() == []


def assert_works_and_says(atlas: AtlasPage, view: View, told: tuple[str, ...]) -> None:
    """The page shows the view, and one plain line names what of the link was ignored."""
    assert_shows(atlas, view)
    notes = atlas.notices_of_the_link()
    assert len(notes) == 1
    assert "ignored" in notes[0]
    for part in told:
        assert part in notes[0]
    assert len(notes[0]) < 500
    assert "\n" not in notes[0]
    title = PAGES[""].title(load_atlas(), view, Opened())
    assert atlas.page.evaluate("document.title") == title
    assert atlas.page.locator(".stMain img[src='x'], .stMain script").count() == 0
    assert atlas.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_other_pages_say_it_too_and_keep_what_can_be_used(atlas: AtlasPage) -> None:
    wrong = {"measure": MARKUP, "k": "99", "to": "2015"}
    atlas.open("/sites", **wrong)
    for path in ("/sites", "/background", "/methods"):
        if path != "/sites":
            atlas.follow(f"{path}?{urlencode(wrong)}")
            expect(atlas.page).to_have_url(re.compile(f"{path}[?]to=2015$"), timeout=LIMIT)
        note = atlas.page.locator(".ma-note").first
        expect(note).to_contain_text("ignored", timeout=LIMIT)
        assert len(atlas.notices_of_the_link()) == 1
        assert MARKUP in note.inner_text()
        assert atlas.page.locator(".stMain img[src='x']").count() == 0
        assert atlas.url_params() == {"to": ["2015"]}


def test_an_address_that_is_no_page_says_so_and_offers_the_map(atlas: AtlasPage) -> None:
    answer = atlas.page.goto("/nowhere?lang=es")
    assert answer is not None
    assert answer.status == 404
    expect(atlas.page.locator("h1")).to_have_text(speech("es").t("There is no such page"))
    atlas.page.get_by_role("link", name=speech("es").t("Map"), exact=True).click()
    atlas.wait_settled()
    assert_shows(atlas, View(lang="es"))
