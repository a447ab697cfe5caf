"""The legend beside the map, as HTML."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from geo.language import Speech
from geo.policy import SCENES_KEPT
from geo.scene import NO_DATA_FILL, Scene
from geo.words import Legend, LegendRow


@lru_cache(maxsize=SCENES_KEPT)
def legend_html(legend: Legend, scene: Scene, say: Speech) -> Markup:
    """The legend beside the map."""
    rows = Markup("").join(_swatch(row) for row in (*legend.classes, *legend.others))
    scheme = ""
    if scene.classes.count:
        scheme = say.t("Each class includes its upper limit. On the right: how many states.")
    return Markup(
        '<section class="ma-legend" aria-label="{name}"><h2>{title}</h2>'
        '<ul>{rows}</ul><p class="ma-small">{scheme}</p></section>'
    ).format(name=say.t("Legend"), title=legend.title, rows=rows, scheme=scheme)


def _swatch(row: LegendRow) -> Markup:
    dotted = " dotted" if row.fill == NO_DATA_FILL else ""
    return Markup(
        '<li><span class="ma-swatch{dotted}" style="background-color:{fill}"></span>'
        '<span class="ma-range">{label}</span><span class="ma-count">{states}</span></li>'
    ).format(dotted=dotted, fill=row.fill, label=row.label, states=row.states)
