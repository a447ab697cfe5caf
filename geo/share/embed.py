"""What stands under an embedded map: where its numbers are from, and the way to the whole page."""

from __future__ import annotations

from markupsafe import Markup

from geo.language import Speech
from geo.view import View, address_of
from geo.words import Telling


def embed_foot_html(telling: Telling, view: View, say: Speech) -> Markup:
    """The source line of an embedded map, with a link that opens the same view in full."""
    return Markup(
        '<p class="ma-small">Mérida Atlas. {} {} <a href="{}" target="_blank" rel="noopener">{}'
        "</a></p>"
    ).format(
        telling.provenance,
        say.t("Every number has its sources:"),
        address_of(view, "/"),
        say.t("open this view in full"),
    )
