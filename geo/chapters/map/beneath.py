"""What stands beneath the first screen: filters, the state, the map in words, the ranking.

Each has how it was computed under it. The app and the page that is there before it show the same.
"""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.map.beside import national_html, ranking_html
from geo.chapters.map.profile import profile_html
from geo.chapters.map.receipts import folded_receipt_html
from geo.drawing import beside_html, note_html
from geo.language import Speech
from geo.scene import Scene
from geo.view import View
from geo.words import Telling, description_html


def beneath_html(atlas: Atlas, scene: Scene, telling: Telling, view: View, say: Speech) -> Markup:
    """All of it, in two columns."""
    return beside_html(
        (
            note_html(telling.filters),
            folded_receipt_html("headline", view, say),
            profile_html(atlas, scene, view.state, say) if view.state else Markup(""),
            folded_receipt_html("state", view, say),
            description_html(atlas, scene, say, view.state),
            ranking_html(atlas, scene, view, say),
            folded_receipt_html("ranking", view, say),
        ),
        (folded_receipt_html("remainder", view, say), national_html(scene, say)),
    )
