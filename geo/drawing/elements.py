"""Small pieces of HTML that several pages show: headings, sections, notes, facts, links to files.

Text is escaped here: every function returns `Markup` built with `Markup.format`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup

from geo.drawing.citations import PLAIN_DATE
from geo.drawing.html import Cell, each
from geo.language import Speech
from geo.scene import pattern_of
from geo.view import View, address_of


def dot_html(fill: str, name: str = "") -> Markup:
    """A colour of the map beside what has it."""
    kinds = " ".join(filter(None, ("ma-dot", pattern_of(fill))))
    return Markup('<span class="{}" style="background-color:{}"></span>{}').format(
        kinds, fill, name
    )


def panel_html(title: str, *parts: Markup) -> Markup:
    """A tool's part of the page."""
    return Markup('<section class="ma-tool"><h2>{}</h2>{}</section>').format(
        title, Markup("").join(parts)
    )


def opened_html(name: str, value: str, inside: Markup) -> Markup:
    """What the reader's choice of a parameter's value opens: `page.js` brings it into view."""
    return Markup('<div class="ma-opened" data-opened="{}={}" tabindex="-1">{}</div>').format(
        name, value, inside
    )


def told_html(*sentences: str) -> Markup:
    """Sentences of a tool, each a paragraph."""
    return each("<p>{}</p>", filter(None, sentences))


def link_to_file(address: str, name: str, form: str, what: str) -> Markup:
    """One line of a list of downloads."""
    return Markup(
        '<li><a class="ma-get" href="{}" download="{}">{}</a> <span>{}</span></li>'
    ).format(address, name, form, what)


def headline_html(sentence: str, caveat: str) -> Markup:
    """The finding of the view as the page's heading, with its caveat under it."""
    return Markup('<h1 class="ma-headline">{}</h1><p class="ma-caveat">{}</p>').format(
        sentence, caveat
    )


def share_button_html(say: Speech) -> Markup:
    """The button that opens the share panel, see `assets/page.js`."""
    return Markup(
        '<button type="button" class="ma-share-open" aria-haspopup="dialog">{}</button>'
    ).format(say.t("Share …"))


def beside_html(wide: Iterable[Markup], narrow: Iterable[Markup]) -> Markup:
    """Two columns of HTML, the first as wide as the map; one below the other in a narrow window."""
    return Markup('<div class="ma-beside"><div>{}</div><div>{}</div></div>').format(
        Markup("").join(wide), Markup("").join(narrow)
    )


def note_html(text: Cell) -> Markup:
    """One plain line that tells the reader something about the page."""
    return Markup('<p class="ma-note" role="status">{}</p>').format(text) if text else Markup("")


def missing_html(view: View, say: Speech) -> Markup:
    """The way to contribute what a reader misses, with their view."""
    return Markup('<p class="ma-small ma-missing">{} <a href="{}">{}</a></p>').format(
        say.t("Know of something that is missing?"),
        address_of(view, "/contribute"),
        say.t("Contribute evidence"),
    )


def here_html(address: str, text: str) -> Markup:
    """A link to another view or page of the atlas, which opens in the same tab."""
    return Markup('<a href="{}" target="_self">{}</a>').format(address, text)


def more_html(address: str, text: str) -> Markup:
    """The same as a line of its own, under what it leads on from."""
    return Markup('<p class="ma-more">{}</p>').format(here_html(address, text))


def empty_html(text: str) -> Markup:
    """What stands where nothing was chosen yet."""
    return Markup('<p class="ma-empty">{}</p>').format(text)


def way_back_html(view: View, say: Speech) -> Markup:
    """The button that takes back every filter of a view; nothing where there is none."""
    if view.whole:
        return Markup("")
    return Markup(
        '<p class="ma-buttons"><button type="button" class="ma-button" data-go="{}">{}</button></p>'
    ).format(json.dumps(dict.fromkeys(view.filtering)), say.t("Take back all filters"))


def section_html(anchor: str, title: str, *parts: Markup, lead: str = "") -> Markup:
    """A section of a long page, with the anchor its contents list points to."""
    return Markup('<section class="ma-section" id="{}"><h2>{}</h2>{}{}</section>').format(
        anchor, title, paragraph_html(lead), Markup("").join(parts)
    )


def paragraph_html(text: str, kind: str = "ma-lead") -> Markup:
    """A paragraph; nothing where there is no text."""
    return Markup('<p class="{}">{}</p>').format(kind, text) if text else Markup("")


def english_html(text: Cell, lang: str) -> Markup:
    """A text that is only kept in English, marked so in a page of another language."""
    if not text:
        return Markup("")
    if lang == "en":
        return Markup("{}").format(text)
    return Markup('<span lang="en">{}</span>').format(text)


def date_html(date: str, say: Speech) -> Markup:
    """A document's date in the reader's language, or as it was noted where it is no plain date."""
    if not date or date == "undated":
        return Markup("{}").format(say.t("undated"))
    if PLAIN_DATE.fullmatch(date):
        return Markup("{}").format(say.day(date))
    return Markup('<span class="ma-loose">{}</span>').format(english_html(date, say.lang))


def alone_html(lang: str, title: str, style: str, body: Markup) -> Markup:
    """A page of its own beside those of the atlas, without their scripts; `style` is ours."""
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width, initial-scale=1"><title>{} · Mérida Atlas</title>'
        "<style>{}</style></head><body><main>{}</main></body></html>"
    ).format(lang, title, Markup(style), body)  # noqa: S704


def facts_html(rows: Iterable[tuple[str, Cell]], kind: str = "ma-facts") -> Markup:
    """Names with their values, in a grid."""
    return Markup('<dl class="{}">{}</dl>').format(
        kind, each("<div><dt>{}</dt><dd>{}</dd></div>", rows)
    )


def drawer_head_html(say: Speech) -> Markup:
    """The heading of the drawer, with the button that closes it."""
    return Markup(
        '<div class="ma-drawer-head" data-drawer="{title}"><h2>{title}</h2>'
        '<button type="button" data-drawer-close>{close}</button></div>'
    ).format(title=say.t("More choices"), close=say.t("Close"))


def drawer_buttons_html(view: View, chosen: int, say: Speech) -> Markup:
    """What opens the drawer: the years, which it begins with, and all the rest.

    `chosen` says how many of the choices in it are not the first map's.
    """
    more = say.t("More choices")
    return Markup(
        '<div class="ma-opens"><button type="button" class="ma-pull ma-pull-years" '
        'data-drawer-open="years" aria-label="{years}: {span}">{span}</button>'
        '<button type="button" class="ma-pull" data-drawer-open="">{more}</button></div>'
    ).format(
        years=say.t("Years"),
        span=f"{view.from_year}–{view.to_year}",
        more=f"{more} · {chosen}" if chosen else more,
    )
