"""What a page says where the app cannot reach its server: its choices work as links."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.language import Speech

PATIENCE_MS: Final = 10_000
"""Ten seconds from the app's beginning: a slow line has opened its socket by then."""


def unconnected_html(say: Speech) -> Markup:
    """One line, hidden until `first.js` finds that no connection comes.

    `data-wait` is how long a connection may take, in milliseconds.
    """
    return Markup(
        '<p class="ma-unconnected" id="ma-unconnected" lang="{}" role="status" hidden '
        'data-wait="{}">{}</p>'
    ).format(
        say.lang,
        PATIENCE_MS,
        say.t(
            "No lasting connection to the server could be opened, so the map cannot be moved here. "
            "All choices on this page work as links."
        ),
    )
