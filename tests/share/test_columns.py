"""Text on paper: lines that fit, and columns in which nothing is lost, torn or overlaid."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.paper import NEXT_COLUMN, Block, Part, even, fitted_text, paper, text_pages, wrapped
from tests.strategies import one_in

FOOT = "The last line"
TEXTS = st.lists(st.text("abc/-.é ñ", min_size=1, max_size=60), min_size=1, max_size=12)


def texts_of(figure: Any) -> list[Any]:
    """The texts between the title and the last line of a page."""
    return [one for one in figure.texts[1:] if one.get_text() and one.get_text() != FOOT]


@given(text=st.text(max_size=200), room=st.integers(1, 40))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: int) -> None:
    lines = list(wrapped(text, len, room))
    assert all(len(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    if all(len(word) <= room for word in text.split()):
        assert " ".join(lines).split() == text.split()


def test_an_address_is_cut_where_it_has_a_mark() -> None:
    address = "https://atlas.example.org/a-long-way/to-go?measure=usd"
    assert all(line[-1] in "/-?=." for line in list(wrapped(address, len, 20))[:-1])


@pytest.mark.parametrize("letters", [40, 400, 1600])
def test_an_address_of_any_length_stays_on_the_paper(letters: int) -> None:
    figure = paper(11.69, 8.27)
    fitted_text(figure, f"Atlas · https://{'x' * letters}", (0.05, 0.1, 0.9, 0.03), (8, 7, 6, 5))
    [drawn] = figure.texts
    box = drawn.get_window_extent()
    assert box.x1 <= 0.955 * figure.get_figwidth() * figure.dpi


@given(texts=TEXTS)
@one_in(10)
def test_what_flows_through_columns_is_all_there_and_in_order(texts: list[str]) -> None:
    parts: list[Part] = [[Block(text, 30)] for text in texts]
    pages = text_pages("A", [(parts, (1, even(2)))], FOOT)
    said = "".join(one.get_text() for page in pages for one in texts_of(page))
    assert said.replace(" ", "") == "".join("".join(text.split()) for text in texts)


@given(counts=st.lists(st.integers(1, 6), min_size=1, max_size=9))
@one_in(10)
def test_no_line_lies_on_another_or_beyond_the_page(counts: list[int]) -> None:
    parts = [[Block("Ápq " * count * 9, 20, before=6)] for count in counts]
    for page in text_pages("A", [(parts, (1, even(3)))], FOOT):
        wide, high = (page.get_size_inches() * page.dpi).tolist()
        boxes = sorted(
            (one.get_window_extent() for one in texts_of(page)), key=lambda box: (box.x0, -box.y1)
        )
        for box in boxes:
            assert 0 <= box.x0 < box.x1 <= wide
            assert 0 <= box.y0 < box.y1 <= high
        for one, two in itertools.pairwise(boxes):
            assert two.x0 >= one.x1 or two.y1 <= one.y0 + 1


def test_a_part_stays_whole_where_a_column_has_room_for_it() -> None:
    first = [Block(f"first {line}", 20) for line in range(12)]
    second = [Block(f"second {line}", 20) for line in range(12)]
    [page] = text_pages("A", [([first, second], (1, even(2)))], FOOT)
    lefts = {
        name: {round(one.get_position()[0], 3) for one in texts_of(page) if name in one.get_text()}
        for name in ("first", "second")
    }
    assert [len(places) for places in lefts.values()] == [1, 1]
    assert lefts["first"] != lefts["second"]


def test_the_rest_of_a_column_can_be_left_free() -> None:
    parts: list[Part] = [[Block("one")], NEXT_COLUMN, [Block("two")]]
    [page] = text_pages("A", [(parts, (1, even(1, 200)))], FOOT)
    one, two = texts_of(page)
    assert two.get_position()[0] > one.get_position()[0]
    assert two.get_position()[1] == one.get_position()[1]


def test_the_first_form_that_needs_one_page_is_taken() -> None:
    few: list[Part] = [[Block("word " * 40, 10)]]
    many: list[Part] = [[Block("word " * 40, 10)] for _ in range(40)]
    layouts = [(2, even(1)), (1, even(2)), (0.9, even(3))]
    sizes = [
        {
            round(one.get_fontsize(), 1)
            for one in texts_of(text_pages("A", [(parts, one) for one in layouts], FOOT)[0])
        }
        for parts in (few, many)
    ]
    assert sizes == [{20.0}, {9.0}]


@one_in(2)
@given(
    st.lists(st.sampled_from(["aid", "águila", "Á", "10", "jug"]), min_size=5, max_size=60),
    st.floats(0.2, 0.6),
    st.floats(0.1, 0.4),
    st.sampled_from([1.0, 1.2, 1.35]),
)
def test_no_size_is_passed_over_at_which_a_text_would_have_fitted(
    words: list[str], width: float, height: float, spacing: float
) -> None:
    def drawn() -> tuple[str, Any]:
        figure, box = paper(8, 5), (0.05, 0.95, width, height)
        fitted_text(figure, " ".join(words), box, (30, 25, 20, 15, 10, 7), linespacing=spacing)
        return figure.texts[0].get_text(), figure.texts[0].get_fontsize()

    chosen = drawn()
    with pytest.MonkeyPatch.context() as all_laid_out:
        all_laid_out.setattr("geo.paper.fitting.Ruler.pitch", lambda *_: 0)
        assert drawn() == chosen
