"""The place search of the Map page: a box that `assets/find.js` completes."""

from __future__ import annotations

import json

from markupsafe import Markup

from geo.drawing import PLACES, Shelf
from geo.language import Speech

FIND_SCRIPT = "find.js"


def find_html(shelf: Shelf, say: Speech) -> Markup:
    """A box for a state, a municipality or a site; without a script it finds states alone."""
    words = {
        "municipality": say.t("municipality"),
        "site": say.t("site"),
        "state": say.t("state"),
        "lost": say.t("The places could not be loaded. Try again in a moment."),
        "none": say.t("Nothing found for “{text}”.", text="{text}"),
        "one": say.n("{count} place", "{count} places", 1),
        "many": say.t("{count} places", count="{count}"),
    }
    label = say.t("Find your state or town")
    return Markup(
        '<form class="ma-find" lang="{lang}" action="/" method="get" role="search" '
        'data-find="{script}" data-places="{places}" data-words="{words}">'
        '<input type="hidden" name="lang" value="{lang}">'
        '<input type="text" name="state" id="ma-find" role="combobox" '
        'aria-expanded="false" aria-autocomplete="list" aria-controls="ma-found" '
        'aria-label="{label}" placeholder="{label}" autocomplete="off" autocapitalize="none" '
        'spellcheck="false" enterkeyhint="search"><ul id="ma-found" role="listbox" '
        'aria-label="{places_found}" hidden></ul><p class="ma-unseen" role="status"></p></form>'
    ).format(
        script=shelf.url(FIND_SCRIPT),
        places=shelf.url(PLACES),
        words=json.dumps(words, ensure_ascii=False),
        lang=say.lang,
        label=label,
        places_found=say.t("Places"),
    )
