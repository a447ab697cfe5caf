"""The fonts of headings, text and icons: shipped, named once, with each letter that is written."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from geo.atlas import load_atlas
from geo.build.fonts import CUTS, SAID, Cut, asked_icons, faults, icons_of, streamlit_file
from geo.drawing import MAP_SHEET, PAGE_SHEET, build_shelf, embedded
from geo.drawing.fonts import STACK, TEXT_STACK
from geo.language.translation import LOCALE
from geo.paths import ASSETS, HEADING_FONT, ICON_FONT, TEXT_FONT
from geo.policy import HEADING_WEIGHT
from tests.serving import ROOT

SYMBOLS = set("▶★■◐●○✕∈ᵢⱼₖ₍₎₋")
"""Marks of formulas and keys, which no heading holds: set in whatever font has them."""

TEXTS = (
    LOCALE / "es" / "LC_MESSAGES" / "atlas.po",
    ROOT / "data" / "claims.yaml",
    ROOT / "data" / "briefing.yaml",
    ROOT / "data" / "sites.csv",
)


@pytest.mark.parametrize("font", [HEADING_FONT, TEXT_FONT], ids=lambda font: font.name)
def test_the_font_has_every_letter_of_both_languages(font: Path) -> None:
    has = {chr(code) for code in TTFont(font).getBestCmap()}
    for path in TEXTS:
        written = set(path.read_text(encoding="utf-8")) - set("\n\t")
        assert sorted(written - has - SYMBOLS) == [], path.name


def test_headings_have_the_one_weight_that_their_font_has() -> None:
    font = TTFont(HEADING_FONT)
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == HEADING_WEIGHT
    for sheet in ASSETS.glob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        for rule in re.findall(r"[^{}]*var\(--ma-serif\)", text):
            assert re.search(rf"font: {HEADING_WEIGHT} [^;]*$", rule), f"{sheet.name}: {rule}"


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.path.name)
def test_an_altered_font_bears_another_name_and_keeps_what_its_licence_asks_for(cut: Cut) -> None:
    names = TTFont(cut.path)["name"]
    for record in names.names:
        if record.nameID not in SAID:
            assert not re.search("source|material", record.toUnicode(), re.IGNORECASE)
    assert names.getBestFamilyName() == cut.family
    beside = cut.licence_path.read_text(encoding="utf-8")
    for number in SAID:
        assert (names.getDebugName(number) or "") in beside
    apache = (
        "   TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "   1. Definitions.",
    )
    ofl = ("PREAMBLE", "PERMISSION & CONDITIONS", "TERMINATION", "DISCLAIMER")
    for part in apache if cut.icons else ofl:
        assert f"\n{part}\n" in beside


def test_every_icon_that_streamlit_asks_for_is_there_and_none_other() -> None:
    original = streamlit_file("MaterialSymbols-Rounded*.woff2")
    asked = asked_icons(original)
    ours, theirs = icons_of(TTFont(ICON_FONT)), icons_of(TTFont(original))
    assert set(asked) <= ours.keys()
    assert len(set(ours.values())) == len({theirs[name] for name in asked})
    # Among them those that were read out by name while the font was on its way.
    assert {"keyboard_double_arrow_right", "keyboard_arrow_down", "more_vert"} <= set(asked)
    # A page that asks for an icon of its own would have to be looked through, too.
    for path in [*(ROOT / "pages").rglob("*.py"), *(ROOT / "geo").rglob("*.py")]:
        if path.name != "fonts.py":
            assert ":material/" not in path.read_text(encoding="utf-8"), path.name


def test_headings_are_set_in_one_stack_of_fonts_that_one_place_names() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["theme"]["headingFont"] == STACK
    assert config["theme"]["font"] == TEXT_STACK
    sources = [*ASSETS.iterdir(), *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    for path in sources:
        if path.suffix not in {".css", ".js", ".py"}:
            continue
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"Georgia,|Times New Roman|Iowan", text), path.name
        assert "Source Sans" not in text or path.name == "fonts.py", path.name
        assert not re.search("--ma-(serif|sans):", text) or path.name == "fonts.py", path.name


@pytest.mark.parametrize("sheet", [PAGE_SHEET, MAP_SHEET])
def test_pages_and_the_maps_frame_load_the_font_from_this_server_for_ever(sheet: str) -> None:
    shelf = build_shelf(load_atlas())
    told = shelf.by_name[sheet].content.decode()
    own = [cut for cut in CUTS if not cut.icons]
    assert told.count("@font-face") == len(own) + 1
    for cut in own:
        url = shelf.url(cut.path.name)
        assert f'url("{url}")' in told
        assert re.fullmatch(rf"/assets/{cut.path.stem}\.[0-9a-f]{{12}}\.woff2", url)
        assert shelf.by_name[cut.path.name].media_type == "font/woff2"
        assert shelf.by_name[cut.licence_path.name].content


def test_the_fonts_are_small_enough_to_wait_for() -> None:
    sizes = [len(font.read_bytes()) for font in (HEADING_FONT, TEXT_FONT, ICON_FONT)]
    for size, most in zip(sizes, (40_000, 30_000, 12_000), strict=True):
        assert size < most
    assert len(embedded()) < 54_000


def test_a_font_is_drawn_alike_each_time() -> None:
    (icons,) = [cut for cut in CUTS if cut.icons]
    assert icons.render() == icons.path.read_bytes()


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.path.name)
def test_a_font_that_does_not_follow_from_its_original_is_stale(cut: Cut, tmp_path: Path) -> None:
    assert faults() == []
    moved = replace(cut, path=tmp_path / cut.path.name)
    assert moved.fault()
    moved.path.write_bytes(cut.path.read_bytes())
    moved.licence_path.write_bytes(cut.licence_path.read_bytes())
    assert not moved.fault()
    for altered in (replace(moved, letters=moved.letters - {"a"}), replace(moved, family="Other")):
        assert f"{cut.path.name} is stale" in altered.fault()
    moved.path.write_bytes(b"another")
    assert f"{cut.path.name} is stale" in moved.fault()
