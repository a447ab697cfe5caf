"""An edition opens from a disk and from a web server: every view, and no request to the world."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Error, expect

from geo.atlas import load_atlas
from geo.chapters.map import profile_of
from geo.edition import Choices, build_edition
from geo.language import speech
from geo.scene import build_scene
from geo.share.files import values_json
from geo.view import View, read_query
from geo.words import tell
from tests.browser.atlas_page import LIMIT
from tests.browser.conftest import Desk
from tests.browser.test_axe import grave
from tests.covering import covering, seldom
from tests.fleet import Folder
from tests.made import made_once
from tests.view.test_published_links import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Route

    Scheme = Literal["light", "dark"]


@pytest.fixture(scope="session")
def edition() -> Path:
    """An edition without pictures, built once in a run; it stands in a folder of a folder."""
    with made_once("a folder") as (folder, made):
        if not made:
            older = folder / "older"
            (older / "es").mkdir(parents=True)
            told = {"data": "0123456789ab", "files": [], "citation": {}}
            (older / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
            (older / "es" / "index.html").write_text(
                "<link rel=icon href=data:,><h1>Como era</h1>", encoding="utf-8"
            )
            build_edition(load_atlas(), folder / "atlas", Choices(pictures=False))
    return folder / "atlas"


@pytest.fixture(scope="session")
def nginx(edition: Path) -> Iterator[str]:
    """The address at which nginx gives out the folder that the edition stands in."""
    if shutil.which("nginx") is None:
        pytest.skip("no nginx on this machine (Debian: apt-get install nginx-light)")
    with Folder(edition.parent) as server:
        yield f"{server.url}/atlas"


@pytest.fixture(params=["disk", "nginx"])
def base(request: pytest.FixtureRequest, edition: Path) -> str:
    """Where a reader opens the edition."""
    if request.param == "disk":
        return edition.as_uri()
    return str(request.getfixturevalue("nginx"))


FROM_DISK = pytest.mark.parametrize("base", ["disk", *seldom("nginx")], indirect=True)
"""For what does not depend on where the files come from."""


@pytest.fixture(scope="session")
def reading_desk(browser: Browser, edition: Path) -> Callable[[bool], Desk]:
    """The profile of all who read the edition and let a page run its scripts, or do not."""

    def set_up(scripts: bool) -> Desk:
        desk = Desk.set_up(
            browser, edition.as_uri(), {"java_script_enabled": scripts}, "/about/index.html"
        )
        desk.context.on("requestfailed", lambda asked: desk.seen.note_failure(asked))
        return desk

    return cache(set_up)


@pytest.fixture
def reader(reading_desk: Callable[[bool], Desk]) -> Iterator[Callable[..., Page]]:
    """Opens tabs for readers who are cut off from the world; a script's fault fails the test."""
    used: list[Desk] = []

    def opened(width: int = 1400, *, scripts: bool = True) -> Page:
        used.append(reading_desk(scripts))
        page = used[-1].new_tab()
        page.set_viewport_size({"width": width, "height": 1000 if width > 390 else 844})
        return page

    yield opened
    (desk,) = used
    outside, seen = list(desk.attempted), desk.seen
    desk.clear()
    assert outside == []
    assert [*seen.page_errors, *seen.console_errors, *seen.failed] == []


def headline(page: Page) -> str:
    return str(page.locator("h1").first.inner_text()).strip()


def wait_for(page: Page, view: View) -> None:
    """Until the page says what the view says."""
    page.locator("h1", has_text=tell(load_atlas(), view).headline).wait_for(timeout=LIMIT)


def shown(page: Page) -> dict[str, Any]:
    """What a reader has before their eyes, as the API would say it."""
    found: dict[str, Any] = page.evaluate(
        """() => ({
          ranking: [...document.querySelectorAll('.ma-ranking tbody tr')].map((row) =>
            [row.dataset.state, ...[...row.cells].filter((cell) => cell.tagName === 'TD')
              .map((cell) => cell.textContent.trim())]),
          fills: Object.fromEntries([...document.querySelectorAll('.plan .states a')].map((state) =>
            [state.firstElementChild.id.slice(1), state.getAttribute('fill')])),
          current: [...document.querySelectorAll('#ma-first :is(.tools, .measure) [aria-current]')]
            .map((link) => link.textContent.trim()),
          chosen: document.querySelectorAll('.ma-chosen use').length,
        })"""
    )
    return found


