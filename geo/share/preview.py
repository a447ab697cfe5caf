"""What a link unfolds to in a chat: title, description and card of a view, as tags of the page.

Computed from the address alone, without a browser, so that whoever only fetches the page reads
what a reader would see. All text from the address and the data is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import Atlas
from geo.i18n import LOCALES, Speech, speech
from geo.labels import measure_label, value_text
from geo.page_keeps import KEEPS, MAP, PAGE_NAMES, page_title, spelled_own
from geo.scene import build_scene
from geo.sentence import caveat, filters, headline
from geo.view import LANGS, View, read_query, spell_query

CARD_SIZE: Final = (1200, 630)
"""Width and height in pixels of the picture that messengers show beside a link."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A page at one view, as it is announced: all plain text."""

    lang: str
    title: str
    finding: str
    description: str
    address: str
    """Path and query, as the page itself would spell them."""
    card: str
    card_shows: str
    """What the card says: always the map's own finding, whatever the page."""
    others: tuple[tuple[str, str], ...]
    """(language, address) of the same view in every language."""


def preview_of(atlas: Atlas, path: str, query: Mapping[str, Sequence[str]]) -> Preview:
    """The preview of what stands at `path` with `query`; any of both has one."""
    page = path.strip("/").split("/")[0]
    page = page if page in KEEPS else MAP
    view, _ = read_query(query, KEEPS[page].names)
    say = speech(view.lang)
    finding, description = _told(atlas, page, view, say)
    own = spelled_own(page, query)
    return Preview(
        lang=view.lang,
        title=page_title(PAGE_NAMES[page](say)),
        finding=finding,
        description=description,
        address=_address(page, view, own),
        card=_queried("/card.png", spell_query(view)),
        card_shows=headline(build_scene(atlas, view), say),
        others=tuple((lang, _address(page, view.with_(lang=lang), own)) for lang in LANGS),
    )


def tags_html(preview: Preview, base: str) -> Markup:
    """The tags of a preview; without a `base`, those that need a whole address are left out."""
    named = [("description", preview.description), ("twitter:card", "summary_large_image")]
    named += [("twitter:title", preview.finding), ("twitter:description", preview.description)]
    properties = [
        ("og:type", "website"),
        ("og:site_name", "Mérida Atlas"),
        ("og:title", preview.finding),
        ("og:description", preview.description),
        ("og:locale", LOCALES[preview.lang]),
        *(("og:locale:alternate", LOCALES[lang]) for lang in LANGS if lang != preview.lang),
    ]
    links: list[Markup] = []
    if base:
        card = base + preview.card
        named += [("twitter:image", card), ("twitter:image:alt", preview.card_shows)]
        properties += [
            ("og:url", base + preview.address),
            ("og:image", card),
            ("og:image:type", "image/png"),
            ("og:image:width", str(CARD_SIZE[0])),
            ("og:image:height", str(CARD_SIZE[1])),
            ("og:image:alt", preview.card_shows),
        ]
        links.append(Markup('<link rel="canonical" href="{}">').format(base + preview.address))
        links += [
            Markup('<link rel="alternate" hreflang="{}" href="{}">').format(lang, base + address)
            for lang, address in preview.others
        ]
    return Markup("").join(
        (
            *(Markup('<meta name="{}" content="{}">').format(*pair) for pair in named),
            *(Markup('<meta property="{}" content="{}">').format(*pair) for pair in properties),
            *links,
        )
    )


def _told(atlas: Atlas, page: str, view: View, say: Speech) -> tuple[str, str]:
    """Finding and description of a page."""
    if page == MAP:
        return _map_told(atlas, view, say)
    return _TOLD[page](atlas, view, say)


def _map_told(atlas: Atlas, view: View, say: Speech) -> tuple[str, str]:
    scene = build_scene(atlas, view)
    parts = [caveat(scene, say), filters(view, scene, say)]
    if view.state:
        state = scene.state(view.state)
        name = atlas.states[view.state].names[view.lang]
        number = value_text(state.value, state.status, view, say)
        parts.insert(0, f"{name}: {number} ({measure_label(view, say)}).")
    return headline(scene, say), " ".join(part for part in parts if part)


def _evidence_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.evidence_words import evidence_caveat, evidence_headline

    return evidence_headline(atlas, say), evidence_caveat(atlas, say)


def _rebalance_told(_atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    return (
        say.t("What would a fairer spread of documented Mérida aid be?"),
        say.t("Choose a yardstick, and see who would gain and what would have to move."),
    )


def _sites_told(atlas: Atlas, view: View, say: Speech) -> tuple[str, str]:
    from geo.site_cards import sites_caveat, sites_headline

    return sites_headline(atlas, say), sites_caveat(atlas, view.to_year, say)


def _background_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.background import background_caveat, background_headline

    return background_headline(atlas, say), background_caveat(say)


def _methods_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.methods import methods_caveat, methods_headline

    return methods_headline(atlas, say), methods_caveat(atlas, say)


def _briefing_told(atlas: Atlas, _view: View, say: Speech) -> tuple[str, str]:
    from geo.briefing.listing import briefing_caveat, briefing_headline

    return briefing_headline(say), briefing_caveat(atlas, say)


_TOLD: Final[dict[str, Callable[[Atlas, View, Speech], tuple[str, str]]]] = {
    "evidence": _evidence_told,
    "rebalance": _rebalance_told,
    "sites": _sites_told,
    "background": _background_told,
    "methods": _methods_told,
    "briefing": _briefing_told,
}


def _address(page: str, view: View, own: Mapping[str, str]) -> str:
    return _queried(f"/{page}", spell_query(view) | dict(own))


def _queried(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
