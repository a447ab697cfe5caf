"""What the page owes its reader for a view: computed from the data, and asked of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.language import speech
from geo.scene import Scene, build_scene
from geo.view import LAYERS, STATE_CODES, View, spell_query
from geo.words import build_legend, fill_of
from geo.words.finding import headline
from geo.words.measure import status_note, value_text
from tests.browser.atlas_page import AGAIN, LIMIT

if TYPE_CHECKING:
    from tests.browser.atlas_page import AtlasPage


def scene_of(view: View) -> Scene:
    """The scene the page should show."""
    return build_scene(load_atlas(), view)


def state_names(view: View) -> dict[str, str]:
    """INEGI code → the state's name in the view's language."""
    states = load_atlas().states
    return {code: states[code].names[speech(view.lang).lang] for code in STATE_CODES}


def api_values(atlas: AtlasPage, view: View) -> dict[str, Any]:
    """What the API answers for the view."""
    answer = atlas.page.request.get(f"/api/v1/values.json?{urlencode(spell_query(view))}")
    assert answer.status == 200
    return dict(answer.json())


def wait_address(atlas: AtlasPage, view: View) -> None:
    """Until the address bar spells the view, and nothing but the view and the map's place."""
    atlas.page.wait_for_function(
        """(wanted) => {
            const now = Object.fromEntries(new URLSearchParams(location.search));
            delete now.embed;  // Streamlit's own
            delete now.at;  // Where the map was moved to: no part of the view.
            return JSON.stringify(Object.entries(now).sort()) === JSON.stringify(wanted);
        }""",
        arg=sorted([name, value] for name, value in spell_query(view).items()),
        timeout=LIMIT,
        polling=AGAIN,
    )


def wait_sentence(atlas: AtlasPage, view: View) -> None:
    """Until the headline is the view's finding, in its language."""
    told = headline(load_atlas(), scene_of(view), speech(view.lang), view.state)
    expect(atlas.page.locator("h1.ma-headline")).to_have_text(told, timeout=LIMIT)


def wait_colours(atlas: AtlasPage, view: View) -> None:
    """Until the map has the view's colours, all 32 of them."""
    scene = scene_of(view)
    atlas.map_frame().wait_for_function(
        """(wanted) => window.atlas && window.atlas.painted
            && Object.entries(wanted).every(([code, fill]) => window.atlas.colours()[code] === fill)
        """,
        arg={code: fill_of(scene, code) for code in STATE_CODES},
        timeout=LIMIT,
        polling=AGAIN,
    )


def wait_layers(atlas: AtlasPage, wanted: tuple[str, ...]) -> None:
    """Until exactly these of the contract's layers are on the map: municipalities come after it."""
    atlas.map_frame().wait_for_function(
        """([wanted, all]) => window.atlas.layers().filter((l) => all.includes(l)).join()
            === wanted.join()""",
        arg=[sorted(wanted), LAYERS],
        timeout=LIMIT,
        polling=AGAIN,
    )


def assert_shows(atlas: AtlasPage, view: View) -> None:
    """The address, headline, map, legend and ranking all say this view, as the API does."""
    scene, say = scene_of(view), speech(view.lang)
    wait_address(atlas, view)
    wait_sentence(atlas, view)
    wait_colours(atlas, view)
    legend = build_legend(scene, say)
    labels = [row.label for row in (*legend.classes, *legend.others)]
    expect(atlas.page.locator(".ma-legend .ma-range")).to_have_text(labels, timeout=LIMIT)
    atlas.wait_settled()

    answer = api_values(atlas, view)
    assert atlas.sentence() == answer["sentence"]
    fills = dict(zip(labels, atlas.legend_fills(), strict=True))
    assert len(fills) == len(labels), f"two rows of the legend read alike: {labels}"
    ranges = {row["class"]: row["label"] for row in answer["classes"]["ranges"]}
    drawn = atlas.states_colours()
    for row in answer["states"]:
        label = (
            status_note(scene, row["status"], say) if row["class"] is None else ranges[row["class"]]
        )
        assert as_rgb(drawn[row["code"]]) == fills[label], f"{row['code']} is not drawn as {label}"
    written = {
        row["name"]: value_text(row["value"], row["status"], view, say) for row in answer["states"]
    }
    assert atlas.ranking() == written


def as_rgb(colour: str) -> str:
    """`#rrggbb` as the browser spells it, `rgb(r, g, b)`."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"
