"""What a view is called: that in which it differs from another one, or from the first map."""

from __future__ import annotations

from collections.abc import Mapping

from geo.atlas import Atlas
from geo.language import (
    FOUND_NAMES,
    KINDS,
    NAMED_NAMES,
    PRIORITY_NAMES,
    RECIPIENTS,
    SPLIT_NAMES,
    Say,
    Speech,
)
from geo.view import PAYER_NAMES, PILLARS, View
from geo.words.measure import measure_label


def names_of(view: View, other: View, say: Speech) -> tuple[str, str]:
    """What each view has that the other has not; equal views have equal names."""
    one, two = _traits(view, say), _traits(other, say)
    differing = [name for name in one if one[name] != two[name]]
    if not differing:
        return say.t("the same view"), say.t("the same view")
    return (
        ", ".join(one[name] for name in differing if one[name]),
        ", ".join(two[name] for name in differing if two[name]),
    )


def view_names(atlas: Atlas, view: View, say: Speech) -> list[str]:
    """What a view shows that the first map does not: state, measure, filters; empty for none.

    Two views with other numbers, or with another state chosen, have other names.
    """
    shown = measure_label(view, say)
    # Whether activities are split stands in the measure already.
    one, two = _traits(view, say), _traits(View(evidence=view.evidence), say)
    return [
        *([atlas.states[view.state].names[say.lang]] if view.state else []),
        *([shown] if shown != measure_label(View(), say) else []),
        *(one[name] for name in one if one[name] and one[name] != two[name]),
    ]


CHOSEN_BY: Mapping[str, tuple[str, ...]] = {
    "years": ("from", "to"),
    "evidence": ("evidence", "split"),
}
"""The parameters of a trait that is not one parameter of the same name."""


def choices_named(view: View, say: Speech) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What a view counts otherwise than the first map: each choice, and the parameters it is."""
    one, two = _traits(view, say), _traits(View(), say)
    return tuple(
        (one[name], CHOSEN_BY.get(name, (name,)))
        for name in one
        if name != "split" and one[name] != two[name]
    )


def _traits(view: View, say: Speech) -> dict[str, str]:
    return {
        "years": f"{view.from_year}–{view.to_year}",
        "pillar": " + ".join(PRIORITY_NAMES[PILLARS[n]](say) for n in view.pillar)
        or say.t("All priorities"),
        "funder": _several(PAYER_NAMES, view.funder, say.t("payer"), say) or say.t("whoever paid"),
        "kind": _several(KINDS, view.kind, say.t("kind of aid"), say) or say.t("all kinds of aid"),
        "recipient": _several(RECIPIENTS, view.recipient, say.t("recipient"), say)
        or say.t("whoever received it"),
        "evidence": say.t("aid to several states shared out")
        if view.evidence == "attributed"
        else say.t("aid to several states left out"),
        "split": SPLIT_NAMES[view.split](say) if view.evidence == "attributed" else "",
        "weak": say.t("with weak sources")
        if view.weak == "include"
        else say.t("without weak sources"),
        "found": FOUND_NAMES[view.found](say),
        "named": NAMED_NAMES[view.named](say),
    }


def _several(names: Mapping[str, Say], chosen: tuple[str, ...], what: str, say: Speech) -> str:
    return f"{what}: {' + '.join(names[one](say) for one in chosen)}" if chosen else ""
