"""The sentence: what one view finds, computed, in the reader's language."""

from __future__ import annotations

from decimal import Decimal

from geo.atlas import Atlas
from geo.language import REASONS, Speech
from geo.policy import APPROPRIATED_SPAN, APPROPRIATED_USD, MAX_SPOKEN_NOTICES, MAX_SPOKEN_TEXT
from geo.scene import Scene
from geo.view import Notice, View
from geo.words.measure import measure_label, value_text


def headline(scene: Scene, say: Speech) -> str:
    """The finding of a view: what reached the border states, against their share of the need."""
    share = scene.border.share
    if share is None:
        if scene.view.measure == "usd":
            return say.t("No dollar figure that matches these choices has a published place.")
        return say.t("No documented activity that matches these choices has a known state.")
    need = need_share(scene, say)
    if scene.view.measure == "usd" and scene.view.evidence == "attributed":
        return say.t(
            "Of the {total} attributed to states, part of it by our rule, {share} falls to the "
            "six northern border states, which have {need}.",
            total=say.usd_short(scene.total),
            share=say.percent(share),
            need=need,
        )
    if scene.view.measure == "usd":
        return say.t(
            "Of the {total} tied to a state, {share} went to the six northern border states, "
            "which have {need}.",
            total=say.usd_short(scene.total),
            share=say.percent(share),
            need=need,
        )
    if scene.view.evidence == "attributed":
        return say.t(
            "Shared among the states each one reaches, {share} of the {total} located activities "
            "fall to the six northern border states, which have {need}.",
            total=say.number(scene.located, 1),
            share=say.percent(share),
            need=need,
        )
    return say.t(
        "{share} of the documented aid presence, {part} of {total} pairs of a state and an "
        "activity, lies in the six northern border states, which have {need}.",
        share=say.percent(share),
        part=say.number(scene.border.amount),
        total=say.number(scene.total),
        need=need,
    )


def need_share(scene: Scene, say: Speech) -> str:
    """The border states' share of the need a view holds aid against."""
    part = say.percent(scene.border.need_share)
    if scene.view.need == "homicides":
        return say.t("{part} of the homicides", part=part)
    if scene.view.need == "poverty":
        return say.t("{part} of the people in poverty", part=part)
    return say.t("{part} of the people", part=part)


def caveat(scene: Scene, say: Speech) -> str:
    """The line under the headline: how much of the money the view can speak of at all."""
    located = Decimal(scene.located_cents) / 100
    values = {
        "part": say.usd_short(located),
        "share": say.percent(float(located / APPROPRIATED_USD), 2),
        "whole": say.usd_short(APPROPRIATED_USD),
        "first": APPROPRIATED_SPAN[0],
        "last": APPROPRIATED_SPAN[1],
    }
    if scene.view.evidence == "attributed":
        return say.t(
            "{part} is attributed to states, part of it by our rule: {share} of the {whole} "
            "appropriated for fiscal years {first}–{last}. Nothing found never means nothing "
            "given.",
            **values,
        )
    return say.t(
        "Sources tie {part} to one state each, {share} of the {whole} appropriated for fiscal "
        "years {first}–{last}. Nothing found never means nothing given.",
        **values,
    )


def filters(view: View, scene: Scene, say: Speech) -> str:
    """What the view leaves out, in one line; empty where it leaves out nothing."""
    parts = []
    if scene.selection.other_priorities:
        parts.append(
            say.n(
                "{count} activity of other priorities",
                "{count} activities of other priorities",
                scene.selection.other_priorities,
            )
        )
    if scene.selection.other_years:
        parts.append(
            say.n(
                "{count} outside {first}–{last}",
                "{count} outside {first}–{last}",
                scene.selection.other_years,
                first=view.from_year,
                last=view.to_year,
            )
        )
    if scene.selection.undated:
        parts.append(say.n("{count} undated", "{count} undated", scene.selection.undated))
    if scene.selection.other_search:
        parts.append(
            say.n(
                "{count} found by the other search",
                "{count} found by the other search",
                scene.selection.other_search,
            )
        )
    if not parts:
        return ""
    return say.t("Left out by your choices: {parts}.", parts=", ".join(parts))


def ignored(notices: tuple[Notice, ...], say: Speech) -> str:
    """One plain line on what of a link could not be used; empty where all could."""
    if not notices:
        return ""
    sentences = [_notice(notice, say) for notice in notices[:MAX_SPOKEN_NOTICES]]
    rest = len(notices) - len(sentences)
    if rest:
        sentences.append(say.n("{count} more", "{count} more", rest))
    return say.t("Part of this link was ignored: {parts}.", parts="; ".join(sentences))


def _notice(notice: Notice, say: Speech) -> str:
    name, given = _shortened(notice.parameter), _shortened(notice.given)
    if notice.reason == "unknown_parameter":
        return say.t("“{name}” is not a choice of this atlas", name=name)
    if notice.reason == "years_reversed":
        return say.t("the years {given} run backwards", given=given)
    return say.t("“{name}” cannot be “{given}”", name=name, given=given)


def _shortened(text: str) -> str:
    # What cannot be printed cannot stand in a workbook either.
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return flat if len(flat) <= MAX_SPOKEN_TEXT else flat[: MAX_SPOKEN_TEXT - 1] + "…"


def state_line(atlas: Atlas, scene: Scene, view: View, say: Speech) -> str:
    """The selected state with its number; empty where none is selected."""
    if not view.state:
        return ""
    state = scene.state(view.state)
    number = value_text(state.value, state.status, view, say)
    return f"{atlas.states[view.state].names[view.lang]}: {number} ({measure_label(view, say)})"


def remainder(scene: Scene, say: Speech) -> str:
    """How much is not on the map, in one sentence."""
    if scene.view.measure == "usd":
        return say.t(
            "{rest} of the {total} in the ledger, and {unseen} of the {whole} appropriated, for "
            "which no activity was found.",
            rest=say.usd_short((scene.ledger_cents - scene.located_cents) / 100),
            total=say.usd_short(scene.ledger_cents / 100),
            unseen=say.usd_short(float(APPROPRIATED_USD) - scene.ledger_cents / 100),
            whole=say.usd_short(APPROPRIATED_USD),
        )
    return say.t(
        "{rest} of {total} activities are counted in no state.",
        rest=say.number(scene.not_located, 1),
        total=say.number(scene.located + scene.not_located),
    )


def reason_texts(scene: Scene, say: Speech) -> tuple[tuple[str, str], ...]:
    """(reason, how much) of what is not on the map, in the map's measure; without the zeros."""
    usd = scene.view.measure == "usd"
    return tuple(
        (
            REASONS[line.reason](say),
            say.usd_short(line.cents / 100) if usd else say.number(line.activities, 1),
        )
        for line in scene.remainder
        if (line.cents if usd else line.activities)
    )


def provenance(version: str, say: Speech, sources: int | None = None) -> str:
    """Where a file's numbers are from: how many sources, if told, the data version, the shapes."""
    counted = "" if sources is None else say.n("{count} source", "{count} sources", sources) + ". "
    return counted + say.t("Data {version}. Boundaries: INEGI.", version=version)
