"""The card under a link: how long a crawler waits for it, and how large it is."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from random import Random
from urllib.parse import urlsplit

from tests.bench.apps import ATLAS
from tests.bench.crowd import SEED, random_view


@dataclass(frozen=True)
class Cards:
    """Milliseconds of cards never asked for before, of the same again, and the largest in KB."""

    cold: list[float]
    warm: list[float]
    largest: float


def measure_cards(count: int) -> Cards:
    """Ask for `count` cards, then for each again, over one connection to a running server."""
    chance = Random(SEED)
    queries = list(dict.fromkeys(random_view(chance) for _ in range(count + 1)))
    with ATLAS.server() as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc)

        def ask(query: str) -> tuple[float, int]:
            started = time.perf_counter()
            connection.request("GET", f"/card.png?{query}")
            answer = connection.getresponse()
            size = len(answer.read())
            if answer.status != 200:
                raise RuntimeError(f"the card of {query} answered {answer.status}")
            return 1000 * (time.perf_counter() - started), size

        ask(queries.pop())  # The first one loads the library that draws.
        cold = [ask(query) for query in queries]
        warm = [ask(query) for query in queries]
    return Cards(
        [took for took, _ in cold], [took for took, _ in warm], max(size for _, size in cold) / 1000
    )
