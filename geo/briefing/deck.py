"""An empty PowerPoint file made for 16:9, with a layout of the briefing's own.

It begins as the file that python-pptx brings, of which nothing stays that is somebody else's: not
the 4:3 places, the name and the dates in its properties, its thumbnail, or its fonts. Whatever
looks below python-pptx's own words stands in this module.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final

from geo.briefing.arial import FONT, Box
from geo.language import Speech
from geo.paper import CREATOR, About
from geo.scene import ACCENT, INK, LINK, SOFT

WIDE: Final = (40 / 3, 7.5)
"""Width and height of a slide in inches: 16:9."""

NARROW: Final = 10.0
"""Width that the places of python-pptx's layouts are made for."""

LEFT_OUT: Final = ("thumbnail", "extended-properties", "printerSettings")
"""What of python-pptx's file tells of other slides: its picture, its statistics, a printer."""

OWN: Final = "Title Only"
OTHERS: Final = ("Title and Content", "Blank")
"""The layout that becomes the briefing's own, and those that stay for slides of a presenter's."""

NOTES_PICTURE: Final = (0.75, 0.75, 6.0, 3.375)
"""Where a page of notes shows its slide, in inches: 16:9, between the margins."""


@dataclass(frozen=True)
class Place:
    """A place of the layout for one text: its number there, its box, and how it is set."""

    number: int
    name: str
    box: Box
    sizes: tuple[int, ...]
    colour: str = INK
    bold: bool = False
    anchor: str = "t"


LEAST: Final = 15
"""Points of the smallest type: a 36th of a slide's height, what a room can read at its back."""

TITLE: Final = Place(
    0, "Title", (0.5, 0.3, 12.333, 0.95), (30, *range(28, LEAST - 1, -1)), bold=True, anchor="ctr"
)
NUMBER: Final = Place(
    13, "Number", (7.9, 1.3, 4.933, 0.85), (44, 40, 36, 30, 24, 18, LEAST), ACCENT, bold=True
)
LABEL: Final = Place(14, "Label", (7.9, 2.15, 4.933, 0.62), (18, 17, 16, LEAST))
FINDING: Final = Place(15, "Finding", (7.9, 2.77, 4.933, 1.6), (18, 17, 16, LEAST))
"""Its height is what the legend leaves, see `geo.briefing.slides`."""
BENEATH: Final = Place(16, "Beneath", (0.5, 6.36, 12.333, 0.62), (LEAST,), SOFT)
FOOT: Final = Place(17, "Foot", (0.5, 6.98, 11.2, 0.36), (LEAST,), SOFT)
PAGE: Final = Place(18, "Page", (11.8, 6.98, 1.033, 0.36), (LEAST,), SOFT)
PLACES: Final = (TITLE, NUMBER, LABEL, FINDING, BENEATH, FOOT, PAGE)
"""The places of the briefing's layout, in the order they are read in."""


SPARE: Final = ("dt", "ftr", "sldNum")
"""Kinds of places that the briefing's layout has its own for, or none: a date, a foot, a number."""


def empty_deck(about: About, say: Speech) -> Any:
    """A presentation without slides; its first layout has the places above."""
    from pptx import Presentation

    deck = Presentation()
    _clean(deck)
    _describe(deck, about)
    own = next(layout for layout in deck.slide_layouts if layout.name == OWN)
    names = dict(zip(OTHERS, (say.t("Title and text"), say.t("Empty slide")), strict=True))
    for layout in list(deck.slide_layouts):
        if layout.name != OWN and layout.name not in names:
            deck.slide_layouts.remove(layout)
    for layout in deck.slide_layouts:
        layout._element.cSld.set("name", names.get(layout.name) or say.t("Map and finding"))
    _widen(deck)
    _settle(own)
    for one in (deck.slide_master, *deck.slide_layouts, deck.notes_master):
        _speak(one._element, about.lang, say)
    _speak(deck.element, about.lang, say)
    return deck


def own_layout(deck: Any) -> Any:
    """The layout with the places of the briefing."""
    return next(
        layout
        for layout in deck.slide_layouts
        if any(one.placeholder_format.idx == FINDING.number for one in layout.placeholders)
    )


def page_number(slide: Any, layout: Any) -> None:
    """Give a slide the number of its page, which python-pptx leaves in the layout."""
    [element] = [
        one._element for one in layout.placeholders if one.placeholder_format.idx == PAGE.number
    ]
    element = copy.deepcopy(element)
    element.nvSpPr.cNvPr.id = slide.shapes._next_shape_id
    slide.shapes._spTree.append(element)


