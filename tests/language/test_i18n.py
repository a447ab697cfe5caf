"""Two languages: numbers, shares, money and dates as each of them writes."""

from __future__ import annotations

from decimal import Decimal
from gettext import NullTranslations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language import LOCALES, Speech, folded, speech

if TYPE_CHECKING:
    from pathlib import Path

EN = Speech("en", NullTranslations())
ES = Speech("es", NullTranslations())
"""The habits of both languages, apart from any text."""

CATALOGUE = """msgid ""
msgstr ""
"Language: es\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "{count} state"
msgid_plural "{count} states"
msgstr[0] "{count} estado"
msgstr[1] "{count} estados"

msgid "Capital {city}"
msgstr "Capital: {city}"
"""


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speech:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "atlas.po").write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr("geo.language.translation.LOCALE", tmp_path)
    return speech.__wrapped__("es")


class TestNumbers:
    @pytest.mark.parametrize("say", [EN, ES])
    @pytest.mark.parametrize(
        ("value", "digits", "text"),
        [
            (1234567, 0, "1,234,567"),
            (1234.56, 1, "1,234.6"),
            (2.0, 1, "2"),
            (0, 0, "0"),
            (-3.25, 1, "-3.2"),
            (Decimal("15.8833"), 4, "15.8833"),
            (None, 0, "–"),
        ],
    )
    def test_thousands_are_grouped_as_in_mexico_and_the_us(
        self, say: Speech, value: float | None, digits: int, text: str
    ) -> None:
        assert say.number(value, digits) == text

    @pytest.mark.parametrize(("value", "text"), [(2.0, "2.00"), (0.125, "0.12"), (None, "–")])
    def test_a_column_of_decimals_lines_up(self, value: float | None, text: str) -> None:
        assert EN.decimal(value, 2) == text

    @pytest.mark.parametrize(
        ("share", "digits", "text"),
        [(0.4237, 0, "42%"), (0.4237, 1, "42.4%"), (0.0076, 2, "0.76%"), (1, 0, "100%")],
    )
    @pytest.mark.parametrize("say", [EN, ES])
    def test_shares_are_percentages(
        self, say: Speech, share: float, digits: int, text: str
    ) -> None:
        assert say.percent(share, digits) == text

    def test_a_share_that_is_not_known_is_a_dash(self) -> None:
        assert EN.percent(None) == "–"

    @given(
        st.one_of(st.floats(-0.0049, 0.0049), st.just(-0.0), st.just(Decimal("-0.001"))),
        st.integers(0, 2),
    )
    def test_what_rounds_to_nothing_has_no_minus_sign(
        self, value: float | Decimal, digits: int
    ) -> None:
        for text in (
            EN.number(value, digits),
            ES.percent(float(value) / 100, digits),
            EN.usd(value, digits),
            EN.decimal(float(value), 2),
        ):
            assert "-" not in text

    @given(st.floats(-1e12, 1e12))
    def test_a_written_number_reads_back_to_what_it_was_rounded_to(self, value: float) -> None:
        for say in (EN, ES):
            read = float(say.number(value, 2).replace(",", ""))
            assert read == pytest.approx(value, abs=0.0051)


class TestMoney:
    @pytest.mark.parametrize("say", [EN, ES])
    @pytest.mark.parametrize(
        ("dollars", "text"),
        [
            (314046, "US$314,046"),
            (Decimal("1448061.80"), "US$1,448,062"),
            (-5000, "-US$5,000"),
            (0, "US$0"),
            (None, "–"),
        ],
    )
    def test_dollars_say_whose_they_are(
        self, say: Speech, dollars: float | None, text: str
    ) -> None:
        assert say.usd(dollars) == text

    @pytest.mark.parametrize(
        ("dollars", "text"),
        [
            (2_745_900_000, "US$2,745.9 million"),
            (Decimal(14_000_000), "US$14 million"),
            (999_999, "US$999,999"),
            (1_000_000, "US$1 million"),
            (-2_500_000, "-US$2.5 million"),
            (None, "–"),
        ],
    )
    def test_large_amounts_are_shortened_to_millions(
        self, dollars: float | None, text: str
    ) -> None:
        assert EN.usd_short(dollars) == text


class TestDates:
    @pytest.mark.parametrize(
        ("text", "english", "spanish_text"),
        [
            ("2015", "2015", "2015"),
            ("2015-05", "May 2015", "mayo de 2015"),
            ("2007-10-22", "October 22, 2007", "22 de octubre de 2007"),
        ],
    )
    def test_a_date_keeps_the_precision_of_its_source(
        self, text: str, english: str, spanish_text: str
    ) -> None:
        assert EN.day(text) == english
        assert ES.day(text) == spanish_text


class TestTexts:
    def test_a_text_is_said_in_the_readers_language(self, spanish: Speech) -> None:
        assert spanish.t("Capital {city}", city="Xalapa") == "Capital: Xalapa"

    def test_a_text_without_translation_is_said_in_english(self, spanish: Speech) -> None:
        assert spanish.t("Unheard of") == "Unheard of"

    @pytest.mark.parametrize(
        ("count", "text"),
        [(0, "0 estados"), (1, "1 estado"), (2, "2 estados"), (1234, "1,234 estados")],
    )
    def test_counts_have_their_singular(self, spanish: Speech, count: int, text: str) -> None:
        assert spanish.n("{count} state", "{count} states", count) == text

    def test_one_and_a_half_is_not_one(self) -> None:
        assert EN.n("{count} state", "{count} states", 1.5).endswith("states")

    @given(st.text())
    def test_what_is_filled_in_is_never_read_as_a_place_to_fill(self, text: str) -> None:
        assert EN.t("<{name}>", name=text) == f"<{text}>"
        hostile = "{name.__class__}{0}{"
        assert EN.t("{name}", name=hostile) == hostile

    def test_an_unknown_language_speaks_english(self) -> None:
        assert speech("xx").lang == "en"

    def test_both_languages_of_the_contract_are_spoken(self) -> None:
        assert set(LOCALES) == {"en", "es"}

    def test_accents_do_not_upset_the_alphabet(self) -> None:
        names = ["Yucatán", "Ciudad de México", "Ávila", "Ángeles", "Baja California"]
        assert sorted(names, key=folded) == [
            "Ángeles",
            "Ávila",
            "Baja California",
            "Ciudad de México",
            "Yucatán",
        ]
