"""The apps under comparison: how each is served, and where a reader clicks."""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.serving import ROOT, StreamlitServer, atlas_server

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HERE = Path(__file__).resolve().parent
AS_IT_COMES = {"server.headless": "true", "browser.gatherUsageStats": "false"}
"""All that is changed in Streamlit's own settings: no window opens, no outside host is asked."""


@dataclass(frozen=True)
class App:
    """One app: `name`, how to start it, and what a reader of it does."""

    name: str
    signature: str
    """Which of probe.js's signatures tells what this app shows."""
    control: str
    """CSS selector of the control that is clicked for a change."""
    first: str
    """The signature that tells that its first map, or text, is there."""

    def server(self) -> StreamlitServer:
        if self.name == "atlas":
            return atlas_server()
        if self.name == "static":
            return StaticServer(HERE / "static_page.py", health="/")
        # Another working directory, so that the atlas's own settings are not read.
        elsewhere = Path(tempfile.gettempdir())
        data = os.environ.get("BENCH_DATA", str(ROOT / "data"))
        return StreamlitServer(
            HERE / f"{self.name}_app.py",
            cwd=elsewhere,
            options=AS_IT_COMES,
            env={"BENCH_DATA": data},
        )

    def next_option(self, page: Page) -> Locator:
        """The first option that is not chosen now: back and forth between the first two."""
        return page.locator(self.control).locator('[role="radio"][aria-checked="false"]').first


class StaticServer(StreamlitServer):
    """One page of HTML with the same map in it, which nothing follows."""

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.bench.static_page", str(self.port)]


ATLAS = App("atlas", "atlas", ".st-key-w_measure", "first")
ORDINARY = App("ordinary", "ordinary", ".st-key-pick", "ordinary")
EMPTY = App("empty", "empty", ".st-key-pick", "empty")
STATIC = App("static", "first", "", "first")


def available() -> tuple[App, ...]:
    """The apps that can be started from this checkout."""
    return tuple(
        app for app in (ATLAS, ORDINARY, EMPTY) if app is not ATLAS or (ROOT / "app.py").exists()
    )