def described(shape: Any, text: str) -> Any:
    """Give a shape the text that is read to whoever does not see it."""
    shape._element._nvXxPr.cNvPr.set("descr", text)
    return shape


def spoken(run: Any, lang: str) -> None:
    """Say in which language a run of text is."""
    run._r.get_or_add_rPr().set("lang", lang)


def glow(run: Any, colour: str) -> None:
    """Put a halo around the letters of a run, which has its colour already."""
    from pptx.oxml import parse_xml

    halo = (
        f'<a:effectLst xmlns:a="{DRAWN}"><a:glow rad="38100">'
        f'<a:srgbClr val="{colour[1:].upper()}"/></a:glow></a:effectLst>'
    )
    run._r.get_or_add_rPr().append(parse_xml(halo))


def outlined(group: Any, rings: Sequence[Sequence[tuple[int, ...]]], name: str) -> None:
    """Add a shape of closed rings to a group.

    python-pptx's builder of free forms does the same, and looks through all points at each point.
    """
    every = [point for ring in rings for point in ring]
    (left, top), (right, foot) = (map(end, *every) for end in (min, max))
    shape = group._element.add_freeform_sp(left, top, right - left, foot - top)
    path = shape.add_path(w=right - left, h=foot - top)
    for first, *others in rings:
        path.add_moveTo(first[0] - left, first[1] - top)
        for x, y in others:
            path.add_lnTo(x - left, y - top)
        path.add_close()
    shape.nvSpPr.cNvPr.name = name


def gathered(group: Any) -> Any:
    """The shapes of a group, to add many: measured and numbered once and not at each of them.

    At the end `group._element.recalculate_extents()` measures it.
    """
    from pptx.shapes.shapetree import GroupShapes

    class Gathered(GroupShapes):
        def _recalculate_extents(self) -> None:
            pass

    held = Gathered(group._element, group)
    held.turbo_add_enabled = True
    return held


Made = dict[Hashable, Any]
"""Elements of shapes that come again, by what tells them apart."""


def again(held: Any, made: Made, key: Hashable, make: Callable[[], Any]) -> None:
    """Add a shape to `held`: by `make` the first time, and then a copy under its own number."""
    if key not in made:
        made[key] = copy.deepcopy(make()._element)
        return
    element = copy.deepcopy(made[key])
    element._nvXxPr.cNvPr.id = held._next_shape_id
    held._element.append(element)


@lru_cache(maxsize=4)
def known_outlines(*_key: Hashable) -> Made:
    """The outlines of a country, which are the same for each deck; `_key` is what they hang on."""
    return {}


def painted(shape: Any, fill: str, pattern: str, over: str, line: str, points: float) -> None:
    """Paint a shape that has no paint: its fill, with `over` in a pattern if any, and its line.

    It gets no shadow. The first shape of a paint makes it, and the others get copies.
    """
    shape._element.spPr.extend(copy.deepcopy(_paint(fill, pattern, over, line, points)))


@lru_cache(maxsize=128)
def _paint(fill: str, pattern: str, over: str, line: str, points: float) -> list[Any]:
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    behind, before, around = (
        f'<a:srgbClr val="{colour[1:].upper()}"/>' for colour in (fill, over, line)
    )
    filled = (
        f'<a:pattFill prst="{pattern}"><a:fgClr>{before}</a:fgClr><a:bgClr>{behind}</a:bgClr>'
        "</a:pattFill>"
        if pattern
        else f"<a:solidFill>{behind}</a:solidFill>"
    )
    return list(
        parse_xml(
            f'<a:paint xmlns:a="{DRAWN}">{filled}<a:ln w="{Pt(points)}"><a:solidFill>{around}'
            "</a:solidFill></a:ln><a:effectLst/></a:paint>"
        )
    )


def saved(deck: Any) -> dict[str, bytes]:
    """The files that a presentation consists of, in its order, before they are packed."""
    from pptx.opc.serialized import PackageWriter

    files: dict[str, bytes] = {}
    into = SimpleNamespace(write=lambda uri, content: files.update({uri.membername: content}))
    package: Any = deck.part.package
    writer: Any = PackageWriter("", package._rels, tuple(package.iter_parts()))
    for write in (writer._write_content_types_stream, writer._write_pkg_rels, writer._write_parts):
        write(into)
    return files


