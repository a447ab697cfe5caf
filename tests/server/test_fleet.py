"""Two replicas behind the balancer and the cache of `deploy/`: what befalls one befalls no reader.

Real processes and real sockets. Without HAProxy all are skipped, without nginx that of the cache.
"""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import pytest

from tests.bench.returning import Returned, attend
from tests.copied_app import copy_app
from tests.fleet import QUICK, Balancer, Edge, Replica
from tests.own_loop import run_apart
from tests.serving import PATIENCE, comes_about

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

READERS = 6


def met(balancer: Balancer, happens: Callable[[], object]) -> Returned:
    """What readers meet while something happens, some seconds after they came."""
    found: Returned = run_apart(attend(balancer.url, READERS, 4, happens, period=1, limit=PATIENCE))
    assert found.lost == 0, found
    assert found.other_views == 0, found
    assert found.changes > READERS, found
    return found


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program with another script of its pages."""
    app = copy_app(tmp_path_factory.mktemp("later"))
    script = app / "geo" / "assets" / "page.js"
    script.write_text(script.read_text(encoding="utf-8") + "// later\n", encoding="utf-8")
    return app


def fetched(url: str) -> tuple[int, bytes, str]:
    """Status, body, and what the cache says it did."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as got:
            return got.status, got.read(), got.headers.get("etag", "")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), ""


def replica_of_a_tab(balancer: Balancer) -> str:
    """The replica that the balancer gives to somebody who opens a tab, as its cookie names it."""
    with urllib.request.urlopen(f"{balancer.url}/_stcore/health", timeout=PATIENCE) as got:
        return str(got.headers["set-cookie"]).partition(";")[0]


def hashed_in(page: bytes) -> list[str]:
    """Addresses of hashed files that a page names."""
    return sorted(set(re.findall(r"/(?:assets|geo)/[\w-]+\.[0-9a-f]{12}\.\w+", page.decode())))


@dataclass
class RolledBack:
    """Two replicas of the later version, each replaced by one of the version before.

    Nothing is kept by the first of the version before. The second finds what those of the later
    version have kept.
    """

    replicas: tuple[Replica, Replica]
    balancer: Balancer
    pages: tuple[bytes, bytes]
    """The page at first, and at last."""
    found: Returned
    between: dict[str, list[int]]
    """What the balancer answered each file of either page while there were both, asked often."""
    never: int
    """What it then answered a file of no page."""


@pytest.fixture(scope="module")
def rolled_back(later: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RolledBack]:
    if not shutil.which("haproxy"):
        pytest.skip("haproxy is not on this machine")
    kept = tmp_path_factory.mktemp("kept")
    first, second = Replica(later, keep=kept), Replica(later, keep=kept)
    before = Replica(), Replica(keep=kept)
    between: dict[str, list[int]] = {}
    never: list[int] = []
    with ExitStack() as stack:
        for one in (first, second):
            stack.enter_context(one)
        balancer = stack.enter_context(Balancer((first, second), QUICK))
        for one in before:
            stack.callback(one.stop)
        page = fetched(f"{balancer.url}/")[1]

        pages: set[bytes] = set()
        times = count()

        def both_answer() -> bool:
            pages.add(fetched(f"{balancer.url}/")[1])
            return len(pages) == 2

        def asked(address: str) -> int:
            # Each time by an address that the balancer's cache does not have.
            return fetched(f"{balancer.url}{address}?{next(times)}")[0]

        def roll_back() -> None:
            first.replace(before[0])
            assert comes_about(both_answer)
            # The balancer looks at each replica twice: for pages, and for what they name.
            new = hashed_in(fetched(f"{before[0].url}/")[1])
            assert comes_about(lambda: all(asked(address) == 200 for address in new))
            for address in {one for page in pages for one in hashed_in(page)}:
                between[address] = [asked(address) for _ in range(4)]
            never.append(fetched(f"{balancer.url}/assets/pages.000000000000.js")[0])
            second.replace(before[1])

        found = met(balancer, roll_back)
        last = fetched(f"{balancer.url}/")[1]
        yield RolledBack(before, balancer, (page, last), found, between, *never)


def test_a_version_is_rolled_back_one_replica_after_the_other_and_every_view_comes_back(
    rolled_back: RolledBack,
) -> None:
    assert rolled_back.found.returns >= READERS
    assert rolled_back.pages[0] != rolled_back.pages[1]


def test_a_replica_that_is_killed_takes_no_reader_with_it(rolled_back: RolledBack) -> None:
    balancer, replicas = rolled_back.balancer, rolled_back.replicas
    for one in replicas:
        one.be_up()
    told: set[str] = set()

    def both_take_readers() -> bool:
        told.add(replica_of_a_tab(balancer))
        return len(told) == 2

    assert comes_about(both_take_readers)
    assert 0 < met(balancer, replicas[0].kill).returns < READERS


class TestTwoVersions:
    def test_a_balancer_finds_the_files_of_either_page(self, rolled_back: RolledBack) -> None:
        assert len(rolled_back.between) > len(hashed_in(rolled_back.pages[0]))
        assert {status for some in rolled_back.between.values() for status in some} == {200}
        assert rolled_back.never == 404

    def test_what_is_kept_is_found_by_who_comes_after(self, rolled_back: RolledBack) -> None:
        _, keeps = rolled_back.replicas
        keeps.be_up()
        page, its_own = rolled_back.pages
        gone = set(hashed_in(page)) - set(hashed_in(its_own))
        assert gone
        for address in gone:
            assert fetched(keeps.url + address)[0] == 200, address


def test_a_cache_gives_out_pages_for_all_and_goes_on_where_nobody_answers(
    rolled_back: RolledBack,
) -> None:
    if not shutil.which("nginx"):
        pytest.skip("nginx is not on this machine")
    _, only = rolled_back.replicas
    only.be_up()
    with Edge([only.port]) as edge:
        addresses = ("/", "/?lang=es&measure=usd", "/api/v1/values.csv", "/card.png")
        first = [fetched(edge.url + address) for address in addresses]
        assert [status for status, _, _ in first] == [200] * len(addresses)
        assert fetched(f"{edge.url}/healthz")[0] == 200
        found = run_apart(attend(edge.url, 2, 5, lambda: None, period=1, limit=PATIENCE))
        assert found.lost == 0, found
        assert found.changes > 0, found
        only.kill()
        assert [fetched(edge.url + address) for address in addresses] == first
        # What is asked anew each time is not given out of a cache.
        assert fetched(f"{edge.url}/healthz")[0] >= 500
        assert fetched(f"{edge.url}/?measure=activities")[0] >= 500
