"""`python -m geo.build.messages`: bring the Spanish catalogue in step with the texts of the code.

Every text handed to `say.t`, `say.n` and `t` in `geo/`, `pages/` and `app.py` is found by Babel's
extractor and gets one entry in `atlas.po`, in the order of the files and of the texts in them.
Translations are kept, new texts come with an empty one, texts that are gone are dropped. The same
code and translations give the same bytes: no dates, no line numbers, no version of Babel. Beside
it `atlas.mo` is written, the same compiled, which the program reads while it follows from the text.

`--check` writes nothing and exits with 1 when the catalogue is stale or a translation is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from geo.language import LOCALE, compiled, follows
from geo.paths import ROOT

LANGUAGE: Final = "es"

CATALOGUE: Final = LOCALE / LANGUAGE / "LC_MESSAGES" / "atlas.po"

COMPILED: Final = CATALOGUE.with_suffix(".mo")
"""The same for the program to read, see `geo.language.translation`."""

SPOKEN_IN: Final = ("app.py", "geo", "pages")
"""Files and folders whose texts a reader meets, from the repository's root."""

KEYWORDS: Final = {"t": None, "n": (1, 2)}
"""Babel's keywords: `say.t(text)`, `say.n(one, many, count)`; `t(text)`, `n(one, many)` without."""

HEADER: Final = r"""# Spanish (Mexico) of the Mérida Atlas.
# `make messages` keeps the entries; the translations are written by hand, here.
msgid ""
msgstr ""
"Language: es\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def spoken_texts(root: Path = ROOT) -> dict[str | tuple[str, str], list[str]]:
    """Every text of the code, a pair where it has a plural → the files it stands in."""
    found: dict[str | tuple[str, str], list[str]] = {}
    for path in _sources(root):
        name = path.relative_to(root).as_posix()
        for _line, text, _comments, _context in extract_from_file(
            "python", path, keywords=KEYWORDS
        ):
            key = text if isinstance(text, str) else (text[0], text[1])
            files = found.setdefault(key, [])
            if name not in files:
                files.append(name)
    return found


def _sources(root: Path) -> Iterator[Path]:
    for name in SPOKEN_IN:
        path = root / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else (path,)


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """A catalogue as it was last written; an empty one where there is none."""
    if not path.is_file():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, abort_invalid=True)


def render(
    texts: dict[str | tuple[str, str], list[str]], translated: Iterable[Message]
) -> tuple[bytes, list[str]]:
    """The catalogue of these texts as bytes, and the texts that have no full translation."""
    known = {_first(message.id): message for message in translated}
    catalogue = Catalog(locale=LANGUAGE)
    missing = []
    for text, files in texts.items():
        before = known.get(_first(text))
        message = catalogue.add(text, locations=[(name, 0) for name in files])
        if before is not None and isinstance(before.id, str) == isinstance(text, str):
            message.string = before.string
        if not _is_full(message):
            missing.append(_first(text))
    out = BytesIO()
    # Unwrapped: one text, one line, whatever a version of Babel thinks of breaking lines.
    write_po(out, catalogue, width=0, omit_header=True, include_lineno=False)
    return HEADER.encode() + out.getvalue(), missing


def _first(text: str | Iterable[str]) -> str:
    return text if isinstance(text, str) else next(iter(text))


def _is_full(message: Message) -> bool:
    strings = [message.string] if isinstance(message.string, str) else message.string or []
    return bool(strings) and all(strings)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    chosen = parser.parse_args(arguments)
    written, missing = render(spoken_texts(), read_catalogue())
    name = CATALOGUE.relative_to(ROOT).as_posix()
    for text in missing:
        print(f"{name}: no Spanish for “{text}”. Write it there.", file=sys.stderr)
    if not chosen.check:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_bytes(written)
        COMPILED.write_bytes(compiled(written, LANGUAGE))
        return 0
    stale = not CATALOGUE.is_file() or CATALOGUE.read_bytes() != written
    if stale or not is_compiled(COMPILED, written):
        print(f"{name} or what is compiled of it is stale: run `make messages`.", file=sys.stderr)
        return 1
    return 1 if missing else 0


def is_compiled(path: Path, text: bytes) -> bool:
    """Whether a compiled catalogue is there and follows from a text."""
    return path.is_file() and follows(GNUTranslations(BytesIO(path.read_bytes())), text)


if __name__ == "__main__":
    sys.exit(main())