def _clean(deck: Any) -> None:
    """Take out what tells of other slides, and set the fonts and colours."""
    package = deck.part.package
    for holder in (package, deck.part):
        rels = holder._rels
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(LEFT_OUT)]:
            rels.pop(key)
    [theme] = [part for part in package.iter_parts() if part.partname.endswith("/theme1.xml")]
    text = theme.blob.decode()
    for old, new in (
        ('name="Office Theme"', f'name="{CREATOR}"'),
        ('<a:latin typeface="Calibri"/>', f'<a:latin typeface="{FONT}"/>'),
        ('<a:hlink><a:srgbClr val="0000FF"/>', f'<a:hlink><a:srgbClr val="{LINK[1:].upper()}"/>'),
    ):
        if old not in text:
            raise ValueError(f"python-pptx's template has no {old}")
        text = text.replace(old, new)
    theme._blob = text.encode()


def _describe(deck: Any, about: About) -> None:
    """The properties that programs show: ours, and the date of the data."""
    told = deck.core_properties
    told.title, told.author, told.subject = about.title, about.author, about.subject
    told.last_modified_by, told.language, told.comments = about.author, about.lang, ""
    told.created = told.modified = about.made.replace(tzinfo=None)
    told.revision = 1


def _widen(deck: Any) -> None:
    """Make the slides 16:9, and with them every place of master, layouts and notes."""
    from pptx.oxml.ns import qn
    from pptx.util import Inches

    size = deck.element.sldSz
    size.attrib.pop("type", None)
    deck.slide_width, deck.slide_height = (int(Inches(side)) for side in WIDE)
    for one in (deck.slide_master, *deck.slide_layouts):
        for corner, across in ((qn("a:off"), "x"), (qn("a:ext"), "cx")):
            for element in one._element.iter(corner):
                if across in element.attrib:
                    element.set(across, str(round(int(element.get(across)) * WIDE[0] / NARROW)))
    for one in (deck.slide_master, *deck.slide_layouts, deck.notes_master):
        for place in list(one.placeholders):
            kind = place._element.ph.get("type")
            if kind == "dt":
                place._element.getparent().remove(place._element)
            elif kind == "sldImg":
                place.left, place.top, place.width, place.height = (
                    int(Inches(side)) for side in NOTES_PICTURE
                )


def _settle(layout: Any) -> None:
    """Give the briefing's layout its places."""
    from pptx.oxml import parse_xml

    tree = layout.shapes._spTree
    for place in list(layout.placeholders):
        if place._element.ph.get("type") in (*SPARE, "title"):
            tree.remove(place._element)
    layout._element.attrib.pop("type", None)
    for number, place in enumerate(PLACES, 2):
        tree.append(parse_xml(_place(place, number)))


def _place(place: Place, number: int) -> str:
    from pptx.util import Inches

    left, top, width, height = (int(Inches(side)) for side in place.box)
    kind = {TITLE: 'type="title"', PAGE: f'type="sldNum" idx="{PAGE.number}"'}.get(
        place, f'type="body" sz="quarter" idx="{place.number}"'
    )
    within = (
        '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
        '<a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>'
        if place is PAGE
        else '<a:r><a:rPr lang="en-US"/><a:t>Text</a:t></a:r>'
    )
    return (
        f'<p:sp xmlns:a="{DRAWN}" xmlns:p="{SHOWN}"><p:nvSpPr><p:cNvPr id="{number}" '
        f'name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/>'
        f'</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm></p:spPr>'
        f'<p:txBody><a:bodyPr anchor="{place.anchor}"><a:normAutofit/></a:bodyPr><a:lstStyle>'
        f'<a:lvl1pPr marL="0" indent="0" algn="{"r" if place is PAGE else "l"}">'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{place.sizes[0]}00" b="{int(place.bold)}"><a:solidFill>'
        f'<a:srgbClr val="{place.colour[1:].upper()}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        f"</a:lstStyle><a:p>{within}</a:p></p:txBody></p:sp>"
    )


def _speak(element: Any, lang: str, say: Speech) -> None:
    """Set the language of what stands in an element, and word the prompts that it holds."""
    from pptx.oxml.ns import qn

    for one in element.iter():
        if one.get("lang"):
            one.set("lang", lang)
        if one.tag == qn("a:t") and (one.text or "").endswith(("style", "styles", "level", "Text")):
            one.text = say.t("Title") if "title" in (one.text or "") else say.t("Text")


DRAWN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
SHOWN: Final = "http://schemas.openxmlformats.org/presentationml/2006/main"
"""Names of the vocabularies of PowerPoint's files; nothing is fetched from them."""