def says_the_api(page: Page, view: View) -> None:
    """The page shows the numbers and classes that the API gives for the view."""
    atlas, say = load_atlas(), speech(view.lang)
    told = {s["code"]: s for s in values_json(atlas, build_scene(atlas, view), view, ())["states"]}
    now = shown(page)
    assert len(now["ranking"]) == 32
    for code, rank, _, share, _, ratio in now["ranking"]:
        assert rank == (say.number(told[code]["rank"]) if told[code]["rank"] else "")
        assert share == say.percent(told[code]["share"], 1)
        assert ratio == say.decimal(told[code]["ratio"], 2)
    by_class: dict[str, set[Any]] = {}
    for code, fill in now["fills"].items():
        by_class.setdefault(fill, set()).add((told[code]["class"], told[code]["status"]))
    assert all(len(classes) == 1 for classes in by_class.values())


def test_a_reader_changes_measure_show_need_priority_and_years(
    base: str, reader: Callable[..., Page]
) -> None:
    page = reader()
    page.goto(f"{base}/index.html")
    assert headline(page) == tell(load_atlas(), View()).headline
    page.locator(".measure a", has_text="Dollars").click()
    wait_for(page, View(measure="usd"))
    says_the_api(page, View(measure="usd"))
    page.locator(".menu.show summary").click()
    page.locator(".menu.show a", has_text="Times its share").click()
    wait_for(page, View(measure="usd", show="ratio"))
    page.locator(".menu.per summary, .menu.need summary").click()
    page.locator(".menu.per a, .menu.need a").get_by_text("People in poverty").click()
    view = View(measure="usd", show="ratio", per="poverty")
    wait_for(page, view)
    says_the_api(page, view)
    page.locator(".menu.years summary").click()
    page.locator(".menu.years a", has_text="2014").click()
    view = view.with_(to_year=2014)
    wait_for(page, view)
    says_the_api(page, view)
    assert page.title() == f"{headline(page)} · Mérida Atlas"
    query = page.evaluate("() => Object.fromEntries(new URLSearchParams(location.search))")
    assert read_query(query)[0] == view
    assert "2008–2014" in page.locator(".menu.years b").inner_text()
    page.go_back()
    wait_for(page, view.with_(to_year=2021))
    page.reload()
    wait_for(page, view.with_(to_year=2021))


@FROM_DISK
def test_choosing_a_state_tells_of_it_and_letting_go_takes_it_back(
    base: str, reader: Callable[..., Page]
) -> None:
    page = reader()
    page.goto(f"{base}/es/index.html?per=poverty")
    view = View(per="poverty", lang="es")
    wait_for(page, view)
    page.locator(".ma-ranking tr[data-state='30'] a").click()
    wait_for(page, view.with_(state="30"))
    panel = page.locator(".panel .ma-panel")
    assert panel.locator("h2").inner_text() == "Veracruz"
    assert shown(page)["chosen"] == 2
    title = profile_of(load_atlas(), build_scene(load_atlas(), view), "30", speech("es")).title
    page.locator(".ma-own-profile h2", has_text=title).wait_for(timeout=LIMIT)
    page.locator(".plan .states a:has(#m08)").click(force=True, position={"x": 40, "y": 60})
    wait_for(page, view.with_(state="08"))
    page.locator(".ma-clear").click()
    wait_for(page, view)
    assert shown(page)["chosen"] == 0


SAYS = """(headline) =>
    document.querySelector(".ma-changed")?.innerText.includes("Left out")
    || document.querySelector("h1").innerText.includes(headline)"""
"""Whether the page shows the view with this headline, or says what it left out."""


def test_a_published_link_opens_its_view_or_says_what_it_left_out(
    edition: Path, reader: Callable[..., Page]
) -> None:
    page, opened = reader(), 0
    for row in published():
        path, _, query = row["link"].lstrip("/").partition("?")
        page.goto(f"{edition.as_uri()}/{path + '/' if path else ''}index.html?{query}")
        opened += 1
        if path:
            assert page.locator("h1").count(), row["link"]
            continue
        view, _ = read_query(dict(re.findall(r"([a-z]+)=([^&]*)", query)))
        if "embed" in query:
            page.wait_for_url("**/embed.html?*")
        # The values come after the page: until then it says neither the view nor what it left out.
        said = tell(load_atlas(), view.with_(layers=View().layers)).headline
        try:
            page.wait_for_function(SAYS, arg=said, timeout=LIMIT)
        except Error as late:
            late.add_note(row["link"])
            raise
    assert opened > 10


