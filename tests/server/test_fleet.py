"""Two replicas behind the balancer and the cache of `deploy/`: what befalls one befalls no reader.

Real processes and real sockets; without HAProxy, or nginx, the tests are skipped.
"""

from __future__ import annotations

import re
import shutil
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.bench.returning import Returned, attend
from tests.copied_app import copy_app
from tests.fleet import QUICK, Balancer, Edge, Replica
from tests.own_loop import run_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

READERS = 10


@contextmanager
def fleet(*replicas: Replica) -> Iterator[Balancer]:
    if not shutil.which("haproxy"):
        pytest.skip("haproxy is not on this machine")
    first, second = replicas
    with first, second, Balancer(replicas, QUICK) as balancer:
        yield balancer


def met(balancer: Balancer, happens: Callable[[], object]) -> Returned:
    """What readers meet while something happens, some seconds after they came."""
    found: Returned = run_apart(attend(balancer.url, READERS, 4, happens, period=1))
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


def test_a_replica_that_is_killed_takes_no_reader_with_it() -> None:
    first, second = Replica(), Replica()
    with fleet(first, second) as balancer:
        assert 0 < met(balancer, first.kill).returns < READERS


def test_a_version_is_rolled_back_one_replica_after_the_other_and_every_view_comes_back(
    later: Path,
) -> None:
    first, second = Replica(later), Replica(later)
    before = Replica(), Replica()
    with fleet(first, second) as balancer:
        page = fetched(f"{balancer.url}/")[1]

        def roll_back() -> None:
            for replica, one_before in zip((first, second), before, strict=True):
                replica.replace(one_before)

        try:
            assert met(balancer, roll_back).returns >= READERS
            assert fetched(f"{balancer.url}/")[1] != page
        finally:
            for one in before:
                one.stop()


def fetched(url: str) -> tuple[int, bytes, str]:
    """Status, body, and what the cache says it did."""
    try:
        with urllib.request.urlopen(url, timeout=60) as got:
            return got.status, got.read(), got.headers.get("etag", "")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), ""


def hashed_in(page: bytes) -> list[str]:
    """Addresses of hashed files that a page names."""
    return sorted(set(re.findall(r"/(?:assets|geo)/[\w-]+\.[0-9a-f]{12}\.\w+", page.decode())))


class TestTwoVersions:
    def test_a_balancer_finds_the_files_of_either_page(self, later: Path) -> None:
        with fleet(Replica(), Replica(later)) as balancer:
            pages = {fetched(f"{balancer.url}/")[1] for _ in range(4)}
            assert len(pages) == 2
            for address in {one for page in pages for one in hashed_in(page)}:
                for _ in range(4):
                    assert fetched(balancer.url + address)[0] == 200, address
            assert fetched(f"{balancer.url}/assets/pages.000000000000.js")[0] == 404

    def test_what_is_kept_is_found_by_who_comes_after(self, later: Path, tmp_path: Path) -> None:
        with Replica(keep=tmp_path) as before:
            page = fetched(f"{before.url}/")[1]
        with Replica(later, keep=tmp_path) as after:
            assert fetched(f"{after.url}/")[1] != page
            assert hashed_in(page)
            for address in hashed_in(page):
                assert fetched(after.url + address)[0] == 200, address


def test_a_cache_gives_out_pages_for_all_and_goes_on_where_nobody_answers() -> None:
    if not shutil.which("nginx"):
        pytest.skip("nginx is not on this machine")
    with Replica() as only, Edge([only.port]) as edge:
        addresses = ("/", "/?lang=es&measure=usd", "/api/v1/values.csv", "/card.png")
        first = [fetched(edge.url + address) for address in addresses]
        assert [status for status, _, _ in first] == [200] * len(addresses)
        assert fetched(f"{edge.url}/healthz")[0] == 200
        found = run_apart(attend(edge.url, 2, 5, period=1))
        assert found.lost == 0, found
        assert found.changes > 0, found
        only.kill()
        assert [fetched(edge.url + address) for address in addresses] == first
        # What is asked anew each time is not given out of a cache.
        assert fetched(f"{edge.url}/healthz")[0] >= 500
        assert fetched(f"{edge.url}/?measure=activities")[0] >= 500
