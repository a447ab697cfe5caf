"""The paper of every drawing, and text that fits: the largest size at which it stays in its box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def fitted_text(
    figure: Figure,
    text: str,
    box: tuple[float, float, float, float],
    sizes: Sequence[float],
    **style: Any,
) -> None:
    """Write `text` from the top of `box`, as large as it fits.

    `box` is left, top, width and height as parts of the figure; `sizes` are font sizes in points,
    largest first. At the smallest one what does not fit ends in an ellipsis.
    """
    left, top, width, height = box
    wide, high = (figure.get_size_inches() * figure.dpi).tolist()
    drawn = figure.text(left, top, "", va="top", ha="left", parse_math=False, **style)
    widths = _widths(drawn, text, sizes[0])
    for size in sizes:
        room = ROOM * width * wide * sizes[0] / size
        drawn.set_fontsize(size)
        drawn.set_text("\n".join(_lines(text, widths, room)))
        if drawn.get_window_extent().height <= height * high:
            break
    lines = drawn.get_text().split("\n")
    while len(lines) > 1 and drawn.get_window_extent().height > height * high:
        lines.pop()
        drawn.set_text("\n".join(lines).rsplit(" ", 1)[0] + " …")


ROOM: Final = 0.985
"""Words are measured one by one at the largest size; together they are a little wider at others."""


def _widths(drawn: Any, text: str, size: float) -> dict[str, float]:
    """The width of each word, with a space before it, in pixels at `size`."""
    drawn.set_fontsize(size)
    drawn.set_text("n n")
    with_space = drawn.get_window_extent().width
    drawn.set_text("nn")
    space = with_space - drawn.get_window_extent().width
    widths = {}
    for word in set(text.split()):
        drawn.set_text(word)
        widths[word] = drawn.get_window_extent().width + space
    return widths


def _lines(text: str, widths: dict[str, float], room: float) -> Iterator[str]:
    line: list[str] = []
    taken = 0.0
    for word in text.split():
        if line and taken + widths[word] > room:
            yield " ".join(line)
            line, taken = [], 0.0
        line.append(word)
        taken += widths[word]
    yield " ".join(line)


PAPER: Final = (11.69, 8.27)
"""Width and height in inches: A4 across."""


SETTINGS: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "merida-atlas",
    "pdf.fonttype": 42,
}
"""Texts stay texts, and the same view gives the same file."""

CREATOR: Final = "Mérida Atlas"

CARD_SIZE: Final = (1200, 630)
"""Width and height in pixels of the picture that messengers show beside a link."""
