"""The Map page without a browser: from the address to the view to the widgets, and no exception."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from geo.atlas import load_atlas
from geo.language import speech
from geo.view import PARAMETERS, View, read_query, spell_query
from geo.words.finding import headline
from tests.browser.promises import scene_of
from tests.markup import EVIL, Read, assert_harmless
from tests.page_run import map_arguments, markup_of, run_page, text_of, widget

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

WIDGETS = {
    "measure": "measure", "evidence": "evidence", "split": "split", "per": "per", "show": "show",
    "weak": "weak", "found": "found", "pillar": "pillar", "layers": "layers", "scheme": "scheme",
    "k": "k", "named": "named", "dollars": "dollars",
    "funder": "funder", "kind": "kind", "recipient": "recipient",
}  # fmt: skip
"""URL parameter → field of the view that the widget of the same key shows."""

VIEWS = [
    View(measure="usd"),
    View(evidence="attributed", split="population"),
    View(evidence="attributed", split="homicides", measure="usd"),
    View(per="homicides"),
    View(per="poverty", show="ratio"),
    View(show="gap"),
    View(weak="include", found="systematic"),
    View(found="targeted"),
    View(found="systematic2", named="yes"),
    View(pillar=(2, 5)),
    View(funder=("usaid",), kind=("training", "prisons"), recipient=("state", "municipal")),
    View(funder=("usaid",), kind=("dogs",)),
    View(measure="usd", dollars="constant"),
    View(from_year=2011, to_year=2014),
    View(layers=()),
    View(layers=("sez", "municipalities")),
    View(scheme="quantiles", k=3),
    View(scheme="log", k=9, per="population"),
    View(state="20"),
    View(lang="es", state="02"),
    View(from_year=2021, to_year=2021, measure="usd", pillar=(5,)),
]


def widget_values(app: AppTest) -> dict[str, Any]:
    """Key of each widget without its prefix → what it shows."""
    kinds = ("button_group", "selectbox", "select_slider")
    found: list[Any] = [one for kind in kinds for one in app.get(kind)]
    return {one.key.removeprefix("w_"): one.value for one in found if one.key}


def test_the_views_below_leave_no_parameter_out() -> None:
    assert set().union(*(spell_query(view) for view in VIEWS)) == set(PARAMETERS)


@pytest.mark.parametrize("view", [View(), *VIEWS], ids=lambda view: urlencode(spell_query(view)))
def test_the_address_decides_the_view_and_the_view_decides_the_widgets(view: View) -> None:
    app = run_page("map.py", **spell_query(view))
    assert not app.exception
    assert not app.error
    assert headline(load_atlas(), scene_of(view), speech(view.lang), view.state) in text_of(app)
    assert "ma-note" not in markup_of(app).split("ma-headline")[0]
    shown = widget_values(app)
    for parameter, field in WIDGETS.items():
        if parameter == "split" and view.evidence == "documented":
            assert parameter not in shown
            continue
        wanted = getattr(view, field)
        if parameter == "per" and view.show in ("ratio", "gap"):
            parameter, wanted = "need", view.need
        found = shown[parameter]
        assert (sorted(found) if isinstance(wanted, tuple) else found) == (
            sorted(wanted) if isinstance(wanted, tuple) else wanted
        ), parameter
    assert tuple(shown["years"]) == (view.from_year, view.to_year)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: urlencode(spell_query(view)))
def test_no_choice_reaches_the_base_of_the_map_which_would_remount_it(view: View) -> None:
    def base(app: AppTest) -> dict[str, Any]:
        arguments = map_arguments(app)
        return {k: v for k, v in arguments.items() if k != "feature_group"}

    bare, chosen = run_page("map.py"), run_page("map.py", **spell_query(view))
    assert base(bare) == base(chosen)
    assert map_arguments(bare) != map_arguments(chosen)


@pytest.mark.parametrize(
    "query",
    [
        dict.fromkeys(PARAMETERS, EVIL),
        dict.fromkeys(PARAMETERS, "x" * 1000),
        dict.fromkeys(PARAMETERS, ""),
        dict.fromkeys(PARAMETERS, "99"),
        {EVIL: EVIL},
        {"y" * 1000: "x" * 1000},
        {"from": "2021", "to": "2008"},
        {"site": "tijuana", "slide": "3", "q": "prisons"},
        {"state": "0", "k": "-1", "pillar": "1,1,9", "layers": "sites,,sites,none"},
        {"lang": "\x00\ud800".encode("utf-8", "replace").decode(), "measure": "\u202e\n\t"},
    ],
    ids=["markup", "long", "blank", "wrong", "name", "long name", "backwards", "other pages",
         "edges", "control"],
)  # fmt: skip
def test_a_bad_address_gives_a_page_with_one_plain_line_and_no_exception(
    query: dict[str, str],
) -> None:
    app = run_page("map.py", **query)
    assert not app.exception
    assert not app.error
    view, notices = read_query(query)
    assert headline(load_atlas(), scene_of(view), speech(view.lang), view.state) in text_of(app)
    above, _, _ = markup_of(app).partition('<h1 class="ma-headline')
    note = Read(above.partition("</header>")[2]).text.strip()
    assert above.count("ma-note") == bool(notices)
    assert bool(note) is bool(notices)
    assert len(note) < 600
    for element in app.get("html"):
        body = element.proto.body
        assert "<script" not in body
        assert "onerror=alert(1)>" not in body
    if notices:
        assert_harmless(next(b for b in (e.proto.body for e in app.get("html")) if "ma-note" in b))


def test_parameters_of_streamlits_own_are_neither_used_nor_told() -> None:
    app = run_page("map.py", embed="true", measure="usd")
    assert "ma-note" not in markup_of(app).split("ma-headline")[0]
    assert widget_values(app)["measure"] == "usd"


def test_a_choice_clears_the_line_about_the_link() -> None:
    app = run_page("map.py", nonsense="red")
    assert "nonsense" in text_of(app)
    widget(app, "button_group", "w_measure").set_value("usd").run()
    assert not app.exception
    assert "nonsense" not in text_of(app)
    assert headline(load_atlas(), scene_of(View(measure="usd")), speech("en")) in text_of(app)


def test_the_same_address_gives_the_same_page_twice() -> None:
    pages = [markup_of(run_page("map.py", measure="usd", state="28")) for _ in range(2)]
    assert pages[0] == pages[1]
