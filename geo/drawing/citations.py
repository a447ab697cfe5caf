"""Sources as a reader meets them: a link with what sort of document it is and when it is from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

from geo.atlas import Atlas
from geo.drawing.html import each, folded_html
from geo.language import Say, Speech, t

PLAIN_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
A_YEAR: Final = re.compile(r"\b(?:19|20)\d{2}\b")

OPEN_LIST: Final = 4
"""A list of more sources than this is folded, so that a card stays a card."""

DOCUMENT_KINDS: Final[dict[str, Say]] = {
    "official": t("official"),
    "mirror": t("official text, copy"),
    "press": t("press"),
    "implementer": t("implementer"),
    "ngo": t("NGO"),
    "think_tank": t("think tank"),
    "wiki": t("wiki"),
    "other": t("other"),
}
"""`grade_kind` of a source → its name."""


def citation_html(atlas: Atlas, source_id: str, say: Speech) -> Markup:
    """One source of the bibliography: title as published, sort of document, date."""
    source = atlas.sources[source_id]
    sentences = [DOCUMENT_KINDS[source.grade_kind](say), when(source.date, say)]
    return Markup('<span class="ma-cite">{} <span>({})</span></span>').format(
        link_html(source.title, source.url), ", ".join(part for part in sentences if part)
    )


def citations_html(
    atlas: Atlas, source_ids: Iterable[str], say: Speech, between: str = " · "
) -> Markup:
    """Sources in one line, without those that the bibliography does not have."""
    known = (source_id for source_id in source_ids if source_id in atlas.sources)
    return escape(between).join(citation_html(atlas, source_id, say) for source_id in known)


def link_html(title: str, url: str) -> Markup:
    """A title as a link that opens beside the atlas, or as plain text without a web address."""
    if not url.startswith(("https://", "http://")):
        return Markup("<cite>{}</cite>").format(title)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        url, title
    )


def when(date: str, say: Speech) -> str:
    """A source's date in the reader's language: as precise as published, else its year."""
    if PLAIN_DATE.fullmatch(date):
        return say.day(date)
    years = A_YEAR.findall(date)
    return str(years[0]) if years else ""


def sources_html(atlas: Atlas, source_ids: Iterable[str], say: Speech) -> Markup:
    """A list of sources under a text, folded where it is long; nothing where there is none."""
    listed = tuple(dict.fromkeys(source_ids))
    items = each("<li>{}</li>", (citation_html(atlas, source_id, say) for source_id in listed))
    if not items:
        return Markup("")
    if len(listed) > OPEN_LIST:
        many = say.n("{count} source", "{count} sources", len(listed))
        return folded_html(many, Markup("<ul>{}</ul>").format(items), kind="ma-sources")
    return Markup('<div class="ma-sources"><h4>{}</h4><ul>{}</ul></div>').format(
        say.t("Sources"), items
    )


def cited_html(atlas: Atlas, source_ids: Iterable[str], say: Speech) -> Markup:
    """Sources in one small line; nothing where there is none."""
    cited = citations_html(atlas, dict.fromkeys(source_ids), say)
    return Markup('<p class="ma-small">{}</p>').format(cited) if cited else cited
