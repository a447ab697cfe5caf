"""What a contribution would change in the reader's own view: before, and after.

Computed of an atlas that is made for it and dropped with it; only what is told of it stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.atlas import Atlas
from geo.chapters.evidence import VERDICTS
from geo.contribution import Contribution, trial_atlas
from geo.drawing import StateFill
from geo.equity.claims import finding, load_claims
from geo.language import Speech, speech
from geo.scene import Scene, build_scene, pool
from geo.view import View
from geo.words import (
    class_rows,
    fill_of,
    measure_label,
    tell,
    value_text,
)


@dataclass(frozen=True, slots=True)
class Side:
    """What a view says with or without the contribution."""

    finding: str
    activities: int
    selected: int
    border: str
    dollars: str
    values: Mapping[str, str]
    fills: Mapping[str, StateFill]


@dataclass(frozen=True, slots=True)
class Changed:
    """A verdict that a contribution would change."""

    claim: str
    to_year: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Effect:
    """Both sides, the states that the contribution names, and the verdicts it would change."""

    before: Side
    after: Side
    states: tuple[str, ...]
    verdicts: tuple[Changed, ...]
    measured: str
    legend: Sequence[tuple[str, str]]
    """Colour and meaning of each class, the same for both maps."""

    @property
    def counts(self) -> bool:
        """Whether the view takes the contribution in at all."""
        return self.after.selected > self.before.selected


def effect_of(
    contribution: Contribution, atlas: Atlas, view: View, told: Effect | None = None
) -> Effect:
    """What the contribution would change; `DataError` where the check refuses it.

    `told` is what was told of it for another view in the same language: the verdicts, nearly all
    of the work, are the same.
    """
    say = speech(view.lang)
    trial = trial_atlas(contribution, atlas)
    scenes = pool((build_scene(atlas, view), build_scene(trial, view)))
    return Effect(
        before=_side(atlas, view, scenes[0], say),
        after=_side(trial, view, scenes[1], say),
        states=tuple(sorted({row["state"] for row in contribution.places if row.get("state")})),
        verdicts=_changed(atlas, trial, say) if told is None else told.verdicts,
        measured=measure_label(view, say),
        legend=class_rows(scenes, say),
    )


def _changed(atlas: Atlas, trial: Atlas, say: Speech) -> tuple[Changed, ...]:
    before, after = verdicts(atlas, say), verdicts(trial, say)
    return tuple(
        Changed(*key, before[key], after[key]) for key in before if before[key] != after[key]
    )


def verdicts(atlas: Atlas, say: Speech) -> dict[tuple[str, int], str]:
    """Each claim to the end of each of its periods → its verdict in words."""
    claims = load_claims(atlas.data)
    return {
        (claim.short[say.lang], period.last): VERDICTS[finding(atlas, claim, period).verdict](say)
        for claim in claims.claims
        for period in (claims.written, claims.later)
    }


def _side(atlas: Atlas, view: View, scene: Scene, say: Speech) -> Side:
    values = {
        state.code: value_text(state.value, state.status, scene.view, say) for state in scene.states
    }
    return Side(
        finding=tell(atlas, view).finding,
        activities=len(atlas.ledger),
        selected=len(scene.selection.activities),
        border=say.percent(scene.border.share, 1),
        dollars=say.usd(scene.located_cents / 100),
        values=values,
        fills={
            code: StateFill(fill_of(scene, code), f"{atlas.states[code].names[say.lang]}: {value}")
            for code, value in values.items()
        },
    )
