"""The fingerprint of a link: the data it was made with, and the number it then showed.

A link may carry `data=<version>.<number>`. Opened on other data, the page says so in one line,
with the number of then and the number of now.
"""

from __future__ import annotations

import re
from typing import Final

from geo.atlas import Atlas
from geo.language import Speech
from geo.scene import Scene, build_scene
from geo.view import View

FORM: Final = re.compile(r"([0-9a-f]{12})\.(\d{1,15}(?:\.\d{1,2})?)")


def fingerprint(atlas: Atlas, view: View) -> str:
    """The fingerprint of a view: data version and the map's total in its measure."""
    return f"{atlas.version}.{_plain(total(build_scene(atlas, view)))}"


def total(scene: Scene) -> float:
    """The sum over the states in the view's measure, to the cent."""
    return round(scene.total, 2)


def changed_since(mark: str, atlas: Atlas, scene: Scene, say: Speech) -> str:
    """What to say of a link with the fingerprint `mark`; empty if its data are those of now."""
    found = FORM.fullmatch(mark)
    if found is None or found[1] == atlas.version:
        return ""
    say = say.at_prices(scene.view.prices_of)
    show = say.usd if scene.view.measure == "usd" else say.number
    then, now = float(found[2]), total(scene)
    if then == now:
        return say.t(
            "This link was made with other data ({version}); its total is still {now}.",
            version=found[1],
            now=show(now),
        )
    return say.t(
        "This link was made with other data ({version}): the states' total was {then} then, and "
        "is {now} now.",
        version=found[1],
        then=show(then),
        now=show(now),
    )


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
