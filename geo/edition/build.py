"""An edition built into a folder: what is not there yet, by two processes, the same each time."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.metadata import version as installed
from itertools import product
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from geo import __version__
from geo.atlas import Atlas
from geo.drawing import alone_html, each
from geo.edition.about import citation, missing
from geo.edition.addresses import MANIFEST, Address
from geo.edition.assets import shared_files
from geo.edition.make import made
from geo.edition.page import Edition
from geo.edition.plan import ABOUT_PAGES, Choices, Part, jobs
from geo.errors import DataError
from geo.language import speech
from geo.paths import sources_digest
from geo.share.changes import Changes, changes_between
from geo.view import LANGS

PROCESSES: Final = 2
SOURCES: Final = ("geo/**/*.py", "geo/assets/*", "geo/**/*.mo", "requirements/run.txt")
"""What an edition is made by: our code, texts and scripts, and which libraries."""

LIBRARIES: Final = ("matplotlib", "pillow", "shapely", "openpyxl", "fonttools", "pyogrio")
"""What else decides the bytes of a picture or a workbook."""

Known = Mapping[str, Mapping[str, Any]]
_built: list[Edition] = []

SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
"""The name of the vocabulary of sitemaps; nothing is fetched from it."""

NOT_FOUND_STYLE: Final = (
    ":root{color-scheme:light dark}body{max-width:40rem;margin:4rem auto;padding:0 1.2rem;"
    "font:1.05rem/1.6 system-ui,sans-serif}a{color:light-dark(#1d5b86,#8fc1e6)}"
)


@lru_cache(maxsize=1)
def program() -> str:
    """The fingerprint of everything that an edition is made by."""
    versions = [f"{name} {installed(name)}" for name in LIBRARIES]
    return hashlib.sha256("\n".join([sources_digest(*SOURCES), *versions]).encode()).hexdigest()[
        :12
    ]


def build_edition(atlas: Atlas, out: Path, choices: Choices) -> tuple[int, int]:
    """Write the edition into `out`; how many files it has, and how many were made now.

    Raises `DataError` for a folder that holds something else.
    """
    lots = jobs(atlas, choices)
    lots.append(tuple(Part(one.file, one, page=True) for one in ABOUT_PAGES))
    since = {found.old: found for found in _changes(atlas, choices)}
    for version, lang in product(since, LANGS):
        address = Address("/changes", lang, (("data", version),))
        lots.append((Part(address.file, address, page=True),))
    beside_it = _beside(atlas, out)
    parts = [part for lot in lots for part in lot]
    files = frozenset(part.file for part in parts)
    edition = Edition(atlas, files | {MANIFEST}, choices.base, choices.pictures, beside_it, since)
    known = _known(out)
    keys = {False: program() + atlas.version, True: _page_key(atlas, choices, files, beside_it)}
    wanted = [
        tuple(part for part in lot if not _there(out, part.file, known, keys[part.page]))
        for lot in lots
    ]
    wanted = [lot for lot in wanted if lot]
    entries = {
        part.file: known[part.file]
        for part in parts
        if _there(out, part.file, known, keys[part.page])
    }
    of = {part.file: keys[part.page] for part in parts}
    for file, entry in _all_made(edition, wanted, out):
        entries[file] = entry | {"key": of[file]}
    beside = shared_files(edition, files) | edge_files(edition, sorted(files))
    made_now = sum(map(len, wanted))
    for file, body in beside.items():
        entry = _entry(body)
        if not _same(out / file, entry):
            _write(out / file, body)
            made_now += 1
        entries[file] = entry | {"key": keys[True]}
    _take_away(out, known, entries)
    _write(out / MANIFEST, _manifest(edition, entries))
    return len(entries) + 1, made_now


def _changes(atlas: Atlas, choices: Choices) -> Iterator[Changes]:
    return (changes_between(package, atlas.data) for package in choices.since)


def _beside(atlas: Atlas, out: Path) -> dict[str, str]:
    """The editions of other data in the folders beside this one: data version → folder."""
    found = {}
    for path in sorted(out.resolve().parent.glob(f"*/{MANIFEST}")):
        told = json.loads(path.read_text(encoding="utf-8"))
        version = told.get("data", "") if isinstance(told, dict) else ""
        if version and version != atlas.version and "citation" in told:
            found[str(version)] = path.parent.name
    return found


def _page_key(
    atlas: Atlas, choices: Choices, files: Iterable[str], beside: Mapping[str, str]
) -> str:
    told = json.dumps(
        [program(), atlas.version, choices.base, choices.pictures, sorted(files), beside]
    )
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _known(out: Path) -> Known:
    """What the manifest in a folder says of its files; nothing for a new folder."""
    path = out / MANIFEST
    if not path.exists():
        if out.exists() and any(out.iterdir()):
            raise DataError(
                str(out), "the folder holds something that is no edition.", "Name an empty one."
            )
        return {}
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {str(one["path"]): one for one in told["files"]}
    except (ValueError, KeyError, TypeError):
        raise DataError(
            str(path), "it is no manifest of an edition.", "Name another folder, or empty this one."
        ) from None


def _there(out: Path, file: str, known: Known, key: str) -> bool:
    entry = known.get(file, {})
    return entry.get("key") == key and _same(out / file, entry)


def _same(path: Path, entry: Mapping[str, Any]) -> bool:
    """Whether the file is there with that size and hash."""
    if not path.is_file() or path.stat().st_size != entry["bytes"]:
        return False
    return bool(hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"])


def _entry(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _write(path: Path, content: bytes) -> None:
    """The whole file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)


