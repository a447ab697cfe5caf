"""Which program is running: part of the tag of every answer, so that none outlives a change.

Nothing here tells one machine, process or start from another, but for STARTED: two replicas of the
same program and data are the same to a reader.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from geo.paths import sources_digest

_START: Final = datetime.now(UTC)

STARTED_AT: Final = round(_START.timestamp(), 3)
"""When this server started, in seconds since 1970."""

STARTED: Final = _START.isoformat(timespec="milliseconds")
"""When this server started, for its operator."""

SOURCES: Final = (
    "app.py",
    ".streamlit/config.toml",
    "geo/**/*.py",
    "geo/assets/*",
    "geo/**/*.mo",
    "pages/*.py",
    "requirements/run.txt",
)
"""What answers are made by: our code, texts and scripts, and which libraries."""


@lru_cache(maxsize=1)
def program_hash() -> str:
    """The hash of everything that answers are made by; some milliseconds, once."""
    return sources_digest(*SOURCES)[:12]


def identity_of(data: str) -> str:
    """The hash of the program and the `data` version: what an open tab knows its server by.

    A tab that comes back to the same one, on whichever machine, goes on as it was; one that
    comes back to another loads its page anew.
    """
    return hashlib.sha256(f"{program_hash()} {data}".encode()).hexdigest()[:12]
