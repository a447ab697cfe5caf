"""Pages of columns: parts of text that stay together, and flow from column to column.

Lengths are points from the upper left corner of PAPER.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.paper.fitting import PAPER, ROOM, Ruler, fitted_text, wrapped
from geo.paper.pdf import H1, P, tagged
from geo.paper.picture import DPI, paper
from geo.scene import INK, SOFT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

POINTS: Final = 72
WIDE: Final = PAPER[0] * POINTS
HIGH: Final = PAPER[1] * POINTS
MARGIN: Final = 30.0
TOP: Final = 22.0
GUTTER: Final = 22.0
HEAD: Final = 36.0
"""Height of a page's title with the space under it."""

FOOT: Final = 22.0
FOOT_SIZES: Final = (7, 6, 5, 4)
"""Where the last line of a page begins, above its lower edge, and the sizes it is tried at."""

LEADING: Final = 1.3
"""From line to line, as a multiple of the size."""


@dataclass(frozen=True)
class Block:
    """A text in one size and colour; `url` makes it a link. `before` is the space above it."""

    text: str
    size: float = 8
    bold: bool = False
    colour: str = INK
    url: str = ""
    indent: float = 0
    before: float = 0
    role: str = P


Part = Sequence[Block]
"""Blocks that stand in one column where they fit in one; without any, the rest of a column."""

NEXT_COLUMN: Final[Part] = ()


@dataclass(frozen=True)
class Column:
    """Where text may stand."""

    left: float
    width: float
    top: float = TOP + HEAD
    bottom: float = HIGH - MARGIN


def even(count: int, beside: float = 0) -> tuple[Column, ...]:
    """Columns of the same width, right of one that is `beside` wide, if that is not 0."""
    left = MARGIN + (beside + GUTTER if beside else 0)
    width = (WIDE - MARGIN - left + GUTTER) / count - GUTTER
    first = (Column(MARGIN, beside),) if beside else ()
    return first + tuple(Column(left + at * (width + GUTTER), width) for at in range(count))


Layout = tuple[float, Sequence[Column]]
"""A scale for all sizes, and the columns of the first page; each after it has three."""


Form = tuple[Sequence[Part], Layout]
"""Texts, and a layout that they may stand in."""


def text_pages(title: str, forms: Iterable[Form], foot: str, url: str = "") -> list[Figure]:
    """Texts under a title in the first form that needs one page, or else in the last.

    Every page ends in the line `foot`, which leads to `url`, so that it can stand alone.
    Not for two threads at once: fonts are shared.
    """
    rulers = {bold: _ruler(_weight(bold)) for bold in (False, True)}
    lines: Lines = {}
    chosen: Form = ((), (1, even(1)))
    for chosen in forms:
        parts, (scale, columns) = chosen
        if _Flow(title, columns, scale, rulers, lines).through(parts) == 1:
            break
    parts, (scale, columns) = chosen
    figures: list[Figure] = []
    _Flow(title, columns, scale, rulers, lines, figures).through(parts)
    for figure in figures:
        place = (MARGIN / WIDE, FOOT / HIGH, 1 - 2 * MARGIN / WIDE, FOOT_SIZES[0] * LEADING / HIGH)
        fitted_text(figure, foot, place, FOOT_SIZES, color=SOFT, url=url or None)
    return figures


Lines = dict[tuple[str, bool, float], tuple[str, ...]]
"""The lines of a text, by its weight and the room it has at the ruler's size."""


class _Flow:
    """Text on its way through columns and pages; drawn on `figures`, or where None measured."""

    def __init__(
        self,
        title: str,
        first: Sequence[Column],
        scale: float,
        rulers: Mapping[bool, Ruler],
        lines: Lines,
        figures: list[Figure] | None = None,
    ) -> None:
        self.title, self.scale, self.rulers, self.lines = title, scale, rulers, lines
        self.figures, self.pages = figures, 0
        self.left = list(first)
        self.at = self.left[0].top

    def through(self, parts: Sequence[Part]) -> int:
        """Write all of it; returns how many pages it takes."""
        self._page()
        for part in parts:
            column = self.left[0]
            tall = sum(
                block.before * self.scale + len(self._lines(block)) * self._pitch(block)
                for block in part
            )
            if not part or column.bottom - self.at < tall <= column.bottom - column.top:
                self._turn()
            for block in part:
                self._write(block)
        return self.pages

    def _page(self) -> None:
        self.pages += 1
        if self.figures is None:
            return
        self.figures.append(paper(*PAPER))
        title = Block(self.title, 16 / self.scale, bold=True, role=H1)
        self._draw(title, [self.title], MARGIN, TOP)

    def _turn(self) -> None:
        """Go to the next column, on a new page after the last one."""
        self.left.pop(0)
        if not self.left:
            self.left = list(even(3))
            self._page()
        self.at = self.left[0].top

    def _write(self, block: Block) -> None:
        """Write a block under the last one; what a column has no room for goes on in the next."""
        lines = self._lines(block)
        if self.at > self.left[0].top:
            self.at += block.before * self.scale
        while lines:
            room = int((self.left[0].bottom - self.at) / self._pitch(block) + 0.01)
            self._draw(block, lines[:room], self.left[0].left + block.indent, self.at)
            self.at += len(lines[:room]) * self._pitch(block)
            lines = lines[room:]
            if lines:
                self._turn()

    def _lines(self, block: Block) -> tuple[str, ...]:
        room = ROOM * (self.left[0].width - block.indent) * DPI / POINTS
        key = (block.text, block.bold, room * RULED / (block.size * self.scale))
        if key not in self.lines:
            ruler = self.rulers[block.bold]
            self.lines[key] = tuple(wrapped(block.text, ruler.width, key[2]))
        return self.lines[key]

    def _pitch(self, block: Block) -> float:
        return LEADING * block.size * self.scale

    def _draw(self, block: Block, lines: Sequence[str], left: float, top: float) -> None:
        """Write lines, each a text of its own, since matplotlib leads them unevenly."""
        if self.figures is None:
            return
        figure, size = self.figures[-1], block.size * self.scale
        whole = f"{len(figure.texts)}"
        for number, line in enumerate(lines):
            base = top + number * self._pitch(block) + ASCENT * size
            drawn = figure.text(
                left / WIDE,
                1 - base / HIGH,
                line,
                size=size,
                weight=_weight(block.bold),
                color=block.colour,
                va="baseline",
                parse_math=False,
                url=block.url or None,
            )
            tagged(drawn, block.role, part_of=whole)


ASCENT: Final = 1.0
"""From the top of a line to its base, as a multiple of the size."""

RULED: Final = 10.0
"""The size that words are measured at."""


def _ruler(weight: str) -> Ruler:
    """What measures text of this weight, on a sheet of its own."""
    return Ruler(paper(*PAPER).text(0, 0, "", weight=weight, parse_math=False), RULED)


def _weight(bold: bool) -> str:
    return "bold" if bold else "normal"
