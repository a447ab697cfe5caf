"""A chapter's HTML for readers whose browser runs no script: charts drawn, choices made links."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Final

from markupsafe import Markup, escape

from geo.chapters import MAP
from geo.drawing import drawn_html
from geo.first.asked import Asked
from geo.view import address_of

ROW: Final = re.compile(
    r'(<tr[^>]* data-state="(\d\d)"[^>]*>(?:(?!</tr>).)*?<th[^>]*>)(.*?)(</th>)', re.DOTALL
)
"""A row of a table in which choosing it selects its state, up to the end of its header."""

GOING: Final = re.compile(
    r"""<button type="button"([^>]*) data-go=(?:"([^"]*)"|'([^']*)')>(.*?)</button>""",
    re.DOTALL,
)
"""A button that changes parameters of the address."""

PLAYING: Final = re.compile(r'<button type="button" class="ma-play[^>]*>.*?</button>', re.DOTALL)
"""A button that takes a script: what it would play can be chosen step by step."""


ASIDE: Final = re.compile(
    r""" data-(?:go|find|places|words|home|carries|page|lang)(?:="[^"]*"|='[^']*')?"""
)
"""What only the scripts of the app's pages read."""

SHARING: Final = re.compile(
    r'<button type="button" class="(ma-share-open[^"]*)" aria-haspopup="dialog">(.*?)</button>',
    re.DOTALL,
)
"""The button that opens the share panel, for which the app's pages have a script."""

CLASS: Final = re.compile(
    r'<button type="button" class="ma-class"[^>]*>(.*?)</button>|<p class="ma-lit"[^>]*></p>',
    re.DOTALL,
)
"""A class of a legend, which a script lets show its states alone, and where it tells them."""

TAKEN: Final = "ma-take"
"""The part of the page that says what a view can be taken away as."""


def plain_html(page: Markup, asked: Asked) -> Markup:
    """The same, complete without a script."""

    def linked(row: re.Match[str]) -> str:
        address = escape(asked.selecting(row[2]))
        return f'{row[1]}<a href="{address}">{row[3]}</a>{row[4]}'

    def going(button: re.Match[str]) -> str:
        changes = json.loads(unescape(button[2] or button[3]))
        told = {name: None if to is None else str(to) for name, to in changes.items()}
        return f'<a{button[1]} href="{escape(asked.way(**told))}">{button[4]}</a>'

    text = GOING.sub(going, ROW.sub(linked, str(drawn_html(page))))
    files = f"#{TAKEN}" if asked.chapter.path == MAP else f"{address_of(asked.view, '/')}#{TAKEN}"
    text = SHARING.sub(
        lambda told: f'<a class="{told[1]}" href="{escape(files)}">{told[2]}</a>', text
    )
    text = CLASS.sub(
        lambda told: f'<span class="ma-class">{told[1]}</span>' if told[1] else "", text
    )
    return Markup(ASIDE.sub("", PLAYING.sub("", text)))  # noqa: S704 - made by chapters
