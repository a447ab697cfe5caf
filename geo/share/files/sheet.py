"""The sheet: a view on one page to print, send or edit, with all that is needed to judge it.

A4 across: the finding, the map, its legend, what is not on it and why, the terms, the data version
and the link. As a PDF a page of the selected state follows: its needs, its documented activities
and their sources; or, where none is selected, the sources of the whole view.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from geo.atlas import Atlas, Source
from geo.chapters.map import Profile, Told, profile_of, state_facts
from geo.language import GRADES, Speech, speech
from geo.paper import (
    CREATOR,
    FIGURE,
    H1,
    H2,
    H3,
    NEXT_COLUMN,
    PAPER,
    SETTINGS,
    Block,
    Form,
    Layout,
    Part,
    about,
    draw_legend,
    draw_map,
    even,
    fitted_text,
    paper,
    pdf_of,
    tagged,
    text_pages,
)
from geo.scene import INK, LINK, SOFT, build_scene
from geo.view import View
from geo.words import Telling, in_place_of_map, tell

if TYPE_CHECKING:
    from matplotlib.figure import Figure


PIXELS: Final = 200
"""Of the PNG, for each inch: twice what a screen shows at this size."""

HEAD_SIZES: Final = (22, 20, 18, 16, 15, 14, 13, 12)
TEXT_SIZES: Final = (9.5, 9, 8.5, 8, 7.5, 7, 6.5)

BESIDE: Final = 200
"""Width of the column of needs beside a state's activities, in points."""

ROOMY: Final[tuple[Layout, ...]] = (
    *((scale, even(1, BESIDE)) for scale in (1.3, 1.2)),
    *((scale, even(2, BESIDE)) for scale in (1.2, 1.1, 1, 0.93, 0.86)),
)
"""Of a state's page: larger in one column where little was found, smaller in two where more was."""

DENSE: Final[tuple[Layout, ...]] = tuple((scale, even(3, 160)) for scale in (0.93, 0.86, 0.8))
"""Of a state of which too much was found for that: no text on it is smaller than 5.5 points."""

WHOLE: Final[Layout] = (0.9, even(3))