def test_the_language_switch_keeps_the_view(base: str, reader: Callable[..., Page]) -> None:
    page = reader(390)
    page.goto(f"{base}/index.html?show=share&state=19")
    wait_for(page, View(show="share", state="19"))
    page.locator(".ma-langs a[hreflang=es]").click()
    wait_for(page, View(show="share", state="19", lang="es"))
    assert page.locator("html").get_attribute("lang") == "es"
    page.goto(f"{base}/index.html?lang=es&show=share")
    wait_for(page, View(show="share", lang="es"))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390


@FROM_DISK
def test_a_class_of_the_legend_shows_its_states_alone(
    base: str, reader: Callable[..., Page]
) -> None:
    page = reader()
    for query in ("", "?measure=usd"):
        page.goto(f"{base}/index.html{query}")
        wait_for(page, View(measure="usd" if query else "activities"))
        first = page.locator(".ma-on-map .ma-class").first
        first.click()
        count = int(first.locator(".ma-count").inner_text())
        assert page.locator(".plan .states a:not(.faded)").count() == count
        page.keyboard.press("Escape")
        assert page.locator(".plan .states a.faded").count() == 0


@FROM_DISK
def test_a_filter_is_taken_away_by_its_chip_and_layers_by_the_address(
    base: str, reader: Callable[..., Page]
) -> None:
    page = reader()
    page.goto(f"{base}/index.html?pillar=2&layers=neighbours,border")
    wait_for(page, View(pillar=(2,)))
    assert page.locator(".mark:visible").count() == 0
    page.locator(".ma-chips button").click()
    wait_for(page, View())
    assert "pillar" not in page.url


def test_a_link_of_other_data_leads_to_the_edition_of_those_data(
    base: str, reader: Callable[..., Page]
) -> None:
    page = reader(390)
    page.goto(f"{base}/es/index.html?measure=usd&state=08&data=0123456789ab.97")
    wait_for(page, View(measure="usd", state="08", lang="es"))
    note = page.locator(".ma-then")
    assert "0123456789ab" in note.inner_text()
    bar, line = page.locator(".ma-top").bounding_box(), note.bounding_box()
    assert bar
    assert line
    assert line["y"] >= bar["height"]
    note.locator("a").click()
    page.locator("h1", has_text="Como era").wait_for(timeout=LIMIT)
    assert "/older/es/index.html?measure=usd&state=08" in page.url
    page.goto(f"{base}/es/index.html?data={load_atlas().version}.97")
    assert page.locator(".ma-then").count() == 0


