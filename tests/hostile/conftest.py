"""What hostile tests share: a server to be tried, and a sound answer, to be made unsound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.server.content_policy import ALWAYS, POLICY
from tests.conftest import asked_by_a_test
from tests.hostile.wire import Got, Sent, faults
from tests.serving import AtlasServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture(scope="session")
def attacked() -> Iterator[AtlasServer]:
    """A server that only these tests ask, of one process, so that each view is made once."""
    with AtlasServer(processes=1) as running:
        yield running


@pytest.fixture
def attacked_url(attacked: AtlasServer, request: pytest.FixtureRequest) -> Iterator[str]:
    """Its base URL."""
    yield from asked_by_a_test(attacked, request)


@pytest.fixture
def whole_answer() -> Callable[..., list[str]]:
    """The faults of a sound answer with some of it changed."""

    def found(**change: Any) -> list[str]:
        headers = {**ALWAYS, POLICY: "x", "content-length": "3", "cache-control": "public"}
        if "cookie" in change:
            headers["set-cookie"] = change.pop("cookie")
        given = {"status": 200, "headers": headers, "raw": b"all", "body": b"all", **change}
        return faults(Sent("GET", "/", (("Host", "evil.example"),)), Got(**given))

    return found
