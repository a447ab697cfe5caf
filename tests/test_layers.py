"""The floor plan: which room may use which, in seconds and before anything else runs.

The order stands in `FLOORS`, and in words in `docs/architecture.md`. Imports inside functions count
like any other, and so do modules that are named in a string.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.serving import ROOT

FLOORS = (
    {"geo.language", "geo.policy", "geo.errors", "geo.paths"},
    {"geo.view", "geo.reading"},
    {"geo.atlas"},
    {"geo.scene", "geo.contribution"},
    {"geo.words", "geo.drawing", "geo.equity"},
    {"geo.chapters", "geo.paper"},
    {"geo.share", "geo.briefing"},
    {"geo.first"},
    {"geo.edition"},
    {"pages", "geo.server"},
    {"app", "geo.__main__"},
)
"""From the ground up: a room may use what stands on a lower floor, and none beside it."""

BESIDE = {
    "geo.build": {
        *("geo.atlas", "geo.language", "geo.reading", "geo.policy", "geo.errors", "geo.paths"),
        *("geo.equity", "geo.briefing"),  # Whose files an editor's check reads as they do.
        "geo.contribution",  # Whose rows it adds.
    }
}
"""A room beside the house: what it may use. Nobody may use it but the shell."""

SHELL = "geo.__main__"

CHAPTERS_THAT_KNOW_ANOTHER = {
    ("bar", "contents"),
    ("closer", "map"),
    ("methods", "evidence"),
    ("contribute", "evidence"),
}
"""The tools stand on the Map page, how a verdict is made in Data and methods, and a contribution is
told what it would change of the verdicts."""

EQUITY = (
    {"indices"},
    {"chance", "bounds", "rebalance"},
    {"groups", "rankings", "told_twice", "summary", "bounded", "claims", "recapture"},
)
"""Inside equity likewise, but that those on the last line may use each other."""

LOOSE = {"__init__", "__main__", "errors", "paths", "policy"}
"""Modules that stand in `geo/` itself."""

DOTTED = re.compile(r"^(?:(?:geo|pages)(?:\.\w+)+|app:\w+)$")


def name_of(path: Path) -> str:
    """The dotted name of a module, that of the folder for its `__init__`."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


@cache
def modules() -> dict[str, Path]:
    paths = [ROOT / "app.py", *(ROOT / "pages").rglob("*.py"), *(ROOT / "geo").rglob("*.py")]
    return {name_of(path): path for path in sorted(paths)}


@cache
def packages() -> frozenset[str]:
    return frozenset(name for name, path in modules().items() if path.stem == "__init__")


