"""The papers are true: each route, parameter and command is named, and what is named is there."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from geo.__main__ import _parser
from geo.atlas import load_atlas, read_package
from geo.atlas.cells import allowed_words
from geo.drawing import build_shelf
from geo.server.previews import PAGES
from geo.server.routes import routes
from geo.share import KINDS
from geo.view import PARAMETERS
from geo.view.view import RESERVED
from tests.serving import ROOT
from tests.test_layers import FLOORS, floor_of, module_of, room_of

PAPERS = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        ROOT / "data" / "README.md",
        *(ROOT / "docs").rglob("*.md"),
    ]
    if path.name not in {"CHANGELOG.md", "BENCHMARK.md"}
)
MADE = {".venv", "shots/", "geo.serve"}
"""What papers name that a fresh clone does not hold, or holds no longer."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def cells(text: str) -> list[list[str]]:
    """The cells of every row of every table."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|") and not line.startswith("|---")
    ]


def quoted(text: str) -> list[str]:
    """What stands between backticks, fenced blocks left out."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def served() -> list[Route | Mount]:
    atlas = load_atlas()
    return [
        route for route in routes(atlas, build_shelf(atlas)) if isinstance(route, Route | Mount)
    ]


def addresses_of(paper: str) -> set[str]:
    """The addresses in the first cells of a paper's tables; `.json` continues the one before."""
    found: set[str] = set()
    for first, *_ in cells(read(paper)):
        stem = ""
        for text in quoted(first):
            if text.startswith("/"):
                stem = text.rpartition(".")[0]
                found.add(text)
            elif stem and text.startswith("."):
                found.add(stem + text)
    return found


def test_every_route_is_in_the_reference() -> None:
    named = addresses_of("docs/reference.md")
    for route in served():
        start = route.path.partition("{")[0]
        if isinstance(route, Mount) or start in {"/assets/", "/geo/"}:
            start = "/" + route.path.split("/")[1] + "/"
        assert any(address.startswith(start) for address in named), route.path


def test_every_kind_of_file_is_in_the_reference() -> None:
    named = addresses_of("docs/reference.md")
    for kind in KINDS:
        form = kind.rpartition(".")[2]
        assert {f"/{kind}", f"/export/{kind}", f"/api/v1/values.{form}"} & named, kind


def test_every_address_of_the_reference_is_served() -> None:
    for address in addresses_of("docs/reference.md") - {"/assets/…", "/geo/…", "/editions/…"}:
        scope = {"type": "http", "path": address, "method": "GET", "headers": []}
        assert any(route.matches(scope)[0].value for route in served()), address


def test_every_parameter_is_in_the_reference() -> None:
    named = {text for row in cells(read("docs/reference.md")) for text in quoted(row[0])}
    beside = {text.partition("=")[0] for text in quoted(read("docs/reference.md"))}
    assert set(PARAMETERS) <= named
    assert {name for page in PAGES.values() for name in page.keeps.names} <= named
    assert RESERVED - {"embed_options"} <= beside


def test_every_setting_of_the_environment_is_in_the_reference() -> None:
    named = set(quoted(read("docs/reference.md")))
    code = [ROOT / "app.py", *(ROOT / "geo").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    settings = {
        name
        for path in code
        for name in re.findall(r"\bMERIDA_ATLAS_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }
    assert settings
    assert settings <= named


def test_what_a_field_may_hold_is_what_the_check_allows() -> None:
    told = read("docs/reference.md").partition("## What a field may hold")[2].partition("## ")[0]
    rows = cells(told)[1:]
    files = [row[0] for row in rows if row[0].startswith("`data/")]
    wanted = []
    for resource in read_package()["resources"]:
        if f"`data/{resource['path']}`" in files:
            wanted.append([f"`data/{resource['path']}`", ""])
            wanted += [[f"`{f['name']}`", allowed_words(f)] for f in resource["schema"]["fields"]]
    assert len(files) >= 4
    assert sorted(rows) == sorted(wanted)


def test_every_target_of_make_is_in_the_reference_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", read("Makefile"), re.MULTILINE))
    named = {
        text.removeprefix("make ")
        for row in cells(read("docs/reference.md"))
        for text in quoted(row[0])
        if text.startswith("make ")
    }
    assert named == targets


def test_every_command_and_option_of_the_shell_is_in_the_reference() -> None:
    rows = {row[0].strip("`"): row[1] for row in cells(read("docs/reference.md"))}
    subcommands = next(
        action.choices for action in _parser()._actions if isinstance(action.choices, dict)
    )
    for name, parser in subcommands.items():
        told = rows[f"python -m geo {name}"]
        for action in parser._actions:
            options = [text for text in action.option_strings if text.startswith("--")]
            assert not options or options[-1] == "--help" or f"`{options[-1]}`" in told, options
    for program, script in (("python app.py", "serve.py"), ("python -m geo.build", "__main__.py")):
        folder = "server" if script == "serve.py" else "build"
        options = re.findall(r'add_argument\(\s*"(--[a-z-]+)"', read(f"geo/{folder}/{script}"))
        assert options
        assert all(f"`{option}`" in rows[program] for option in options)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    missing = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)", text)
        if "://" not in target and not (paper.parent / target).exists()
    ]
    for name in quoted(text):
        if name in MADE or any(sign in name for sign in "<…* =?"):
            continue
        if re.fullmatch(r"(?:geo|pages|tests|data|docs|\.ci|\.streamlit)/[\w./-]*", name):
            if not (ROOT / name).exists():
                missing.append(name)
        elif re.fullmatch(r"geo(?:\.\w+)+", name) and not resolves(name):
            missing.append(name)
    assert not missing


def resolves(name: str) -> bool:
    """Whether a dotted name is a module of the house, or something in one."""
    module = module_of(name)
    found: object = importlib.import_module(module)
    for part in name.removeprefix(module).split("."):
        if part:
            found = getattr(found, part, None)
    return found is not None


def test_the_floors_of_the_paper_are_those_of_the_test() -> None:
    rows = [row for row in cells(read("docs/architecture.md")) if row[0].isdigit()]
    told = [{name.removesuffix(".py") for name in quoted(room)} for _, room, _ in rows]
    assert told == list(reversed(FLOORS))


def test_the_walks_climb_and_never_turn_back() -> None:
    walks = read("docs/architecture.md").partition("## Three walks")[2].partition("\n## ")[0]
    told = walks.split("\n### ")[1:]
    assert len(told) == 3
    for walk in told:
        rooms = [room_of(name) for name in quoted(walk) if re.match(r"(?:geo|pages)\.", name)]
        floors = [floor_of(room) for room in rooms]
        assert len(set(floors)) >= 5
        assert floors == sorted(floors), rooms


def test_the_glossary_is_in_order_and_says_a_word_once() -> None:
    terms = [row[0].casefold() for row in cells(read("docs/glossary.md"))][1:]
    assert len(terms) >= 30
    assert terms == sorted(set(terms))
