"""What stands under an embedded map: where its numbers are from, and the way to the whole page."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.language import Speech
from geo.view import View, address_of


def embed_foot_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The source line of an embedded map, with a link that opens the same view in full."""
    return Markup(
        '<p class="ma-small">{} <a href="{}" target="_blank" rel="noopener">{}</a></p>'
    ).format(
        say.t(
            "Mérida Atlas, data {version}. Boundaries: INEGI. Every number has its sources:",
            version=atlas.version,
        ),
        address_of(view, "/"),
        say.t("open this view in full"),
    )
