"""The panel beside the map, and under it on a phone: all Mexico, or the chosen state."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from geo.atlas import Atlas, kept
from geo.chapters.map.state_card import is_ranked, measured_text, ranked_text, state_facts
from geo.drawing import each, facts_html
from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import VALUE, Scene
from geo.view import View, address_of
from geo.words import caption, fill_of, number_text, value_text

SHEET_OF_VIEW = "/export/map.pdf"


def state_panel_html(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    """The number of the chosen state or of them all, where it stands, and how to send it."""
    return _panel(atlas, scene, view.state, say) + _taken_html(view, say)


@dataclass(frozen=True, slots=True)
class PanelTold:
    """What the panel says of a state, all plain text.

    `kind` is how its number is set, `ranked` the part of `measured` that holds its rank, if one.
    """

    name: str
    value: str
    kind: str
    measured: str
    ranked: str
    facts: tuple[tuple[str, str], ...]
    traits: tuple[str, ...]


def panel_told(atlas: Atlas, scene: Scene, code: str, say: Speech) -> PanelTold:
    """What the panel says of a state, for whoever shows it without this page's HTML."""
    shown = scene.state(code)
    rank = ranked_text(say.number(shown.rank), scene, say) if is_ranked(shown) else ""
    named = _state(atlas, scene, code, say)
    facts = state_facts(scene, code, say)[2:]
    return PanelTold(*named, rank, facts, _traits(atlas, scene, code, say))


@kept(maxsize=SCENES_KEPT)
def _panel(atlas: Atlas, scene: Scene, code: str, say: Speech) -> Markup:
    name, value, kind, measured = _state(atlas, scene, code, say) if code else _all(scene, say)
    facts = state_facts(scene, code, say)[2:] if code else _of_all(scene, say)
    return Markup(
        '<section class="ma-panel ma-profile" aria-live="polite"><div class="ma-panel-head">'
        '<h2>{name}</h2>{clear}</div><p class="ma-number"><strong class="{kind}">{value}</strong> '
        '<span>{measured}</span></p>{strip}{facts}<p class="ma-small">{beneath}</p></section>'
    ).format(
        name=name,
        clear=_clear(say) if code else "",
        value=value,
        kind=kind,
        measured=measured,
        strip=_strip(scene, code, say),
        facts=facts_html(facts),
        beneath=" · ".join(_traits(atlas, scene, code, say))
        if code
        else say.t("Choose a state on the map, by its name or in the ranking."),
    )


def _state(atlas: Atlas, scene: Scene, code: str, say: Speech) -> tuple[str, str, str, str]:
    shown = scene.state(code)
    return (
        atlas.states[code].names[say.lang],
        value_text(shown.value, shown.status, scene.view, say),
        "" if shown.status == VALUE else "words",
        measured_text(scene, code, say),
    )


def _all(scene: Scene, say: Speech) -> tuple[str, str, str, str]:
    """All states together: their sum, whatever the map shows of each."""
    plain = scene.view.with_(show="value", per="none")
    return (
        say.t("All Mexico"),
        number_text(scene.total, plain, say),
        "",
        caption(scene.total, VALUE, plain, say),
    )


def _of_all(scene: Scene, say: Speech) -> tuple[tuple[str, str], ...]:
    """How many states that sum is of, and what an activity of several states is in it."""
    with_any = sum(1 for state in scene.states if state.status == VALUE)
    told = ((say.t("States with any"), say.t("{some} of {all}", some=with_any, all=32)),)
    if scene.view.measure == "usd":
        return told
    return (*told, (say.t("An activity in two states"), say.t("counts in both")))


def _traits(atlas: Atlas, scene: Scene, code: str, say: Speech) -> tuple[str, ...]:
    """What else is to be known of a state: the other measure, its capital, where it lies."""
    state, shown = atlas.states[code], scene.state(code)
    other = (
        say.n("{count} documented activity", "{count} documented activities", shown.activities)
        if scene.view.measure == "usd"
        else say.t("no dollars tied to it in a published figure")
        if shown.cents is None
        else say.t(
            "{dollars} tied to it",
            dollars=say.at_prices(scene.view.prices_of).usd(shown.cents / 100),
        )
    )
    traits = (
        (other, True),
        (say.t("capital {city}", city=state.capital), True),
        (say.t("northern border"), state.northern_border),
        (say.t("southern border"), state.southern_border),
        (say.t("special economic zone decreed: {zone}", zone=state.sez_zone), state.sez),
    )
    return tuple(text for text, holds in traits if holds)


def _clear(say: Speech) -> Markup:
    """Lets go of the state."""
    return Markup(
        '<button type="button" class="ma-clear" data-home data-go="{}">{} '
        '<span aria-hidden="true">×</span></button>'
    ).format(json.dumps({"state": None}), say.t("All Mexico"))


def _strip(scene: Scene, code: str, say: Speech) -> Markup:
    """All states from the first rank to the last, in the colours of the map, the chosen marked.

    One gradient, since neighbours in the ranking share a class.
    """
    ranked = scene.ranked
    count = len(ranked)
    stops: list[tuple[str, int, int]] = []
    for at, state in enumerate(ranked):
        fill = fill_of(scene, state.code)
        if stops and stops[-1][0] == fill:
            stops[-1] = (fill, stops[-1][1], at + 1)
        else:
            stops.append((fill, at, at + 1))
    drawn = ",".join(f"{fill} {a / count:.2%} {b / count:.2%}" for fill, a, b in stops)
    chosen = [at for at, state in enumerate(ranked) if state.code == code]
    mark = each('<i style="left:{}"></i>', (f"{(at + 0.5) / count:.2%}" for at in chosen))
    return Markup(
        '<div class="ma-ranks" role="img" aria-label="{}"><span '
        'style="background-image:linear-gradient(90deg,{})"></span>{}</div>'
    ).format(say.t("The states from the first rank to the last"), drawn, mark)


def _taken_html(view: View, say: Speech) -> Markup:
    """How to send what is shown, and to take it away on paper."""
    return Markup(
        '<p class="ma-hand"><button type="button" class="ma-share-open ma-strong" '
        'aria-haspopup="dialog">{}</button><a class="ma-get" href="{}">{}</a></p>'
    ).format(
        say.t("Send this state …") if view.state else say.t("Send this map …"),
        address_of(view, SHEET_OF_VIEW),
        say.t("To print (PDF)"),
    )


def chips_html(names: tuple[tuple[str, tuple[str, ...]], ...], say: Speech) -> Markup:
    """The filters that are set, each with the way to take it away; `names` are text, parameters."""
    if not names:
        return Markup("")
    return Markup('<ul class="ma-chips" aria-label="{}">{}</ul>').format(
        say.t("Filters that are set"),
        each(
            '<li><button type="button" data-go="{}">{} <span aria-label="{}">×</span></button>'
            "</li>",
            (
                (json.dumps(dict.fromkeys(parameters)), text, say.t("Take away"))
                for text, parameters in names
            ),
        ),
    )
