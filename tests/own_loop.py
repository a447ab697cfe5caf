"""Coroutines in a test: Playwright keeps a loop running in the thread the tests run in."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine


def run_apart(story: Coroutine[Any, Any, Any]) -> Any:
    """What the coroutine returns, run in a loop and a thread of its own."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, story).result()
