"""What a link unfolds to in a chat: title, description and card of a view, as tags of the page.

Computed from the address alone, without a browser, so that whoever only fetches the page reads
what a reader would see. All text from the address and the data is escaped here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters import Chapter
from geo.language import LOCALES, speech
from geo.paper import CARD_SIZE
from geo.view import LANGS, Query, View, spell_query, with_query
from geo.words import tell


@dataclass(frozen=True, slots=True)
class Preview:
    """A page at one view, as it is announced: all plain text."""

    lang: str
    title: str
    finding: str
    short: str
    """The finding as the title of a link, in as few letters as no messenger cuts."""
    sentence: str
    """The finding with the filters it holds under: what is sent, cited, and names a frame."""
    description: str
    address: str
    """Path and query, as the page itself would spell them."""
    card: str
    card_shows: str
    """What the card says: always the map's own finding, with its filters, whatever the page."""
    beyond: str
    """What the page shows that no file and no frame of its view does; empty for nothing."""
    others: tuple[tuple[str, str], ...]
    """(language, address) of the same view in every language."""
    page: Chapter = field(repr=False)
    view: View = field(repr=False)


def preview_of(atlas: Atlas, page: Chapter, query: Query) -> Preview:
    """The preview of a page with `query`; any has one."""
    view, own, _ = page.read(query, atlas.state_named)
    say = speech(view.lang)
    finding, description = page.told(atlas, view, own, say)
    telling = tell(atlas, view)
    return Preview(
        lang=view.lang,
        title=page.title(atlas, view, own),
        finding=finding,
        short=page.link_title(atlas, view, own),
        sentence=telling.finding if finding == telling.headline else finding,
        description=description,
        address=page.address(view, own),
        card=with_query("/card.png", spell_query(view)),
        card_shows=telling.finding,
        beyond=page.beyond_map(own, say),
        others=tuple((lang, page.address(view.with_(lang=lang), own)) for lang in LANGS),
        page=page,
        view=view,
    )


def tags_html(preview: Preview, base: str) -> Markup:
    """The tags of a preview; without a `base`, those that need a whole address are left out."""
    named = [("description", preview.description), ("twitter:card", "summary_large_image")]
    named += [("twitter:title", preview.short), ("twitter:description", preview.description)]
    properties = [
        ("og:type", "website"),
        ("og:site_name", "Mérida Atlas"),
        ("og:title", preview.short),
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
