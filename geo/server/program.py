"""Which program is running: part of the tag of every answer, so that none outlives a change."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from geo.paths import ROOT

_START: Final = datetime.now(UTC)

STARTED_AT: Final = round(_START.timestamp(), 3)
"""When this server started, in seconds since 1970."""

STARTED: Final = _START.isoformat(timespec="milliseconds")
"""When this server started: by it an open tab tells a new one from the one it came from."""

SOURCES: Final = (
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
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
