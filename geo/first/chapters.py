"""The other pages whole: the chapters' own HTML, in the order in which `pages/` shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.briefing import BRIEFING, briefing_body
from geo.chapters.background import sections_html
from geo.chapters.contribute import needs_html
from geo.chapters.evidence import evidence_head, evidence_page_html
from geo.chapters.inequality import inequality_html, opening_html
from geo.chapters.map import map_key_html, nothing_left_html
from geo.chapters.methods import closing_html, ledger_html, ledger_opening_html
from geo.chapters.methods import opening_html as methods_opening_html
from geo.chapters.rebalance import (
    BY,
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
from geo.chapters.sites import cards_html, glance_html, key_html, site_payload
from geo.drawing import each, missing_html, note_html, still_map_html
from geo.equity.rebalance import YARDSTICKS, Chosen, rebalance
from geo.first.asked import Asked
from geo.first.frame import choices_html, listed_html
from geo.scene import build_scene
from geo.share import downloads_part_html
from geo.view import YEARS
from geo.words import tell


def _joined(*parts: Markup) -> Markup:
    return Markup("").join(parts)


def _columns(*columns: Markup, widths: tuple[float, ...] = (), gap: int = 2) -> Markup:
    """Columns as wide as those of the app, `gap` rem apart; one above the other on a phone."""
    shares = widths or (1,) * len(columns)
    return Markup('<div class="columns" style="--widths:{};--between:{}rem">{}</div>').format(
        " ".join(f"minmax(0,{share}fr)" for share in shares),
        gap,
        each("<div>{}</div>", columns),
    )


def _background(atlas: Atlas, asked: Asked) -> Markup:
    part = sections_html(atlas, asked.view, asked.say)
    return _joined(
        part["timeline"],
        part["priorities"],
        _columns(part["appropriations"], part["conflicts"], widths=(1.7, 1), gap=4),
        _columns(part["spans"], part["totals"], gap=4),
        part["recommendations"],
        part["checks"],
    )


def _evidence(atlas: Atlas, asked: Asked) -> Markup:
    return evidence_page_html(atlas, asked.view, asked.own, asked.way(), asked.say)


def _inequality(atlas: Atlas, asked: Asked) -> Markup:
    return _joined(
        opening_html(asked.say),
        choices_html(asked),
        _filtered(atlas, asked),
        inequality_html(atlas, asked.view, asked.say),
    )


def _methods(atlas: Atlas, asked: Asked) -> Markup:
    view, say = asked.view, asked.say
    return _joined(
        methods_opening_html(atlas, say),
        ledger_opening_html(say),
        ledger_html(atlas, view, "", say),
        closing_html(atlas, say),
        missing_html(view, say),
        downloads_part_html(atlas, view, "", say),
    )


def _rebalance(atlas: Atlas, asked: Asked) -> Markup:
    view, say = asked.view, asked.say
    chosen: Chosen = asked.own
    scenarios = [chosen.scenario, *([chosen.against] if chosen.against else [])]
    titled = [
        (scenario_title(one.name, say, second=at > 0), rebalance(atlas, view, one))
        for at, one in enumerate(scenarios)
    ]
    classes = change_classes([result for _, result in titled], view)
    legend = change_legend([result for _, result in titled], classes, view, say)

    def drawn(result: Any) -> Markup:
        return still_map_html(
            atlas, change_payload(atlas, result, classes, view, say), asked.selecting, asked.at
        )

    yardsticks = [
        (
            asked.with_own(replace(chosen, scenario=replace(chosen.scenario, by=by, mix=()))).way(),
            BY[by](say),
        )
        for by in YARDSTICKS
    ]
    if len(titled) == 1:
        (title, result), *_ = titled
        key = map_key_html(view.with_(layers=layers_shown(result)), say)
        maps = _columns(
            drawn(result) + key + change_legend_html(legend, say, counted=True),
            title_html(title) + card_html(atlas, result, view, say),
            widths=(1.75, 1),
        )
    else:
        maps = _columns(
            *(
                title_html(title) + drawn(result) + card_html(atlas, result, view, say)
                for title, result in titled
            )
        ) + change_legend_html(legend, say, counted=False)
    possible = not any(result.trouble for _, result in titled)
    return _joined(
        *(note_html(trouble_text(atlas, result, say)) for _, result in titled),
        _filtered(atlas, asked),
        listed_html(say.t("Yardstick"), yardsticks),
        maps,
        ranked_html(atlas, titled, view, say),
        take_html(atlas, view, chosen, say, possible=possible),
        _columns(cross_html(titled, say), steps_html(atlas, view, say), gap=4),
    )


def _sites(atlas: Atlas, asked: Asked) -> Markup:
    view, say = asked.view, asked.say
    payload = site_payload(atlas, say, year=view.to_year, chosen="", frame="all")
    years = (
        (asked.way(view.with_(to_year=year, from_year=min(view.from_year, year))), str(year))
        for year in YEARS
    )
    return _joined(
        listed_html(say.t("Open or not, at the end of"), years),
        _columns(
            still_map_html(atlas, payload) + key_html(view.to_year, say),
            glance_html(atlas, view.to_year, "", say),
            widths=(2, 1),
        ),
        cards_html(atlas, view, "", say),
    )


def _filtered(atlas: Atlas, asked: Asked) -> Markup:
    view, say = asked.view, asked.say
    return note_html(tell(atlas, view).filters) + nothing_left_html(
        build_scene(atlas, view), view, say
    )


def _rebalance_head(atlas: Atlas, asked: Asked) -> tuple[str, str]:
    view, say = asked.view, asked.say
    result = rebalance(atlas, view, asked.own.scenario)
    return rebalance_headline(result, view, say), rebalance_caveat(atlas, view, say)


HEADS: Final[Mapping[str, Callable[[Atlas, Asked], tuple[str, str]]]] = {
    "evidence": lambda atlas, asked: evidence_head(atlas, asked.own, asked.say),
    "rebalance": _rebalance_head,
}
"""Path of a page → finding and caveat, where it says them otherwise than its link does."""

WHOLE: Final[Mapping[str, Callable[[Atlas, Asked], Markup]]] = {
    "background": _background,
    BRIEFING.path: lambda atlas, asked: briefing_body(atlas, asked.say),
    "contribute": lambda atlas, asked: needs_html(atlas, asked.say),
    "evidence": _evidence,
    "inequality": _inequality,
    "methods": _methods,
    "rebalance": _rebalance,
    "sites": _sites,
}
"""Path of a page → what stands on it beneath its head."""
