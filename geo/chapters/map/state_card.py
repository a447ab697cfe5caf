"""One state in numbers: its number with rank, and the numbers beside it."""

from __future__ import annotations

from geo.language import Speech
from geo.scene import VALUE, ZERO, Scene, StateScene
from geo.words import caption


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
        (say.t("% of all"), say.percent(measure.share, 1)),
        (say.t("Share of the need"), say.percent(measure.need_share, 1)),
        (say.t("Times its share"), say.decimal(measure.ratio, 2)),
    )
