"""The card of one state: its number with rank, and the numbers beside it."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import facts_html
from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import VALUE, ZERO, Scene, StateScene
from geo.words import caption, value_text


@lru_cache(maxsize=SCENES_KEPT)
def state_card_html(atlas: Atlas, scene: Scene, code: str, say: Speech) -> Markup:
    """The card of a state under a view."""
    state, shown = atlas.states[code], scene.state(code)
    traits = [
        text
        for text, holds in (
            (say.t("northern border"), state.northern_border),
            (say.t("southern border"), state.southern_border),
            (say.t("special economic zone decreed: {zone}", zone=state.sez_zone), state.sez),
        )
        if holds
    ]
    return Markup(
        '<section class="ma-profile ma-card-state" aria-live="polite"><h2>{name}</h2>'
        '<p class="ma-small">{traits}</p>'
        '<p class="ma-number"><strong class="{words}">{value}</strong> '
        "<span>{measured}</span></p>"
        "{numbers}</section>"
    ).format(
        name=state.names[say.lang],
        traits=" · ".join([say.t("capital {city}", city=state.capital), *traits]),
        value=value_text(shown.value, shown.status, scene.view, say),
        words="" if shown.status == VALUE else "words",
        measured=measured_text(scene, code, say),
        numbers=facts_html(state_facts(scene, code, say)),
    )


def measured_text(scene: Scene, code: str, say: Speech) -> str:
    """What a state's number measures, and its rank where it has one; may be empty."""
    shown = scene.state(code)
    measured = caption(shown.value, shown.status, scene.view, say)
    rank = ranked_text(say.number(shown.rank), scene, say) if is_ranked(shown) else ""
    return " · ".join(filter(None, (measured, rank)))


def is_ranked(state: StateScene) -> bool:
    """Whether a state has a rank that means something."""
    return state.rank is not None and state.status in (VALUE, ZERO)


def ranked_text(rank: str, scene: Scene, say: Speech) -> str:
    """A rank among all the states that have a number."""
    return say.t("rank {rank} of {of}", rank=rank, of=scene.numbered)


def state_facts(scene: Scene, code: str, say: Speech) -> tuple[tuple[str, str], ...]:
    """The numbers beside a state's number: what each is, and how much."""
    shown = scene.state(code)
    measure = shown.measure
    return (
        (say.t("Documented activities"), say.number(shown.activities)),
        (
            say.t("Dollars tied to the state"),
            say.t("no published figure")
            if shown.cents is None
            else say.at_prices(scene.view.prices_of).usd(shown.cents / 100),
        ),
        (say.t("Share"), say.percent(measure.share, 1)),
        (say.t("Share of the need"), say.percent(measure.need_share, 1)),
        (say.t("Share ratio"), say.decimal(measure.ratio, 2)),
    )