def used_in(source: str) -> set[str]:
    """What a module's text names: `from a import b` gives `a.b`, a string `"a.b"` likewise."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute here"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and DOTTED.match(node.value)
        ):
            found.add(node.value.partition(":")[0])
    return found


def module_of(name: str) -> str:
    """The module that a used name stands in: the name itself, or what stands before its end."""
    while name and name not in modules():
        name = name.rpartition(".")[0]
    return name


@cache
def arrows() -> dict[str, set[str]]:
    """Module → the modules of the house that it uses."""
    found: dict[str, set[str]] = {}
    for name, path in modules().items():
        used = {module_of(used) for used in used_in(path.read_text(encoding="utf-8"))}
        # The root's face is for a notebook, and holds the version; who names it uses no more.
        found[name] = used - {"", name, "geo"}
    return found


def room_of(module: str) -> str:
    """`geo.words` for a module of it, `pages` for a page, and a loose module itself."""
    first, _, rest = module.partition(".")
    return first if first != "geo" else f"geo.{rest.split('.')[0]}"


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def breaches() -> list[str]:
    """Every arrow that runs up, or to a room on the same floor."""
    found = []
    for module, used in arrows().items():
        mine = room_of(module)
        if module == "geo":
            continue
        for other in used:
            theirs = room_of(other)
            if mine == theirs:
                continue
            if theirs in BESIDE:
                wrong = mine != SHELL
            elif mine in BESIDE:
                wrong = theirs not in BESIDE[mine]
            else:
                wrong = floor_of(theirs) >= floor_of(mine)
            if wrong:
                found.append(f"{module} uses {other}")
    return found


def test_every_module_has_a_room_in_the_plan() -> None:
    planned = set().union(*FLOORS) | set(BESIDE) | {"geo"}
    rooms = {room_of(module) if module != "geo" else "geo" for module in modules()}
    assert rooms == planned


def test_a_room_uses_only_what_stands_on_a_lower_floor() -> None:
    assert not breaches()


def test_two_loose_modules_beside_the_doors_stand_in_geo_itself() -> None:
    assert {path.stem for path in (ROOT / "geo").glob("*.py")} == LOOSE


def test_no_modules_use_each_other_in_a_circle() -> None:
    try:
        TopologicalSorter(arrows()).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' → '.join(error.args[1])}")


def test_a_package_is_used_through_its_face() -> None:
    found = []
    for module, used in arrows().items():
        for other in used:
            if other in packages() or other.count(".") < 2:
                continue
            package = other.rpartition(".")[0]
            if module != package and not module.startswith(package + "."):
                found.append(f"{module} uses {other}: import it from {package}")
    assert not found


def test_a_face_says_what_it_is_and_no_name_of_it_hides_a_module() -> None:
    faults = []
    for name in packages():
        path = modules()[name]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        shown = {
            alias.asname or alias.name
            for node in tree.body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        inside = {p.stem for p in path.parent.glob("*.py")} | {
            p.name for p in path.parent.iterdir() if p.is_dir()
        }
        faults += [f"{name}: {each} hides the module of that name" for each in shown & inside]
        if not ast.get_docstring(tree):
            faults.append(f"{name} does not say what it is")
    assert not faults


def test_a_face_shows_nothing_that_nobody_uses() -> None:
    wanted: set[str] = set()
    for path in [*modules().values(), *(ROOT / "tests").rglob("*.py")]:
        wanted |= used_in(path.read_text(encoding="utf-8"))
    unused = [
        f"{package}: {shown}"
        for package in packages() - {"geo", "geo.equity.indices"}
        for shown in used_in(modules()[package].read_text(encoding="utf-8"))
        if f"{package}.{shown.rpartition('.')[2]}" not in wanted
    ]
    assert not unused


def test_chapters_do_not_know_each_other() -> None:
    found = [
        f"{module} uses {other}"
        for module, used in arrows().items()
        if module.startswith("geo.chapters.") and module != "geo.chapters.contents"
        for other in used
        if other.startswith("geo.chapters.")
        and (pair := (module.split(".")[2], other.split(".")[2]))[0] != pair[1]
        and pair not in CHAPTERS_THAT_KNOW_ANOTHER
    ]
    assert not found


def test_inside_equity_what_measures_stands_under_what_judges() -> None:
    def line(module: str) -> int:
        part = module.split(".")[2]
        return next(number for number, parts in enumerate(EQUITY) if part in parts)

    last = len(EQUITY) - 1
    found = [
        f"{module} uses {other}"
        for module, used in arrows().items()
        if module.startswith("geo.equity.")
        for other in used
        if other.startswith("geo.equity.")
        and module.split(".")[2] != other.split(".")[2]
        and (line(other) > line(module) or line(other) == line(module) < last)
    ]
    assert not found


def test_imports_in_functions_and_modules_named_in_strings_are_seen() -> None:
    source = (
        "from geo.view import View\n"
        "def late():\n    import geo.atlas.crs\n"
        "    return importlib.import_module('geo.server')\n"
    )
    assert used_in(source) == {"geo.view.View", "geo.atlas.crs", "geo.server"}


def test_an_arrow_that_runs_up_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    up = defaultdict[str, set[str]](set) | {"geo.view.view": {"geo.server.serve"}}
    monkeypatch.setattr("tests.test_layers.arrows", lambda: up)
    assert breaches() == ["geo.view.view uses geo.server.serve"]
