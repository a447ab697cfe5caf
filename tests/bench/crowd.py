"""Two hundred readers at once, over real websockets, from a process of their own.

    python -m tests.bench.crowd URL APP READERS SECONDS     prints one line of JSON

Readers arrive at moments spread evenly by chance over the first ARRIVALS seconds. Each opens a
view of its own and changes it every PERIOD seconds (give or take a fifth) until the end.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.bench.socket_reader import SocketReader
from tests.serving import ROOT

if TYPE_CHECKING:
    from tests.bench.apps import App

ARRIVALS = 10.0
PERIOD = 5.0
SEED = 2007
VIEWS = {
    "measure": ("activities", "usd"),
    "evidence": ("documented", "attributed"),
    "split": ("equal", "population", "homicides"),
    "per": ("none", "population", "homicides", "poverty"),
    "weak": ("exclude", "include"),
    "found": ("all", "systematic", "systematic2", "targeted"),
    "pillar": ("1", "2", "3", "4", "5"),
    "scheme": ("jenks", "quantiles", "equal", "log"),
    "k": ("3", "4", "5", "6", "7"),
    "state": tuple(f"{code:02d}" for code in range(1, 33)),
    "lang": ("en", "es"),
}


@dataclass(frozen=True)
class Crowd:
    """What the readers met. Times in milliseconds."""

    readers: int
    failed: int
    """Readers who met a failure; a reader leaves at the first."""
    changes: int
    open_p50: float
    open_p95: float
    change_p50: float
    change_p95: float
    why: str = ""


def random_view(chance: random.Random) -> str:
    """A query string that spells three choices of the atlas's view, drawn by chance."""
    picked = chance.sample(sorted(VIEWS), 3)
    return "&".join(f"{name}={chance.choice(VIEWS[name])}" for name in picked)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that a `share` of the values do not exceed; NaN without values."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


async def _stay(
    url: str,
    app: str,
    number: int,
    seconds: float,
    met: dict[str, list[float]],
    failures: Counter[str],
) -> None:
    chance = random.Random(SEED + number)
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    await asyncio.sleep(chance.uniform(0, min(ARRIVALS, seconds / 2)))
    try:
        query = random_view(chance) if app == "atlas" else ""
        async with SocketReader(url, query, chance, ahead=app == "atlas") as reader:
            met["open"].append(await reader.open())
            while True:
                pause = PERIOD * chance.uniform(0.8, 1.2)
                if clock() + pause > end:
                    break
                await asyncio.sleep(pause)
                met["change"].append(await reader.change())
    except Exception as error:
        failures[f"{type(error).__name__}: {error}"[:200]] += 1


async def attend(url: str, app: str, readers: int, seconds: float) -> Crowd:
    """Let `readers` stay with the app at `url` for `seconds`, and tell what they met."""
    met: dict[str, list[float]] = {"open": [], "change": []}
    failures: Counter[str] = Counter()
    async with asyncio.TaskGroup() as group:
        for number in range(readers):
            group.create_task(_stay(url, app, number, seconds, met, failures))
    opened = [1000 * t for t in met["open"]]
    changed = [1000 * t for t in met["change"]]
    return Crowd(
        readers,
        failures.total(),
        len(changed),
        percentile(opened, 0.5),
        percentile(opened, 0.95),
        percentile(changed, 0.5),
        percentile(changed, 0.95),
        "; ".join(f"{n} × {why}" for why, n in failures.most_common(3)),
    )


def run(app: App, readers: int, seconds: float) -> Crowd:
    """Serve `app`, open it once, then let the readers in from another process."""
    with app.server() as server:
        command = [sys.executable, "-m", "tests.bench.crowd", server.url, app.name]
        # One reader first, and not counted: what is loaded once is loaded.
        for count, stay in ((1, 7.0), (readers, seconds)):
            answer = subprocess.run(
                [*command, str(count), str(stay)],
                cwd=ROOT,
                check=True,
                capture_output=True,
                text=True,
            )
    return Crowd(**json.loads(answer.stdout.splitlines()[-1]))


if __name__ == "__main__":
    url, name, count, stay = sys.argv[1:]
    outcome = asyncio.run(attend(url, name, int(count), float(stay)))
    print(json.dumps(vars(outcome)))