@FROM_DISK
def test_what_is_not_held_is_said_in_words(base: str, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{base}/index.html?measure=usd&weak=include&from=2012")
    wait_for(page, View(measure="usd"))
    said = page.locator(".ma-changed").inner_text()
    assert "weak=include" in said
    assert "from=2012" in said


SPELLINGS = ("MX-VER", "veracruz de ignacio de la LLAVE", "Edo. Mex.", "009", "130", "mexico")


def test_a_link_shows_no_other_view_before_its_own(
    nginx: str, open_context: Callable[..., BrowserContext]
) -> None:
    page = open_context().new_page()
    waiting: list[Route] = []
    holds = True
    page.route(
        "**/assets/held/**",
        lambda route: waiting.append(route) if holds else route.continue_(),
    )
    page.goto(f"{nginx}/index.html?measure=usd", wait_until="domcontentloaded")
    expect(page.locator("html[data-waits]")).to_have_count(1, timeout=LIMIT)
    assert not page.locator("h1.ma-headline").is_visible()
    holds = False
    for route in waiting:
        route.continue_()
    wait_for(page, View(measure="usd"))
    assert page.locator("h1.ma-headline").is_visible()


def test_a_state_is_understood_as_the_live_atlas_understands_it(
    edition: Path, reader: Callable[..., Page]
) -> None:
    atlas, page = load_atlas(), reader()
    for spelling in SPELLINGS:
        query = {"measure": "usd", "state": spelling}
        view, notices = read_query(query, named=atlas.state_named)
        page.goto(f"{edition.as_uri()}/index.html?{urlencode(query)}")
        wait_for(page, view)
        told = page.locator(".ma-changed", has_text=spelling).count()
        assert told == bool(notices), spelling


@FROM_DISK
def test_a_town_is_found_by_keyboard(base: str, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{base}/index.html")
    page.locator("#ma-find").click()
    page.keyboard.type("xalapa")
    page.locator("#ma-found li").first.wait_for(timeout=LIMIT)
    page.keyboard.press("Enter")
    wait_for(page, View(state="30"))


def test_a_town_is_found_once_the_network_is_back(
    nginx: str, open_context: Callable[..., BrowserContext]
) -> None:
    context = open_context()
    page = context.new_page()
    page.goto(f"{nginx}/index.html")
    context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator("#ma-find").focus()
    context.set_offline(False)
    page.locator("#ma-find").blur()
    page.locator("#ma-find").focus()
    page.locator("#ma-find").fill("xalapa")
    page.locator("#ma-found li").first.wait_for(timeout=LIMIT)


@FROM_DISK
def test_menus_and_ranking_are_used_by_keyboard_alone(
    base: str, reader: Callable[..., Page]
) -> None:
    page = reader()
    page.goto(f"{base}/index.html")
    page.locator(".menu.show summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for(page, View(show="share"))
    page.locator(".ma-ranking tr[data-state='20'] a").focus()
    page.keyboard.press("Enter")
    wait_for(page, View(show="share", state="20"))
    focused = page.evaluate("() => document.activeElement.closest('[data-state]').dataset.state")
    assert focused == "20"


@pytest.mark.parametrize(
    ("path", "scheme", "width"),
    [
        ("index.html?measure=usd&state=08", "light", 1400),
        ("es/index.html", "dark", 390),
        ("es/sites/index.html", "dark", 1400),
        ("evidence/index.html", "light", 390),
        ("about/index.html", "light", 1400),
        ("es/embed.html", "dark", 640),
        *seldom(("es/methods/index.html", "dark", 1400)),
    ],
)
def test_no_page_has_a_grave_violation(
    edition: Path, reading_desk: Callable[[bool], Desk], path: str, scheme: Scheme, width: int
) -> None:
    # Not a reader's: axe asks for the sheets once more, which the page's own policy refuses.
    page = reading_desk(True).new_tab()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{edition.as_uri()}/{path}")
    page.wait_for_function("() => !document.querySelector('[data-held] > p')", timeout=LIMIT)
    if "state=" in path:
        # What comes last of all that the address asks for.
        page.locator(".ma-own-profile h2").wait_for(timeout=LIMIT)
    found = grave(page)
    reading_desk(True).clear()
    assert found == []


@pytest.mark.parametrize(
    ("base", "lang"), covering(["disk", "nginx"], ["", "es/"]), indirect=["base"]
)
def test_without_a_script_every_page_is_there_and_leads_on(
    base: str, reader: Callable[..., Page], lang: str
) -> None:
    page = reader(scripts=False)
    page.goto(f"{base}/{lang}index.html")
    assert page.locator(".ma-ranking tbody tr").count() == 32
    assert page.locator("#m30").bounding_box()
    for at in range(page.locator(".ma-pages a").count()):
        page.goto(f"{base}/{lang}index.html")
        page.locator(".ma-pages a").nth(at).click()
        # A press is over when the next page begins; its heading may still be on its way.
        page.wait_for_load_state()
        assert page.locator("h1").count() == 1


def test_a_frame_of_another_page_shows_the_view(base: str, reader: Callable[..., Page]) -> None:
    page = reader()
    page.goto(f"{base}/index.html?embed=true&measure=usd")
    page.wait_for_url("**/embed.html?*")
    wait_for(page, View(measure="usd"))
    telling = tell(load_atlas(), View(measure="usd"))
    assert telling.remainder in page.locator(".panel .ma-remainder").inner_text()
    assert telling.legend.title in page.locator(".ma-legend").inner_text()
    assert len(set(shown(page)["fills"].values())) == len(telling.legend.rows)
    page.locator(".frame > .ma-small a").evaluate("(link) => link.removeAttribute('target')")
    page.locator(".frame > .ma-small a").click()
    page.wait_for_url("**/index.html?measure=usd*")


def test_a_path_of_the_live_atlas_leads_to_its_page_on_a_server(
    nginx: str, reader: Callable[..., Page]
) -> None:
    page = reader()
    page.goto(f"{nginx}/sites?lang=es")
    page.wait_for_url("**/es/sites/index.html")
    assert page.locator("html").get_attribute("lang") == "es"
