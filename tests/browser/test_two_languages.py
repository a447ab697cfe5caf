"""The Spanish page is Spanish: no English is left on it, and what it writes, it writes its way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.language import speech
from geo.scene import build_scene
from geo.server import previews
from geo.view import LAYERS, STATE_CODES, View, read_query, spell_query
from geo.words import explain, ignored, value_text
from geo.words.finding import headline
from tests.browser.atlas_page import LIMIT
from tests.browser.visits import PHONE, WITH_A_MAP, Visited, looks_at, visit
from tests.english import ENGLISH_TEXTS, SPANISH_TEXTS

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage

SPANISH, ENGLISH = speech("es"), speech("en")

PLAIN = View(lang="es")
FULL = View(lang="es", state="02", layers=LAYERS, from_year=2010, weak="include", pillar=(1, 3))
SPLIT = View(
    lang="es", measure="usd", evidence="attributed", show="gap", per="poverty", scheme="log"
)
RATIO = View(lang="es", show="ratio", per="homicides", found="systematic", state="21")

PAGES = [("", view) for view in (PLAIN, FULL, SPLIT, RATIO)]
PAGES += [
    ("sites", View(lang="es", to_year=2015)),
    ("background", PLAIN),
    ("methods", FULL),
    ("evidence", PLAIN),
    ("inequality", RATIO),
    ("rebalance", PLAIN),
    ("contribute", PLAIN),
    ("briefing", PLAIN),
]
ON_A_PHONE = {visit(path, size=PHONE, view=view): view for path, view in PAGES}
"""Spanish words are longer, and there is least room for them: so they are looked at there."""

SAID = """() => {
    // Texts kept in English are marked so; titles of sources and names are as they were published.
    const kept = (e) => e.closest('[lang="en"], a, cite, script, style, noscript');
    const said = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.replace(/\\s+/g, " ").trim();
        if (text && !kept(walker.currentNode.parentElement)) said.push(text);
    }
    for (const a of document.querySelectorAll("a.ma-get, .ma-more a, .ma-contents a, nav a")) {
        said.push(a.textContent.trim());
    }
    for (const name of ["aria-label", "title", "alt", "placeholder"]) {
        for (const e of document.querySelectorAll(`[${name}]`)) {
            if (!kept(e)) said.push(e.getAttribute(name).trim());
        }
    }
    return said;
}"""
"""Every text of a document and of its attributes, shown or folded, that is ours to translate."""


def test_the_pattern_of_english_knows_an_english_text_when_it_sees_one() -> None:
    assert ENGLISH_TEXTS.fullmatch("Not on the map")
    assert ENGLISH_TEXTS.fullmatch("Sum of the states: 118")
    assert not ENGLISH_TEXTS.fullmatch("Suma de los estados: 118")
    assert not ENGLISH_TEXTS.fullmatch("Chihuahua (3)")


@looks_at(ON_A_PHONE)
def test_no_english_is_left_on_a_spanish_page(look: Visited) -> None:
    said = look.page.evaluate(SAID)
    if look.visit.path in WITH_A_MAP:
        said += look.map_frame().evaluate(SAID)
        assert look.map_frame().evaluate("document.documentElement.lang") == "es"
    assert look.page.evaluate("document.documentElement.lang") == "es"
    assert len(SPANISH_TEXTS & set(said)) > 10, "hardly a text of the catalogue is on the page"
    assert sorted({text for text in said if ENGLISH_TEXTS.fullmatch(text)}) == []


TITLES = {
    "": "Mapa",
    "evidence": "¿Tiene razón el ensayo?",
    "sites": "Sitios",
    "background": "Antecedentes",
    "methods": "Datos y métodos",
    "briefing": "Presentación",
}


@looks_at(
    one for one, view in ON_A_PHONE.items() if one.path in TITLES and (one.path or view == PLAIN)
)
def test_the_title_and_the_menu_are_spanish(look: Visited) -> None:
    title = TITLES[look.visit.path]
    expect(look.page).to_have_title(f"{title} · Mérida Atlas", timeout=LIMIT)
    menu = look.page.locator(".ma-menu li a")
    expect(menu).to_have_text(
        [page.name(speech("es")) for page in previews.PAGES.values() if page.listed],
        timeout=LIMIT,
    )


@looks_at(one for one, view in ON_A_PHONE.items() if not one.path and view != FULL)
def test_the_map_is_read_out_in_spanish(look: Visited) -> None:
    view = ON_A_PHONE[look.visit]
    data, scene = load_atlas(), build_scene(load_atlas(), view)
    labels = look.map_frame().evaluate("() => window.atlas.labels()")
    for code in STATE_CODES:
        state = scene.state(code)
        value = value_text(state.value, state.status, view, SPANISH)
        assert labels[code][0] == data.states[code].names["es"]
        assert len(labels[code]) == 1 or labels[code][1].startswith(value)
    names = look.map_frame().locator(".atlas-name")
    expect(names.filter(has_text="Estados Unidos")).to_have_count(1, timeout=LIMIT)
    expect(names.filter(has_text="United States")).to_have_count(0)
    told = headline(load_atlas(), scene, SPANISH, view.state)
    assert look.map_frame().locator(f'[aria-label^="{told}"]').count() == 1
    assert told != headline(load_atlas(), scene, ENGLISH, view.state)


def test_what_of_a_link_was_ignored_is_said_in_spanish(atlas: AtlasPage) -> None:
    query = {"lang": ["es"], "measure": ["pesos"], "from": ["2015"], "to": ["2010"], "foo": ["1"]}
    _, notices = read_query(query)
    atlas.open_map(**query)
    told = ignored(notices, SPANISH)
    assert told.startswith("Se ignoró una parte de este enlace: ")
    assert told in atlas.notices()


def test_the_api_and_the_page_say_the_same_spanish_sentence(atlas: AtlasPage) -> None:
    view = View(lang="es", measure="usd")
    atlas.open_view(view)
    answer = atlas.page.request.get(f"/api/v1/values.json?{urlencode(spell_query(view))}").json()
    assert answer["sentence"] == atlas.sentence()
    assert answer["sentence"] == headline(
        load_atlas(), build_scene(load_atlas(), view), SPANISH, view.state
    )
    assert "nunca se publicó" in answer["sentence"]
    assert {"Ciudad de México", "Estado de México"} <= {row["name"] for row in answer["states"]}
    plain = atlas.page.request.get("/api/v1/values.json?measure=usd").json()
    assert "no state was ever published" in plain["sentence"]


def test_numbers_and_money_are_written_as_in_mexico(atlas: AtlasPage) -> None:
    atlas.open_view(View(lang="es", measure="usd", state="02"))
    text = atlas.text()
    assert re.search(r"\b\d+(\.\d)? millones de dólares\b", text)
    assert re.search(r"\b\d,\d{3},\d{3}\b", text), "the state's people, with commas"
    assert re.search(r"\b\d+\.\d%", text)
    assert not re.search(r"US\$\S+ million\b", text)
    assert "2,0" not in re.sub(r"[\d,]*,\d{3}", "", text), "a year is written without a comma"


def test_what_is_asked_for_is_explained_in_spanish(atlas: AtlasPage) -> None:
    view = View(lang="es", show="ratio")
    atlas.open_view(view)
    atlas.page.get_by_text(SPANISH.t("What is this number?"), exact=True).click()
    told = atlas.page.locator(".ma-what p")
    scene = build_scene(load_atlas(), view)
    expect(told.first).to_be_visible(timeout=LIMIT)
    without_meanings = """(all) => all.map((one) => {
        const copy = one.cloneNode(true);
        copy.querySelectorAll(".ma-meaning").forEach((meaning) => meaning.remove());
        return copy.textContent;
    })"""
    assert told.evaluate_all(without_meanings) == list(explain(scene, view, SPANISH))
    atlas.open_drawer().control("weak").get_by_test_id("stTooltipHoverTarget").hover()
    hint = atlas.page.get_by_role("tooltip").or_(atlas.page.get_by_test_id("stTooltipContent"))
    expect(hint.first).to_contain_text("Ofertas", timeout=LIMIT)


CUT_OFF = """() => {
    // What a hand can reach by scrolling sideways inside a table is not cut off.
    const main = document.querySelector('[data-testid="stMain"]');
    const wide = Array.from(main.querySelectorAll("button, label, h1, h2, h3, p, summary"));
    return wide.filter((e) => {
        const box = e.getBoundingClientRect();
        return box.width && !e.closest('.ma-scroll, .ma-wide, .ma-on-map') &&
            (box.right > innerWidth + 1 || box.left < -1);
    }).map((e) => e.textContent.trim().slice(0, 60));
}"""


@looks_at(ON_A_PHONE)
def test_spanish_words_are_longer_and_still_fit_a_phone(look: Visited) -> None:
    # Streamlit lays out once more when its fonts are there.
    look.page.wait_for_function(f"() => ({CUT_OFF})().length === 0", timeout=LIMIT)


def test_the_declared_language_follows_the_reader_without_a_reload(atlas: AtlasPage) -> None:
    atlas.open("/")
    atlas.page.get_by_role("link", name="Español").click()
    atlas.page.wait_for_function("() => document.documentElement.lang === 'es'", timeout=LIMIT)
    atlas.page.go_back()
    atlas.page.wait_for_function("() => document.documentElement.lang === 'en'", timeout=LIMIT)
