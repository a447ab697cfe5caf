"""What a number of the map is, as sentences whose terms open where they stand."""

from __future__ import annotations

from markupsafe import Markup

from geo.drawing import each, glossed_html
from geo.language import Speech
from geo.scene import Scene
from geo.view import View
from geo.words import explain, terms_in


def explanation_html(scene: Scene, view: View, say: Speech) -> Markup:
    """The definition of the number; a term is opened where it stands first."""
    known: list[str] = []
    told = []
    for sentence in explain(scene, view, say):
        terms = terms_in(sentence, say, known)
        known += [term.key for term in terms]
        told.append(glossed_html(sentence, terms, "number"))
    return Markup('<div class="ma-text">{}</div>').format(each("<p>{}</p>", told))
