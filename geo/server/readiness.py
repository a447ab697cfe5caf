"""Whether the server takes new readers, apart from whether it lives (`/healthz`).

A balancer asks it before it sends anybody; who is here already is served on either way.
"""

from __future__ import annotations

import json
from typing import Final

from geo.server.process import is_running
from geo.server.tally import Tally

SILENT_FOR: Final = 15.0
"""Seconds without a sign of life after which a process is not counted on. The signs come every
second from the loop that answers requests, late by a second or so on a machine that has too much to
do: a limit near that would take all servers away at once when they are needed most."""


def why_not_ready(tally: Tally, *, here: bool = False) -> str:
    """Why no new reader should be sent; empty if they may come.

    Asked of the whole server, or, `here`, of the process that answers, which shows by answering
    that it is alive.
    """
    if tally.draining:
        return "It is being stopped: readers who are here are served, new ones go elsewhere."
    if here:
        loaded, alive = tally.is_loaded, True
    else:
        rows = tally.rows()
        loaded = any(row.loaded for row in rows)
        alive = any(row.loaded and row.silent < SILENT_FOR for row in rows)
    if not loaded:
        return "It has not loaded what the first map needs."
    if not alive:
        return f"No process has given a sign of life for {SILENT_FOR:.0f} seconds."
    if tally.room and not is_running(tally.room):
        return "The process that draws pictures is gone; another one is about to begin."
    return ""


def readiness_answer(why: str) -> tuple[int, str]:
    """Status and JSON of `/readyz`; `why` it is not ready, empty if it is."""
    told = {"status": "not ready", "why": why} if why else {"status": "ready"}
    return (503 if why else 200), json.dumps(told)
