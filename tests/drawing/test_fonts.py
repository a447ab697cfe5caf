"""The font of headings: shipped whole, named once, and with every letter the atlas writes."""

from __future__ import annotations

import re
import tomllib

import pytest
from fontTools.ttLib import TTFont

from geo.atlas import load_atlas
from geo.build import heading_font
from geo.drawing import MAP_SHEET, PAGE_SHEET, build_shelf, embedded
from geo.drawing.fonts import STACK
from geo.language.translation import LOCALE
from geo.paths import ASSETS, HEADING_FONT
from geo.policy import HEADING_FAMILY, HEADING_WEIGHTS
from tests.serving import ROOT

SYMBOLS = set("▶★■◐●○✕∈ᵢⱼₖ₍₎₋")
"""Marks of formulas and keys, which no heading holds: set in whatever font has them."""

TEXTS = (
    LOCALE / "es" / "LC_MESSAGES" / "atlas.po",
    ROOT / "data" / "claims.yaml",
    ROOT / "data" / "briefing.yaml",
    ROOT / "data" / "sites.csv",
)


def test_the_font_has_every_letter_of_both_languages() -> None:
    has = {chr(code) for code in TTFont(HEADING_FONT).getBestCmap()}
    for path in TEXTS:
        written = set(path.read_text(encoding="utf-8")) - set("\n\t")
        assert sorted(written - has - SYMBOLS) == [], path.name


def test_a_heading_can_be_as_heavy_as_the_style_sheets_say() -> None:
    axes = {
        axis.axisTag: (axis.minValue, axis.maxValue) for axis in TTFont(HEADING_FONT)["fvar"].axes
    }
    assert axes == {"wght": HEADING_WEIGHTS}
    for sheet in ASSETS.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        for weight in re.findall(r"font: (\d+) [^;]*var\(--ma-serif\)", text):
            assert HEADING_WEIGHTS[0] <= int(weight) <= HEADING_WEIGHTS[1], (
                f"{sheet.name}: {weight}"
            )


def test_the_altered_font_bears_another_name_and_keeps_what_its_licence_asks_for() -> None:
    names = TTFont(HEADING_FONT)["name"]
    for record in names.names:
        if record.nameID not in heading_font.SAID:
            assert "source" not in record.toUnicode().lower()
    assert names.getBestFamilyName() == HEADING_FAMILY
    beside = heading_font.LICENCE.read_text(encoding="utf-8")
    for number in heading_font.SAID:
        assert names.getDebugName(number) in beside
    for part in ("PREAMBLE", "PERMISSION & CONDITIONS", "TERMINATION", "DISCLAIMER"):
        assert f"\n{part}\n" in beside


def test_headings_are_set_in_one_stack_of_fonts_that_one_place_names() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["theme"]["headingFont"] == STACK
    sources = [*ASSETS.iterdir(), *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    for path in sources:
        if path.suffix not in {".css", ".js", ".py"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"Georgia,|Times New Roman|Iowan", text), path.name
        assert "--ma-serif:" not in text or path.name == "fonts.py", path.name


@pytest.mark.parametrize("sheet", [PAGE_SHEET, MAP_SHEET])
def test_pages_and_the_maps_frame_load_the_font_from_this_server_for_ever(sheet: str) -> None:
    shelf = build_shelf(load_atlas())
    told = shelf.by_name[sheet].content.decode()
    assert told.count("@font-face") == 1
    assert f'url("{shelf.url(HEADING_FONT.name)}")' in told
    assert re.fullmatch(r"/assets/atlas-serif\.[0-9a-f]{12}\.woff2", shelf.url(HEADING_FONT.name))
    assert shelf.by_name[HEADING_FONT.name].media_type == "font/woff2"
    assert shelf.by_name[heading_font.LICENCE.name].content


def test_the_font_is_small_enough_to_wait_for() -> None:
    assert len(HEADING_FONT.read_bytes()) < 40_000
    assert len(embedded()) < 54_000


def test_a_font_that_does_not_follow_from_its_original_is_stale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert heading_font.faults() == []
    monkeypatch.setattr(heading_font, "render", lambda: b"another")
    (fault,) = heading_font.faults()
    assert "atlas-serif.woff2 is stale" in fault
