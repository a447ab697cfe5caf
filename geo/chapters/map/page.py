"""What stands on the first screen of the Map page around the map."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.map.beside import remainder_html
from geo.chapters.map.legend import boundaries_html, files_html, map_key_html
from geo.drawing import each, folded_html, glossed_html
from geo.language import Speech
from geo.scene import Scene
from geo.view import View
from geo.words import Telling, explain, tell, terms_in

LONG_HEADLINES: Final = ((125, " long longer"), (95, " long"))
"""Letters of a finding that no longer fit on three lines of a phone, and how it is set there."""


def view_told(atlas: Atlas, view: View) -> tuple[str, str]:
    """The finding of a view, and the chosen state's number with what limits both."""
    telling = tell(atlas, view)
    state = f"{telling.state}. " if telling.state else ""
    return telling.headline, state + telling.beneath


def finding_html(telling: Telling) -> Markup:
    """The finding, and its caveat in as many lines as there is room for; pressed, all of them."""
    return Markup(
        '<div class="ma-finding"><h1 class="ma-headline{}">{}</h1>'
        '<details class="ma-caveat"><summary>{}</summary></details></div>'
    ).format(
        next((kind for most, kind in LONG_HEADLINES if len(telling.headline) > most), ""),
        telling.headline,
        telling.caveat,
    )


def on_map_html(legend: Markup) -> Markup:
    """The legend over the sea of the map; on a phone a strip under it."""
    return Markup('<div class="ma-on-map">{}</div>').format(legend)


def what_html(scene: Scene, view: View, say: Speech) -> Markup:
    """The definition of the number, folded; a term is opened where it stands first."""
    known: list[str] = []
    told = []
    for sentence in explain(scene, view, say):
        terms = terms_in(sentence, say, known)
        known += [term.key for term in terms]
        told.append(glossed_html(sentence, terms, "number"))
    text = Markup('<div class="ma-text">{}</div>').format(each("<p>{}</p>", told))
    return folded_html(say.t("What is this number?"), text, kind="ma-what")


def under_html(telling: Telling, view: View, say: Speech) -> Markup:
    """The line under the map: what is not on it, symbols and sources, the files."""
    return Markup('<div class="ma-line">{}{}{}</div>').format(
        remainder_html(telling, say),
        folded_html(
            say.t("Symbols and sources"), map_key_html(view, say), boundaries_html(say), kind=""
        ),
        files_html(view, say),
    )
