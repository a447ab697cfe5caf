"""The legend beside the map, as HTML."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from geo.drawing import glossed_html, legend_box_html, legend_rows_html
from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene
from geo.words import Legend, terms_in


@lru_cache(maxsize=SCENES_KEPT)
def legend_html(legend: Legend, scene: Scene, say: Speech) -> Markup:
    """The legend beside the map."""
    scheme = Markup("")
    if scene.classes.count:
        limits = say.t("Each class includes its upper limit. On the right: how many states.")
        scheme = glossed_html(limits, terms_in(limits, say), "classes")
    rows = legend_rows_html((row.fill, row.label, row.states) for row in legend.rows)
    return legend_box_html(
        glossed_html(legend.title, terms_in(legend.title, say), "legend"),
        rows + Markup('<p class="ma-small">{}</p>').format(scheme),
        say,
    )
