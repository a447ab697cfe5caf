"""The paper of every drawing, and text that fits: the largest size at which it stays in its box."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from geo.paper.pdf import P, tagged

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def fitted_text(
    figure: Figure,
    text: str,
    box: tuple[float, float, float, float],
    sizes: Sequence[float],
    role: str = P,
    **style: Any,
) -> None:
    """Write `text` from the top of `box`, as large as it fits.

    `box` is left, top, width and height as parts of the figure; `sizes` are font sizes in points,
    largest first. At the smallest one what does not fit ends in an ellipsis. `role` is what a
    screen reader takes it for.
    """
    left, top, width, height = box
    wide, high = (figure.get_size_inches() * figure.dpi).tolist()
    drawn = figure.text(left, top, "", va="top", ha="left", parse_math=False, **style)
    tagged(drawn, role)
    ruler = Ruler(drawn, sizes[0])
    for size in sizes:
        room = ROOM * width * wide * sizes[0] / size
        lines = list(wrapped(text, ruler.width, room))
        if size != sizes[-1] and (len(lines) - 1) * ruler.pitch(size) > height * high:
            continue  # Without laying out what is too high already.
        drawn.set_fontsize(size)
        drawn.set_text("\n".join(lines))
        if drawn.get_window_extent().height <= height * high:
            break
    lines = drawn.get_text().split("\n")
    while len(lines) > 1 and drawn.get_window_extent().height > height * high:
        lines.pop()
        drawn.set_text("\n".join(lines).rsplit(" ", 1)[0] + " …")


ROOM: Final = 0.985
"""Words are measured one by one at the largest size; together they are a little wider at others."""


LINE: Final = " lp "
"""A line as high as the font, by which matplotlib sets lines apart; no word has spaces."""

MOST_WORDS: Final = 5_000
"""Words of one font that are known at once; an essay has fewer."""


@lru_cache(maxsize=32)
def known_in(_font: Any, _dots: float, _spacing: float, _size: float) -> dict[str, float]:
    """What was measured in a font, with so many dots per inch, at a size: most words come again."""
    return {}


class Ruler:
    """Measures words in the font of a text, in pixels at `size` points."""

    def __init__(self, drawn: Any, size: float) -> None:
        self.drawn, self.size = drawn, size
        self.font = (drawn.get_fontproperties().copy(), drawn.figure.dpi, drawn._linespacing)
        self.known = known_in(*self.font, size)
        self.sized = self.font[0].copy()
        self.sized.set_size(size)
        self.renderer = drawn.figure.canvas.get_renderer()

    def width(self, word: str) -> float:
        """How wide a word is, or a space, which is what it adds between two letters."""
        if word == " ":
            return self.width("n\u00a0n") - self.width("nn")
        if word not in self.known:
            if len(self.known) >= MOST_WORDS:
                self.known.clear()
            # As a drawn text measures itself, without laying it out.
            wide, _, _ = self.renderer.get_text_width_height_descent(word, self.sized, ismath=False)
            self.known[word] = float(wide)
        return self.known[word]

    def pitch(self, size: float) -> float:
        """From one line to the next at a size, at the least."""
        known = known_in(*self.font, size)
        if LINE not in known:
            self.drawn.set_fontsize(size)
            heights = []
            for text in (LINE, f"{LINE}\n{LINE}"):
                self.drawn.set_text(text)
                heights.append(float(self.drawn.get_window_extent().height))
            known[LINE] = heights[1] - heights[0]
        return known[LINE]


BREAKS: Final = "/-_?&=.~,;:"
"""After these a word that is wider than its line, such as an address, is cut if it can be."""


def wrapped(text: str, width: Callable[[str], float], room: float) -> Iterator[str]:
    """The lines of a text, none wider than `room` in the measure of `width`."""
    space, line, taken = width(" "), "", 0.0
    for word in text.split():
        while True:
            wide = width(word)
            if line and taken + space + wide <= room:
                line, taken = f"{line} {word}", taken + space + wide
                break
            if line:
                yield line
                line = ""
            if wide <= room or len(word) == 1:
                line, taken = word, wide
                break
            head = _head(word, width, room)
            yield head
            word = word[len(head) :]
    if line:
        yield line


def _head(word: str, width: Callable[[str], float], room: float) -> str:
    """As much of a word as fits, to its last good place to be cut; at least a letter."""
    end, taken = 0, 0.0
    while end < len(word) and taken + width(word[end]) <= room:
        taken += width(word[end])
        end += 1
    cuts = [at for at in range(end // 2, end) if word[at] in BREAKS]
    return word[: (cuts[-1] + 1) if cuts else max(end, 1)]


PAPER: Final = (11.69, 8.27)
"""Width and height in inches: A4 across."""


SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "merida-atlas",
    "pdf.fonttype": 42,
}
"""Texts stay texts, and the same view gives the same file."""

CARD_SIZE: Final = (1200, 630)
"""Width and height in pixels of the picture that messengers show beside a link."""
