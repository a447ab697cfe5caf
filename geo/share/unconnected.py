"""What a page says where its server cannot be reached: choices work as links, the link is there."""

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


def unreached_html(say: Speech) -> Markup:
    """The inside of the share panel's dialog where the panel itself does not come."""
    return Markup(
        '<div class="ma-share" lang="{}"><h2 id="ma-share-title">{}</h2>'
        '<button type="button" class="ma-close" data-close aria-label="{}">×</button>'
        "<p>{}</p></div>"
    ).format(
        say.lang,
        say.t("No connection"),
        say.t("Close"),
        say.t(
            "The server does not answer. The link of this view stands in the address bar of your "
            "browser."
        ),
    )
