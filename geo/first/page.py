"""The page before it is an app: complete, readable, every choice a link; see `assets/first.js`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas, kept
from geo.chapters import MAP, Chapter, bar_html
from geo.drawing import headline_html
from geo.first.asked import Asked
from geo.first.chapters import HEADS, WHOLE
from geo.first.frame import head_html
from geo.first.map_page import embed_html, map_html
from geo.first.plain import plain_html
from geo.policy import SCENES_KEPT

FIRST: Final = "ma-first"
"""The element that holds it, in front of the app's own, and is gone once the app is there."""

PAGES_KEPT: Final = 8
"""Pages other than the Map are long; of what they are made of, more is kept."""


def first_html(atlas: Atlas, asked: Asked, pages: Mapping[str, Chapter], sheet: Markup) -> Markup:
    """The page. Its style sheet stands before what waits for it: the whole of it, but on the Map,
    where the first screen is painted first and a script then asks for the sheet.
    """
    is_map = asked.chapter.path == MAP
    if is_map and asked.embedded:
        body = sheet + _framed(atlas, asked)
    elif is_map:
        screen, beneath = _map(atlas, asked)
        without_script = Markup("<noscript>{}</noscript>").format(sheet) if sheet else sheet
        body = screen + without_script + beneath
    else:
        body = Markup('{}<div class="chapter">{}</div>').format(sheet, _chapter(atlas, asked))
    return Markup('<div id="{}" lang="{}" class="{}">{}<main>{}</main></div>').format(
        FIRST,
        asked.say.lang,
        "framed" if asked.embedded else "whole",
        "" if asked.embedded else _bar(asked, pages),
        body,
    )


def _bar(asked: Asked, pages: Mapping[str, Chapter]) -> Markup:
    return plain_html(bar_html(pages, asked.chapter, asked.view, asked.say), asked)


@kept(maxsize=SCENES_KEPT)
def _map(atlas: Atlas, asked: Asked) -> tuple[Markup, Markup]:
    screen, beneath = map_html(atlas, asked)
    return plain_html(screen, asked), plain_html(beneath, asked)


@kept(maxsize=SCENES_KEPT)
def _framed(atlas: Atlas, asked: Asked) -> Markup:
    return plain_html(embed_html(atlas, asked), asked)


@kept(maxsize=PAGES_KEPT)
def _chapter(atlas: Atlas, asked: Asked) -> Markup:
    path = asked.chapter.path
    told = HEADS.get(path, _told)(atlas, asked)
    head = head_html(atlas, asked, headline_html(*told))
    return head + plain_html(WHOLE[path](atlas, asked), asked)


def _told(atlas: Atlas, asked: Asked) -> tuple[str, str]:
    return asked.chapter.told(atlas, asked.view, asked.own, asked.say)
