"""Own slides: a view is added from the share panel, ordered, presented and taken away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from geo.briefing import read_briefing
from geo.view import View, spell_query
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import wait_sentence
from tests.browser.test_axe import grave
from tests.browser.test_share import open_panel

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.atlas_page import AtlasPage

KEPT = "() => localStorage.getItem('merida-atlas-slides')"
FIRST, SECOND = View(state="30", lang="es"), View(measure="usd", to_year=2016, lang="es")

TEXTS = {"en": "A", "es": "B"}
GOOD = {"view": "state=30", "number": "state_value", "title": TEXTS, "notes": TEXTS}

HOSTILE: dict[str, Any] = {
    "no JSON": "{[",
    "no list": json.dumps({"length": 3}),
    "things of no kind": json.dumps([None, 3, "x", [], {"view": 5}]),
    "markup": json.dumps(
        [{**GOOD, "title": {"en": "<img src=x onerror=hit()>", "es": "<script>hit()</script>"}}]
    ),
    "an address that runs": json.dumps([{**GOOD, "view": "javascript:hit()//"}]),
    "a file in a text": json.dumps(
        [{**GOOD, "title": {"en": 'x"\nscenes: []\n', "es": "y\u2028z\ud83d \\u0000"}}]
    ),
    "a number that is none": json.dumps([{**GOOD, "number": "x\n    claim: border"}]),
    "too many": json.dumps([GOOD] * 500),
    "too long": json.dumps([{**GOOD, "notes": {"en": "n" * 100_000, "es": "n"}}]),
}


NONE = ("no JSON", "no list", "things of no kind")
"""What is not taken for a slide at all."""

FROM_THE_START = "markup"
"""What stands there when the page opens, too."""


def add(atlas: AtlasPage) -> None:
    open_panel(atlas.page)
    atlas.page.get_by_role("button", name="Agregar a mis diapositivas").click()
    expect(atlas.page.locator(".ma-said")).to_contain_text("Se agregó")
    atlas.page.keyboard.press("Escape")


def titles(page: Page) -> list[str]:
    fields = page.locator(".ma-own-list input")
    return [str(value) for value in fields.evaluate_all("(all) => all.map((one) => one.value)")]


def taken_away(page: Page, tmp_path: Path) -> bytes:
    with page.expect_download() as download:
        page.locator('.ma-own-slides button[name="save"]').click()
    assert download.value.suggested_filename.endswith(".yaml")
    download.value.save_as(tmp_path / "mine.yaml")
    return (tmp_path / "mine.yaml").read_bytes()


def test_a_view_is_added_from_the_panel_and_waits_in_this_browser_alone(
    atlas: AtlasPage, tmp_path: Path
) -> None:
    page, sent = atlas.page, []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    atlas.open_view(FIRST)
    add(atlas)
    atlas.follow(f"/?{urlencode(spell_query(SECOND))}")
    wait_sentence(atlas, SECOND)
    add(atlas)
    assert not [body for body in sent if "state=30" in body], "what is kept went to the server"
    atlas.follow("/briefing?lang=es")
    expect(page.locator(".ma-own-list li")).to_have_count(2, timeout=LIMIT)
    assert grave(page, ".ma-own-slides") == []
    first, second = titles(page)
    assert "Veracruz" in first
    page.locator(".ma-own-list li").nth(1).get_by_role("button", name="Subir").focus()
    page.keyboard.press("Enter")
    assert titles(page) == [second, first]
    page.locator(".ma-own-list input").first.fill("El dinero, <b>primero</b>")
    page.locator(".ma-own-list input").first.blur()
    mine = read_briefing(taken_away(page, tmp_path), "mine.yaml", "es")
    assert [scene.view.data_key() for scene in mine.scenes] == [
        view.with_(lang="en").data_key() for view in (SECOND, FIRST)
    ]
    assert [scene.view.state for scene in mine.scenes] == ["", "30"]
    assert mine.scenes[0].title["es"] == "El dinero, <b>primero</b>"
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Presentar mis diapositivas").click()
    shown = opened.value
    shown.wait_for_function("() => window.briefing", timeout=LIMIT)
    assert shown.locator("#title").inner_text() == "El dinero, <b>primero</b>"
    assert shown.locator("#place").inner_text() == "1 / 2"
    page.locator(".ma-own-list li").first.get_by_role("button", name="Quitar").click()
    assert titles(page) == [first]
    page.reload()
    expect(page.locator(".ma-own-list li")).to_have_count(1, timeout=LIMIT)


PUT = """(text) => {
    window.hit = () => { window.was = true; };
    localStorage.setItem("merida-atlas-slides", text);
    dispatchEvent(new StorageEvent("storage", { key: "merida-atlas-slides" }));
}"""
"""What another tab puts into the storage is shown at once."""


def test_whatever_stands_in_the_storage_harms_nobody(atlas: AtlasPage, tmp_path: Path) -> None:
    page = atlas.open("/briefing").page
    shown = page.locator(".ma-own-slides[data-drawn]")
    shown.wait_for(timeout=LIMIT)
    for tried, text in HOSTILE.items():
        page.evaluate(PUT, text)
        if tried == FROM_THE_START:
            page.reload()
            atlas.wait_settled()
            shown.wait_for(timeout=LIMIT)
        assert shown.locator("img, script").count() == 0, tried
        count = page.locator(".ma-own-list li").count()
        assert (count > 0) == (tried not in NONE), tried
        assert count <= 60, tried
        for address in shown.locator("a").evaluate_all("(all) => all.map((one) => one.href)"):
            assert address.startswith(f"{page.url.split('/briefing')[0]}/?"), tried
        if count:
            file = taken_away(page, tmp_path)
            if tried == "an address that runs":
                with pytest.raises(Exception, match="view"):
                    read_briefing(file, "mine.yaml")
            else:
                assert read_briefing(file, "mine.yaml").scenes, tried
        assert not page.evaluate("() => window.was"), tried
