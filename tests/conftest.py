"""For every test: how far property tests look, and the app as a reader gets it.

`quick` draws the same few examples in every run, without a limit of time, so that a failure is a
fault of the code and not of the day. `thorough` (`make test-thorough`) draws many, new each time.
"""

from __future__ import annotations

import gc
import os
from importlib import import_module
from pkgutil import walk_packages
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

import geo.atlas
import geo.equity
import geo.scene
from tests.hostile.record import Met, table, tally
from tests.serving import AHEAD, ROOT, StreamlitServer, atlas_server

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from _pytest.terminal import TerminalReporter

settings.register_profile("quick", max_examples=15, derandomize=True, deadline=None, database=None)
settings.register_profile("thorough", max_examples=500, deadline=None, database=None)
settings.load_profile("quick")

FIRST = (ROOT / "tests" / "test_layers.py", ROOT / "tests" / "server" / "test_seams.py")
"""Run before all others: in seconds they tell of what would fail everywhere else."""

STORE = "ATLAS_TESTS_MADE"
"""Environment variable: the folder where the workers of a run keep files (`tests/made.py`)."""

OUTCOME = pytest.StashKey[dict[str, pytest.TestReport]]()


MEASURED = (
    "tests/atlas/",
    "tests/chapters/background/",
    "tests/chapters/methods/",
    "tests/chapters/sites/",
    "tests/equity/",
    "tests/hostile/test_editor.py",
    "tests/scene/",
    "tests/test_counted.py",
)
"""Tests of what is counted and judged, whose coverage is measured. No others: it makes a test half
as slow again, and what they pass through by the way would hide what these leave untried.
"""


def pytest_configure(config: pytest.Config) -> None:
    """Gives the run a folder for what its workers share, and tells them and all servers that they
    begin: workers inherit the name of the folder, servers make nothing that no test asks for.
    """
    if not hasattr(config, "workerinput"):
        folder = TemporaryDirectory(prefix="atlas-tests-made-")
        config.add_cleanup(folder.cleanup)
        os.environ[STORE] = folder.name
        os.environ[AHEAD] = "no"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Collects unmeasured and keeps what it makes out of the garbage collector's sight for good.

    What is measured is imported before and the data are read, so that counts all the same.
    """
    if session.config.pluginmanager.hasplugin("dsession"):
        return (yield)  # This process only hands out the tests.
    for package in (geo.atlas, geo.equity, geo.scene):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    geo.atlas.load_atlas()
    measure(session.config, on=False)
    if coverage := controller_of(session.config):
        # In a worker pytest-cov starts one, and then another in its place: when that one pauses,
        # the first would trace every line of every test.
        while hanging := type(coverage.cov).current():
            hanging.stop()
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    return collected


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the floor plan and the seams to Streamlit before everything else."""
    items.sort(key=lambda item: item.path not in FIRST)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measures the coverage of a test with its fixtures where it counts."""
    measure(item.config, on=item.nodeid.startswith(MEASURED))
    return (yield)


def controller_of(config: pytest.Config) -> Any:
    """What measures coverage for pytest-cov; None where nobody asked for it."""
    plugin = config.pluginmanager.getplugin("_cov")
    return plugin and plugin.cov_controller


def measure(config: pytest.Config, *, on: bool) -> None:
    """Lets pytest-cov, where it is asked for, go on or pause until it is told otherwise."""
    controller = controller_of(config)
    if controller and controller.started != on:
        (controller.resume if on else controller.pause)()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets a fixture's teardown see whether its test failed."""
    report = yield
    item.stash.setdefault(OUTCOME, {})[report.when] = report
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Prints what the hostile tests tried and what each try met."""
    reports = [one for some in terminalreporter.stats.values() for one in some]
    lines = table(tally(one for one in reports if isinstance(one, pytest.TestReport)))
    if lines:
        terminalreporter.section("tried by tests/hostile, and what each met")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture
def met(request: pytest.FixtureRequest) -> Met:
    """Takes down what a hostile test tried and what it met, for the table at the end of the run."""
    return Met(request.node)


@pytest.fixture(scope="session")
def atlas_process() -> Iterator[StreamlitServer]:
    """The running app as `make run` serves it: one server for each worker of a run.

    A run of a page takes turns with the others of its server: where all workers asked one, a check
    of a contribution kept a press of another test's waiting for longer than a reader is led to what
    it opened.
    """
    if not (ROOT / "app.py").exists():
        pytest.fail("there is no app.py to serve")
    with atlas_server() as running:
        yield running


@pytest.fixture
def server(atlas_process: StreamlitServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """Base URL of the running app."""
    yield from asked_by_a_test(atlas_process, request)


def asked_by_a_test(running: StreamlitServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """Base URL of a server; a failing test shows what the server logged meanwhile."""
    running.leave_log()
    yield running.url
    report = request.node.stash.get(OUTCOME, {}).get("call")
    if report is not None and report.failed:
        said = running.log().strip()
        report.sections.append(("server log", said or "(the server logged nothing)"))
