"""Charts as SVG on a page whose HTML may hold none: sent as a description, drawn by the browser.

Streamlit removes SVG from the HTML of a page. A chart is written here as SVG like anywhere else,
checked to be well formed, and sent as JSON in a hidden element; `assets/page.js` builds it again
element by element, so that no text of it is ever read as markup in the browser.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape
from typing import Any, Final
from xml.etree import ElementTree as ET

from markupsafe import Markup

from geo.atlas import json_text

TAGS: Final = frozenset(
    (
        *("svg", "g", "defs", "use", "pattern", "title", "desc", "text", "tspan"),
        *("path", "circle", "rect", "line", "polyline", "polygon"),
    )
)
"""Elements a chart may have; `page.js` knows the same ones and no others."""


def svg_html(svg: Markup) -> Markup:
    """An SVG as it goes into a page with `st.html`.

    Elements with `data-state` (an INEGI code) select that state when clicked, or with Enter or
    the space bar when they have the focus; see `page.js`. Raises ValueError where the SVG is not
    well formed or uses an element that is not in `TAGS`.

    >>> print(svg_html(Markup('<svg viewBox="0 0 1 1"><title>A</title></svg>')))
    <div class="ma-svg"><span class="ma-drawing" hidden>["svg",{"viewBox":"0 0 1 1"},["title",{},"A"]]</span></div>
    """  # noqa: E501
    try:
        root = ET.fromstring(str(svg))  # noqa: S314  (our own text, escaped by Markup)
    except ET.ParseError as fault:
        raise ValueError(f"this chart is no well-formed SVG: {fault}") from None
    text = json_text(_tree(root))
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(mark, entity)
    # Quotes need no escape in the text of an element, and there are thousands.
    return Markup(  # noqa: S704
        f'<div class="ma-svg"><span class="ma-drawing" hidden>{text}</span></div>'
    )


SENT: Final = re.compile(r'<span class="ma-drawing" hidden>(.*?)</span>', re.DOTALL)
"""A chart as `svg_html` sends it."""


def drawn_html(page: Markup) -> Markup:
    """The same HTML with its charts drawn, for whoever runs no script.

    >>> print(drawn_html(svg_html(Markup('<svg viewBox="0 0 1 1"><title>A &lt;</title></svg>'))))
    <div class="ma-svg"><svg viewBox="0 0 1 1"><title>A &lt;</title></svg></div>
    """
    return Markup(SENT.sub(lambda sent: _element(json.loads(unescape(sent[1]))), page))  # noqa: S704


def _element(told: Any) -> str:
    if isinstance(told, str):
        return escape(told, quote=False)
    tag, attributes, *inside = told
    names = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{names}>{''.join(map(_element, inside))}</{tag}>"


def _tree(element: ET.Element) -> list[Any]:
    """[tag, attributes, child or text, …]."""
    tag = element.tag.rpartition("}")[2]
    if tag not in TAGS:
        raise ValueError(f"a chart has no <{tag}>; it may have {', '.join(sorted(TAGS))}")
    sentences: list[Any] = [tag, dict(element.attrib)]
    if element.text and element.text.strip():
        sentences.append(element.text)
    for child in element:
        sentences.append(_tree(child))
        if child.tail and child.tail.strip():
            sentences.append(child.tail)
    return sentences
