"""What hostile tests share: a sound answer, to be made unsound in one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from geo.server.content_policy import ALWAYS, POLICY
from tests.hostile.wire import Got, Sent, faults

if TYPE_CHECKING:
    from collections.abc import Callable


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
