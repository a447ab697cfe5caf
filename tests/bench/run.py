"""`make bench`: measure this app beside the ordinary way and an empty Streamlit page.

    python tests/bench/run.py             everything, half an hour; writes its file
    python tests/bench/run.py click       one part or several (PARTS), only printed

Each part runs the apps in turns on the same machine, at the same time, on the same geometry.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

# Run as a script, Python looks in tests/bench first; the packages are found from the root.
sys.path[0] = str(Path(__file__).resolve().parent.parent.parent)

from tests.bench import attack, crowd, equity, fleet, memory, report
from tests.bench.apps import ATLAS, EMPTY, ORDINARY, STATIC, available
from tests.bench.cards import measure_cards
from tests.bench.clicks import measure_changes, measure_layers
from tests.bench.loads import measure_reloads, measure_starts
from tests.bench.phone import measure_first_maps
from tests.chromium import chromium
from tests.serving import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PHONE_TURNS = 5
"""Each takes some ten seconds."""
CARDS = 20
PARTS = (
    "click",
    "layers",
    "start",
    "reload",
    "phone",
    "readers",
    "memory",
    "equity",
    "cards",
    "attack",
    "fleet",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("-n", type=int, default=15, help="counted repetitions (default 15)")
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60, help="how long the readers stay")
    parser.add_argument("--changes", type=int, default=10_000, help="of the long memory run")
    parser.add_argument("--only", choices=["atlas"], help="leave the other apps out")
    asked = parser.parse_args()
    unknown = set(asked.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))} (there are {', '.join(PARTS)})")
    parts = asked.parts or PARTS

    apps = [app for app in available() if asked.only in (None, app.name)]
    results = report.Results()
    failed: list[str] = []

    @contextmanager
    def part(name: str) -> Iterator[bool]:
        """A part that fails is told, and does not take with it what the others measured."""
        try:
            yield name in parts
        except Exception:
            failed.append(name)
            traceback.print_exc()

    with chromium() as browser:
        results.browser_version = browser.version
        with part("click") as wanted:
            if wanted:
                results.changes = measure_changes(browser, apps, asked.n)
        with part("layers") as wanted:
            if wanted and ATLAS in apps:
                results.layers = measure_layers(browser, asked.n)
        with part("start") as wanted:
            if wanted:
                results.starts = measure_starts(browser, apps, asked.n)
        with part("reload") as wanted:
            if wanted:
                results.reloads = measure_reloads(browser, apps, asked.n)
        with part("phone") as wanted:
            if wanted:
                beside = [] if asked.only else [STATIC]
                turns = min(asked.n, PHONE_TURNS)
                results.first_maps = measure_first_maps(browser, [*apps, *beside], turns)
    with part("cards") as wanted:
        if wanted:
            results.cards = measure_cards(CARDS)
    with part("readers") as wanted:
        for app in apps if wanted else ():
            if app is not EMPTY:
                results.crowds[app.name] = crowd.run(app, asked.readers, asked.seconds)
    with part("memory") as wanted:
        if wanted and {ATLAS, EMPTY} <= set(apps):
            results.memory = memory.measure(asked.changes)
    with part("equity") as wanted:
        if wanted:
            results.equity = equity.measure()
    with part("attack") as wanted:
        if wanted:
            results.attack = attack.measure()
    with part("fleet") as wanted:
        if wanted:
            results.fleet = fleet.measure()
    table = report.markdown(results)
    print(table)
    if failed:
        sys.exit(f"Not measured, see above: {', '.join(failed)}. BENCHMARK.md was not written.")
    if set(parts) == set(PARTS) and {ATLAS, ORDINARY, EMPTY} <= set(apps):
        (ROOT / "docs" / "benchmark" / "BENCHMARK.md").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
