"""What an edition consists of: every file by the address it has in the live atlas."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.atlas import Atlas
from geo.chapters.closer import TOOLS, Opened
from geo.edition.addresses import (
    DATA_ZIP,
    PAGES,
    Address,
    file_address,
    page_address,
    read_address,
)
from geo.edition.held import carded_views, packs, published_views
from geo.edition.page import CARD, EMBED
from geo.equity.claims import load_claims
from geo.equity.rebalance import YARDSTICKS
from geo.view import LANGS, MEASURES, YEARS, View

SMALL_FILES: Final = ("values.xlsx", "values.json", "values.geojson", "activities.csv")
"""Files of a view for each measure; the values as a table are there for every view with a page."""

LARGE_FILES: Final = ("map.pdf", "values.gpkg")
"""Files of the first view alone: half a megabyte each, and more."""

PRESENTED: Final = "/handout/briefing.html"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the edition: what it is of, and its name.

    `page` is whether other choices for the edition make another file of it.
    """

    file: str
    address: Address | None = None
    page: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What the operator chose: with pictures or without, and the address it is going to have.

    `since` are data packages of before: what changed since each of them has a page.
    """

    pictures: bool = True
    base: str = ""
    since: tuple[Path, ...] = ()


def jobs(atlas: Atlas, choices: Choices) -> list[tuple[Part, ...]]:
    """Every file, in lots that share what is slow to compute; the longest lots first."""
    wholes = [tuple(map(_page, lot)) for lot in _pages(atlas, choices)]
    lots: list[tuple[Part, ...]] = []
    if choices.pictures:
        lots += [(_file(one),) for one in _large()]
    lots += wholes
    if choices.pictures:
        cards = [_file(file_address(CARD, view)) for view in _spoken(carded_views())]
        lots += [tuple(cards[at : at + 8]) for at in range(0, len(cards), 8)]
    lots += [(Part(f"assets/held/{name}.js", page=True),) for name in packs(whole=choices.pictures)]
    lots += [
        (Part(f"assets/held/{name}_states.js", page=True),)
        for name in packs(whole=choices.pictures)
    ]
    lots.append(tuple(Part(f"assets/held/profiles_{lang}.js", page=True) for lang in LANGS))
    if not choices.pictures:
        lots.append(tuple(Part(f"assets/held/tall_{lang}.js", page=True) for lang in LANGS))
    lots.append(tuple(_file(one) for one in _files(choices)))
    return lots


def _page(address: Address) -> Part:
    return Part(address.file, address, page=True)


def _file(address: Address) -> Part:
    return Part(address.file, address)


def _spoken(views: tuple[View, ...]) -> Iterator[View]:
    return (view.with_(lang=lang) for view in views for lang in LANGS)


def _pages(atlas: Atlas, choices: Choices) -> Iterator[list[Address]]:
    """The pages in lots; what a page shows of its own choices has a page where there is room."""
    whole = choices.pictures
    own: dict[str, list[str]] = {
        "evidence": [f"claim={claim.claim_id}" for claim in load_claims(atlas.data).claims],
        "rebalance": [f"by={by}" for by in YARDSTICKS],
        "sites": [f"to={year}" for year in YEARS],
        "": [f"tool={tool}" for tool in TOOLS if tool != "none"],
    }
    for path in PAGES:
        queries = ["", *(own.get(path, ()) if whole else ())]
        hrefs = [f"/{path}?{query}" for query in queries]
        found = [read_address(atlas, href, lang) for href in hrefs for lang in LANGS]
        yield list(dict.fromkeys(one for one in found if one))
    yield [Address(EMBED, lang) for lang in LANGS]
    if whole:
        views = [page_address(PAGES[""], view, Opened()) for view in _spoken(published_views()[1:])]
        for at in range(0, len(views), 32):
            yield views[at : at + 32]


def _large() -> Iterator[Address]:
    for lang in LANGS:
        for name in LARGE_FILES:
            yield file_address(f"/export/{name}", View(lang=lang))
        yield file_address(PRESENTED, View(lang=lang))


def _files(choices: Choices) -> Iterator[Address]:
    """What takes a moment each."""
    yield Address(f"/download/{DATA_ZIP}", LANGS[0])
    for lang in LANGS:
        yield Address("/api/v1/claims.csv", lang)
        yield Address("/api/v1/rebalance.csv", lang)
        if choices.pictures:
            yield Address("/api/v1/claims.json", lang)
            yield Address("/api/v1/rebalance.json", lang)
        yield file_address("/export/values.csv", View(lang=lang))
        for measure in MEASURES if choices.pictures else ():
            view = View(measure=measure, lang=lang)
            yield file_address("/receipt.html", view)
            for name in SMALL_FILES:
                yield file_address(f"/export/{name}", view)
    if choices.pictures:
        for view in _spoken(published_views()[1:]):
            yield file_address("/export/values.csv", view)


ABOUT_PAGES: Final = tuple(Address("/about", lang) for lang in LANGS)
