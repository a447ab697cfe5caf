"""What stands on the first screen of the Map page: the finding, the legend on the map, the line."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.words import Telling

LONG_HEADLINE: Final = 95
"""Letters of a finding that still fit on three lines of a phone; a longer one is set smaller."""


def finding_html(telling: Telling) -> Markup:
    """The finding, and its caveat in as many lines as there is room for; pressed, all of them."""
    return Markup(
        '<div class="ma-finding"><h1 class="ma-headline{}">{}</h1>'
        '<details class="ma-caveat"><summary>{}</summary></details></div>'
    ).format(
        " long" if len(telling.headline) > LONG_HEADLINE else "", telling.headline, telling.caveat
    )


def on_map_html(legend: Markup) -> Markup:
    """The legend over the sea of the map; on a phone a strip under it."""
    return Markup('<div class="ma-on-map">{}</div>').format(legend)