def map_png(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as PNG, 2338 × 1654 pixels. `base` is the address that its link begins with."""
    out = io.BytesIO()
    figure = sheet_figure(atlas, view, base)
    figure.savefig(out, format="png", dpi=PIXELS, metadata={"Software": None})
    return out.getvalue()


def map_svg(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as SVG: shapes and texts that can be edited."""
    import matplotlib as mpl

    told = about(atlas, tell(atlas, view, base).headline, view.lang)
    with mpl.rc_context(SETTINGS):
        out = io.BytesIO()
        said = {"Title": told.title, "Language": told.lang, "Date": None, "Creator": CREATOR}
        sheet_figure(atlas, view, base).savefig(out, format="svg", metadata=said)
        return out.getvalue()


def map_pdf(atlas: Atlas, view: View, base: str = "") -> bytes:
    """The sheet as PDF, with the page of the selected state, or the sources, after it."""
    import matplotlib as mpl

    title = tell(atlas, view, base).headline
    with mpl.rc_context(SETTINGS):
        return pdf_of(sheet_pages(atlas, view, base), about(atlas, title, view.lang))


def sheet_pages(atlas: Atlas, view: View, base: str) -> list[Figure]:
    """The pages of the PDF before they are written. Not for two threads at once."""
    return [sheet_figure(atlas, view, base), *_lists(atlas, tell(atlas, view, base), view, base)]


def sheet_figure(atlas: Atlas, view: View, base: str) -> Figure:
    """The sheet before it is written. Not for two threads at once: fonts are shared."""
    figure, telling, say = paper(*PAPER), tell(atlas, view, base), speech(view.lang)
    fitted_text(
        figure,
        telling.headline,
        (0.035, 0.965, 0.93, 0.11),
        HEAD_SIZES,
        H1,
        color=INK,
        family="DejaVu Serif",
        weight="bold",
        linespacing=1.2,
    )
    scene = build_scene(atlas, view)
    axes = draw_map(figure, (0.035, 0.26, 0.61, 0.585), atlas, scene, view)
    tagged(axes, FIGURE, in_place_of_map(atlas, scene, say))
    top = draw_legend(figure, telling.legend, (0.67, 0.26, 0.295, 0.34), 0.036)
    if telling.state:
        _state(figure, telling.state, state_facts(scene, view.state, say), top + 0.02)
    style: dict[str, Any] = {"color": SOFT, "linespacing": 1.3}
    fitted_text(figure, telling.beneath, (0.035, 0.235, 0.93, 0.05), TEXT_SIZES, **style)
    reasons = "; ".join(f"{reason}: {much}" for reason, much in telling.reasons)
    fitted_text(
        figure,
        f"{say.t('Not on the map')}: {telling.remainder} {reasons}",
        (0.035, 0.18, 0.93, 0.07),
        TEXT_SIZES,
        **style,
    )
    name = telling.licence.replace("CC-BY-", "CC BY ")
    licence = say.t("Licence of the data: {name}.", name=name)
    terms = f"{telling.sourced} {licence}"
    fitted_text(figure, terms, (0.035, 0.105, 0.93, 0.04), TEXT_SIZES, **style)
    fitted_text(
        figure,
        f"Mérida Atlas · {telling.link}",
        (0.035, 0.058, 0.93, 0.03),
        (8, 7, 6, 5),
        color=LINK if base else INK,
        url=telling.link if base else None,
    )
    return figure


def _state(figure: Figure, line: str, facts: Sequence[tuple[str, str]], bottom: float) -> None:
    """The selected state above the legend: its number, and under it the numbers beside that."""
    left, width, top, head = 0.67, 0.295, 0.845, 0.083
    sizes = (14, 13, 12, 11, 10, 9)
    style: dict[str, Any] = {"color": INK, "weight": "bold", "linespacing": 1.2}
    fitted_text(figure, line, (left, top, width, head - 0.01), sizes, H2, **style)
    pitch = min(0.03, (top - head - bottom) / len(facts))
    for number, (name, value) in enumerate(facts):
        high = top - head - pitch * number
        small = (9.5, 9, 8, 7, 6, 5)
        fitted_text(figure, f"{name}:", (left, high, 0.58 * width, pitch), small, color=SOFT)
        place = (left + 0.6 * width, high, 0.4 * width, pitch)
        fitted_text(figure, value, place, small, color=INK)


def _lists(atlas: Atlas, telling: Telling, view: View, base: str) -> list[Figure]:
    say = speech(view.lang)
    foot = f"Mérida Atlas · {telling.provenance} · {telling.link}"
    url = telling.link if base else ""
    if not view.state:
        sources_of_all = [_source(one) for one in telling.sources]
        return text_pages(say.t("Sources"), [(sources_of_all, WHOLE)], foot, url)
    told = profile_of(atlas, build_scene(atlas, view), view.state, say)
    return text_pages(told.title, _forms(told, telling, url, say), foot, url)


def _forms(told: Profile, telling: Telling, url: str, say: Speech) -> Iterator[Form]:
    """A state's page from all there is to what matters most: the first that fits is taken.

    Where much was found, addresses stand behind their titles instead of under them, then what is
    not counted is named without its sources, then only its number is told, then the activities are
    as many as fit, those of the best grade first, with the names of the others while there is room.
    """
    all_of_it = (*told.counted, *told.weak)
    yield from ((_page(told, telling, all_of_it, say, url), one) for one in ROOMY)
    for shown, titled in ((all_of_it, True), (told.counted, True), (told.counted, False)):
        parts = _page(told, telling, shown, say, url, dense=True, titled=titled)
        yield from ((parts, one) for one in DENSE)
    best = sorted(told.counted, key=lambda one: one.grade)
    for titled, count in product((True, False), range(len(best) - 1, 0, -1)):
        kept = [one for one in told.counted if one in best[:count]]
        yield _page(told, telling, kept, say, url, dense=True, titled=titled), DENSE[-1]


def _page(
    told: Profile,
    telling: Telling,
    shown: Sequence[Told],
    say: Speech,
    url: str = "",
    *,
    dense: bool = False,
    titled: bool = True,
) -> list[Part]:
    """A state's page with `shown` and their sources; of what is not counted at least the number.

    A `dense` one has no column of needs to itself and no written addresses; `titled` names what is
    not shown in full. `url` leads to all of it.
    """
    sources = list(dict.fromkeys(source for one in shown for source in one.sources))
    parts: list[Part] = [
        [_heading(say.t("Need")), *_facts(told.needs)],
        *([Block(lead, 7.5, colour=SOFT, before=6), Block(said)] for lead, said in told.places),
    ]
    if shown:
        grades = sorted({one.grade for one in shown})
        meanings = [Block(GRADES[grade](say), 7, colour=SOFT) for grade in grades]
        parts.append([_heading(say.t("Grades of evidence")), *meanings])
    parts += [
        [Block(text, 7, colour=SOFT, before=9)] for text in (told.unnamed, telling.filters) if text
    ]
    if not dense:
        parts.append(NEXT_COLUMN)
    counted = [one for one in told.counted if one in shown]
    parts += _activities(say.t("Activities"), counted, sources)
    if not told.counted:
        parts.append([_heading(say.t("Activities")), Block(told.nothing)])
    left = [one for one in told.counted if one not in shown]
    if left:
        count = say.n("{count} more activity", "{count} more activities", len(left))
        names = f": {'; '.join(one.title for one in left)}." if titled else "."
        parts.append([Block(count + names, 7, before=6)])
    weak = [one for one in told.weak if one in shown]
    parts += _activities(told.weak_title, weak, sources)
    for number, source in enumerate(sources, 1):
        heading = [_heading(say.t("Sources"))] if number == 1 else []
        parts.append([*heading, *_source(source, number, addresses=not dense)])
    if told.weak and not weak:
        first, *others = [_titled(one) for one in told.weak] if titled else [_elsewhere(url, say)]
        parts += [[_heading(told.weak_title), first], *([one] for one in others)]
    if len(shown) < len(told.counted) + len(told.weak) and (titled or left):
        parts.append([_elsewhere(url, say)])
    return parts


def _titled(told: Told) -> Block:
    """What is not counted, by its number and title alone."""
    return Block(f"{told.facts[0]} {told.title}", 7, before=2)


def _elsewhere(url: str, say: Speech) -> Block:
    """Where all of it is, for a page that has no room."""
    where = say.t("There is no room here for all of the sources: the atlas has them online.")
    return Block(where, 7, url=url, colour=SOFT, before=6)


def _heading(text: str) -> Block:
    return Block(text, 11, bold=True, before=9, role=H2)


def _facts(rows: Sequence[tuple[str, str]]) -> Iterator[Block]:
    for name, value in rows:
        yield Block(name, 7.5, colour=SOFT, before=2)
        yield Block(value)


def _activities(title: str, activities: Sequence[Told], sources: list[Source]) -> Iterator[Part]:
    """An activity each, with the numbers of its sources; the first under the title."""
    for number, one in enumerate(activities):
        heading = [_heading(title)] if number == 0 else []
        cited = " ".join(f"[{sources.index(source) + 1}]" for source in one.sources)
        yield [
            *heading,
            Block(one.title, 8, bold=True, before=5, role=H3),
            Block(" · ".join((one.grade, *one.facts, cited)), 7.5, colour=SOFT),
            *(Block(text, 7.5, colour=SOFT) for text in (one.weak, *one.parts) if text),
        ]


def _source(source: Source, number: int = 0, *, addresses: bool = True) -> Part:
    """A source, and under it its address, which is live where it is one of the web."""
    said = [f"[{number}]" if number else "", f"{source.title}."]
    said += [f"{source.author}." if source.author else "", source.date]
    web = source.url if source.url.startswith(("https://", "http://")) else ""
    cited = Block(" ".join(part for part in said if part), 7, url=web, before=2.5)
    if not addresses or not source.url:
        return (cited,)
    return (cited, Block(source.url, 7, url=web, colour=LINK))
