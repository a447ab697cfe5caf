"""What each page tells in a link's preview: its finding and its description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from geo.atlas import Atlas
from geo.chapters import MAP
from geo.language import Speech
from geo.share import Preview, Told, preview_of
from geo.view import View
from geo.words import tell


def _map_told(atlas: Atlas, view: View, _say: Speech) -> tuple[str, str]:
    telling = tell(atlas, view)
    state = f"{telling.state}. " if telling.state else ""
    return telling.headline, state + telling.beneath


def _evidence_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.chapters.evidence import evidence_caveat, evidence_headline

    return evidence_headline(atlas, say), evidence_caveat(atlas, say)


def _rebalance_told(_atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    return (
        say.t("What would a fairer spread of documented Mérida aid be?"),
        say.t("Choose a yardstick, and see who would gain and what would have to move."),
    )


def _sites_told(atlas: Atlas, view: View, say: Speech) -> tuple[str, str]:
    from geo.chapters.sites import sites_caveat, sites_headline

    return sites_headline(atlas, say), sites_caveat(atlas, view.to_year, say)


def _background_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.chapters.background import background_caveat, background_headline

    return background_headline(atlas, say), background_caveat(say)


def _methods_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.chapters.methods import methods_caveat, methods_headline

    return methods_headline(atlas, say), methods_caveat(atlas, say)


def _briefing_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.briefing import briefing_caveat, briefing_headline

    return briefing_headline(say), briefing_caveat(atlas, say)


TOLD: Final[Mapping[str, Told]] = {
    MAP: _map_told,
    "evidence": _evidence_told,
    "rebalance": _rebalance_told,
    "sites": _sites_told,
    "background": _background_told,
    "methods": _methods_told,
    "briefing": _briefing_told,
}
"""Page, by the path of its address → what it tells."""


def announced(atlas: Atlas, path: str, query: Mapping[str, Sequence[str]]) -> Preview:
    """The preview of what stands at `path` with `query`."""
    return preview_of(atlas, TOLD, path, query)