def _make_lot(lot: tuple[tuple[Part, ...], Path]) -> list[tuple[str, dict[str, Any]]]:
    """In a process of its own: make and write a lot."""
    parts, out = lot
    found = []
    for part in parts:
        content = made(_built[0], part)
        _write(out / part.file, content)
        found.append((part.file, _entry(content)))
    return found


def _all_made(
    edition: Edition, lots: list[tuple[Part, ...]], out: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each file as it is made, with a bar for whoever watches."""
    from tqdm import tqdm

    if not lots:
        return
    _built[:] = [edition]
    with tqdm(total=sum(map(len, lots)), unit="file", disable=None) as bar:
        # The children share what is loaded already; where the system cannot, one process does it.
        if "fork" in multiprocessing.get_all_start_methods():
            with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
                for found in pool.imap_unordered(_make_lot, [(lot, out) for lot in lots]):
                    bar.update(len(found))
                    yield from found
        else:
            for lot in lots:
                found = _make_lot((lot, out))
                bar.update(len(found))
                yield from found


def _take_away(out: Path, known: Known, entries: Mapping[str, Any]) -> None:
    """Remove what an earlier build wrote and this one does not."""
    for file in known:
        path = (out / file).resolve()
        # A manifest may have been edited: nothing outside the folder is an edition's to remove.
        if file not in entries and path.is_relative_to(out.resolve()):
            path.unlink(missing_ok=True)


def _manifest(edition: Edition, entries: Mapping[str, Mapping[str, Any]]) -> bytes:
    atlas = edition.atlas
    told = {
        "title": "Mérida Atlas",
        "data": atlas.version,
        "version": __version__,
        "program": program(),
        "address": edition.base,
        "citation": {lang: citation(atlas.version, edition.base, speech(lang)) for lang in LANGS},
        "without": {lang: list(missing(edition, speech(lang))) for lang in LANGS},
        "bytes": sum(entry["bytes"] for entry in entries.values()),
        "files": [{"path": file, **entries[file]} for file in sorted(entries)],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def edge_files(edition: Edition, files: Iterable[str]) -> dict[str, bytes]:
    """`404.html`, and with a known address `sitemap.xml` and `robots.txt`."""
    found = {"404.html": _not_found(edition).encode()}
    if edition.base:
        pages = [file for file in files if file.endswith(".html") and "files/" not in file]
        listed = each("<url><loc>{}</loc></url>\n", (f"{edition.base}/{file}" for file in pages))
        found["sitemap.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAPS}">\n'
            f"{listed}</urlset>\n"
        ).encode()
        sitemap = f"{edition.base}/sitemap.xml"
        found["robots.txt"] = f"User-agent: *\nDisallow:\nSitemap: {sitemap}\n".encode()
    return found


def _not_found(edition: Edition) -> str:
    """A page that may be given out at any depth: it leads by whole addresses, or by the root."""
    parts, version = [], edition.atlas.version
    for lang in LANGS:
        say = speech(lang)
        home = f"{edition.base}/{'' if lang == LANGS[0] else lang + '/'}index.html"
        parts.append(
            Markup(
                '<section lang="{}"><h1>{}</h1><p>{}</p><p><a href="{}">{}</a></p></section>'
            ).format(
                lang,
                say.t("This page is not in this edition"),
                say.t(
                    "The edition holds the atlas as it was with data {version}.", version=version
                ),
                home,
                say.t("To the map"),
            )
        )
    return str(alone_html(LANGS[0], "404", NOT_FOUND_STYLE, Markup("").join(parts))) + "\n"
