"""What is drawn over the states comes and goes by widgets, and lives in the link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.language import LAYER_NAMES, speech
from geo.view.view import DEFAULT_LAYERS, LAYERS, View, normal_layers
from tests.browser.promises import assert_shows, wait_address, wait_layers

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage


def toggle(atlas: AtlasPage, layer: str) -> None:
    atlas.choose("layers", LAYER_NAMES[layer](speech("en")))


def test_each_layer_is_switched_by_its_widget_and_spelled_in_the_address_and_so_is_none_at_all(
    atlas: AtlasPage,
) -> None:
    atlas.open_map()
    mounted = atlas.mount_id()
    moved = atlas.zoom_in().drag_map(40, 30).map_view()
    on = set(DEFAULT_LAYERS)
    wait_layers(atlas, DEFAULT_LAYERS)
    atlas.open_drawer()
    # Those that are there by default go and one of them comes back; the others come and go.
    first, *_ = DEFAULT_LAYERS
    for layer in (*LAYERS, first, first, *(one for one in LAYERS if one not in DEFAULT_LAYERS)):
        toggle(atlas, layer)
        on ^= {layer}
        wait_address(atlas, View(layers=normal_layers(on)))
        wait_layers(atlas, normal_layers(on))
    assert atlas.url_params().pop("layers") == ["none"]
    assert_shows(atlas, View(layers=()))
    assert atlas.mount_id() == mounted
    assert atlas.map_view() == moved
    atlas.page.reload(wait_until="domcontentloaded")
    atlas.wait_settled().wait_painted()
    assert_shows(atlas, View(layers=()))
    wait_layers(atlas, ())
    assert atlas.map_frame().locator(".atlas-site").count() == 0


def test_municipalities_are_fetched_once_and_only_when_asked_for_and_leave_sites_to_be_clicked(
    atlas: AtlasPage,
) -> None:
    asked: list[str] = []
    atlas.page.on("request", lambda r: asked.append(r.url) if "municipalities" in r.url else None)
    atlas.open_map()
    assert asked == []
    for on in (True, False, True):
        toggle(atlas, "municipalities")
        layers = (*DEFAULT_LAYERS, "municipalities") if on else DEFAULT_LAYERS
        wait_address(atlas, View(layers=normal_layers(layers)))
        wait_layers(atlas, layers)
    assert len(asked) == 1
    assert "reached" in atlas.layers()
    for layer in ("sez", "border"):
        toggle(atlas, layer)
    wait_layers(atlas, ("sites", "cities", "sez", "municipalities", "neighbours"))
    atlas.map_frame().get_by_role("button", name="Tijuana", exact=True).click()
    atlas.page.wait_for_url("**/*state=02*")


def test_a_state_under_every_layer_can_still_be_chosen(atlas: AtlasPage) -> None:
    atlas.open_map(layers=",".join(LAYERS))
    wait_layers(atlas, LAYERS)
    for code in ("07", "02"):
        atlas.select_state(code)
        assert_shows(atlas, View(layers=LAYERS, state=code))


def test_on_the_page_without_javascript_names_each_symbol_has_a_key_in_the_legend(
    atlas: AtlasPage,
) -> None:
    atlas.open_map(layers="sites,cities,sez,border,municipalities")
    kinds = atlas.map_frame().evaluate(
        """() => Array.from(new Set(Array.from(document.querySelectorAll(".atlas-site"),
            (e) => e.querySelector("svg").innerHTML))).length"""
    )
    atlas.page.get_by_text("Symbols and sources", exact=True).click()
    key = atlas.page.locator("ul.ma-key li")
    assert kinds >= 4
    assert key.locator("img").count() == kinds
    assert all(text.strip() for text in key.all_inner_texts())
