"""What a page says where the app cannot reach its server: the files of that view need no socket."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import link_to_file
from geo.language import Speech
from geo.share.kinds import KINDS
from geo.view import View
from geo.words import view_file_name

WITHOUT_SOCKET: Final = ("view.html", "map.png", "map.pdf", "values.csv")
"""What stands in for the page: all of it in one file, the map, the sheet, the numbers."""


def unconnected_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The words, hidden until `seams.js` finds that no connection comes; seen where no script runs.

    `data-wait` is how long a connection may take, in milliseconds.
    """
    files = Markup("").join(
        link_to_file(
            kind.address(view), view_file_name(atlas, kind.name, view), kind.form, kind.what(say)
        )
        for kind in (KINDS[name] for name in WITHOUT_SOCKET)
    )
    words = Markup("<p>{}</p><ul>{}</ul>").format(
        say.t(
            "This page needs a lasting connection to its server, and none could be opened. The "
            "same view is here as files:"
        ),
        files,
    )
    return Markup(
        '<noscript><div class="ma-unconnected" lang="{lang}">{words}</div></noscript>'
        '<div class="ma-unconnected" id="ma-unconnected" lang="{lang}" role="status" hidden '
        'data-wait="{wait}">{words}</div>'
    ).format(lang=say.lang, words=words, wait=PATIENCE_MS)


PATIENCE_MS: Final = 10_000
"""Ten seconds: a slow line has opened its socket by then."""
