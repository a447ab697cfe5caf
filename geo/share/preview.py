"""What a link unfolds to in a chat: title, description and card of a view, as tags of the page.

Computed from the address alone, without a browser, so that whoever only fetches the page reads
what a reader would see. All text from the address and the data is escaped here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters import KEEPS, MAP, PAGE_NAMES, page_title, spelled_own
from geo.language import LOCALES, Speech, speech
from geo.paper import CARD_SIZE
from geo.view import LANGS, View, read_query, spell_query
from geo.words import tell

Told = Callable[[Atlas, View, Speech], tuple[str, str]]
"""Finding and description of a page at a view."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A page at one view, as it is announced: all plain text."""

    lang: str
    title: str
    finding: str
    sentence: str
    """The finding with the filters it holds under: what is sent, cited, and names a frame."""
    description: str
    address: str
    """Path and query, as the page itself would spell them."""
    card: str
    card_shows: str
    """What the card says: always the map's own finding, with its filters, whatever the page."""
    others: tuple[tuple[str, str], ...]
    """(language, address) of the same view in every language."""


def preview_of(
    atlas: Atlas, told: Mapping[str, Told], path: str, query: Mapping[str, Sequence[str]]
) -> Preview:
    """The preview of what stands at `path` with `query`; any of both has one."""
    page = path.strip("/").split("/")[0]
    page = page if page in KEEPS else MAP
    view, _ = read_query(query, KEEPS[page].names)
    say = speech(view.lang)
    finding, description = told[page](atlas, view, say)
    own, card_shows = spelled_own(page, query), tell(atlas, view).finding
    return Preview(
        lang=view.lang,
        title=page_title(PAGE_NAMES[page](say)),
        finding=finding,
        sentence=card_shows if page == MAP else finding,
        description=description,
        address=_address(page, view, own),
        card=_queried("/card.png", spell_query(view)),
        card_shows=card_shows,
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


def _address(page: str, view: View, own: Mapping[str, str]) -> str:
    return _queried(f"/{page}", spell_query(view) | dict(own))


def _queried(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
