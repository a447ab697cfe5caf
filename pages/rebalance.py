"""The Rebalance page: what a fairer spread would be, by a yardstick of the reader's choosing."""

from __future__ import annotations

import streamlit as st

from geo.chapters.map import map_key_html, nothing_left_html
from geo.chapters.rebalance import (
    card_html,
    change_classes,
    change_legend,
    change_legend_html,
    change_payload,
    cross_html,
    layers_shown,
    ranked_html,
    rebalance_caveat,
    rebalance_headline,
    scenario_title,
    steps_html,
    take_html,
    title_html,
    trouble_text,
)
from geo.drawing import note_html
from geo.equity.rebalance import Chosen, Rebalanced, rebalance
from geo.scene import build_scene
from geo.words import tell
from pages import _controls, _drawer, _reader, _scenario
from pages._head import head
from pages._map import draw_map, select_state
from pages._show import show

MAP_KEY = "rebalance_map"
OTHER_MAP_KEY = "rebalance_other_map"


def _draw(key: str, result: Rebalanced) -> None:
    draw_map(key, change_payload(atlas, result, classes, view, say), select_state)


atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()
chosen: Chosen = _reader.own()
results = [(MAP_KEY, chosen.scenario.name, rebalance(atlas, view, chosen.scenario))]
if chosen.against is not None:
    held = rebalance(atlas, view, chosen.against)
    results.append((OTHER_MAP_KEY, chosen.against.name, held))
titled = [
    (scenario_title(name, say, second=key == OTHER_MAP_KEY), result)
    for key, name, result in results
]
classes = change_classes([result for _, result in titled], view)
legend = change_legend([result for _, result in titled], classes, view, say)

further = _drawer.drawer()
head(rebalance_headline(titled[0][1], view, say), rebalance_caveat(atlas, view, say))
show(
    *(note_html(trouble_text(atlas, result, say)) for _, result in titled),
    note_html(tell(atlas, view).filters),
    _drawer.chips(),
    nothing_left_html(build_scene(atlas, view), view, say),
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    _scenario.yardstick()
    _controls.measure()
    _drawer.buttons()
_scenario.mix()
with st.container(horizontal=True, vertical_alignment="bottom"):
    _scenario.rules()
    _scenario.name()
    _scenario.comparison()
if len(titled) == 1:
    left, right = st.columns((1.75, 1), gap="medium")
    with left:
        _draw(MAP_KEY, titled[0][1])
        show(
            map_key_html(view.with_(layers=layers_shown(titled[0][1])), say),
            change_legend_html(legend, say, counted=True),
        )
    with right:
        show(
            title_html(titled[0][0]),
            card_html(atlas, titled[0][1], view, say),
        )
else:
    for column, (key, *_), (heading, shown) in zip(
        st.columns(2, gap="medium"), results, titled, strict=True
    ):
        with column:
            show(title_html(heading))
            _draw(key, shown)
            show(card_html(atlas, shown, view, say))
    show(change_legend_html(legend, say, counted=False))
show(
    ranked_html(atlas, titled, view, say),
    take_html(atlas, view, chosen, say, possible=not any(result.trouble for _, result in titled)),
)
crossed, worked = st.columns(2, gap="large")
with crossed:
    show(cross_html(titled, say))
with worked:
    show(steps_html(atlas, view, say))
with further:
    _controls.evidence()
    _controls.pillars()
    _controls.given()
    _controls.years()
    _controls.dollars()
    _controls.state()
    _controls.classes()
