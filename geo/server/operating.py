"""What the operator sets: how long to drain, where probes are, what is kept, what is made ahead."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Final

from geo.server.address import SettingError

DRAIN_SETTING: Final = "MERIDA_ATLAS_DRAIN"
PROBES_SETTING: Final = "MERIDA_ATLAS_PROBES"
KEEP_SETTING: Final = "MERIDA_ATLAS_KEEP"
AHEAD_SETTING: Final = "MERIDA_ATLAS_AHEAD"

LONGEST_DRAIN: Final = 3600
"""Seconds; a reader who stays longer than an hour is brought back to the view by the address."""

WHERE: Final = re.compile(r"(?:\[([0-9A-Fa-f:]+)\]|([A-Za-z0-9.-]+)):([0-9]{1,5})")

PORTS: Final = range(1, 65536)


def drain_setting() -> int:
    """Seconds that the server goes on serving once it is told to stop; zero if nothing is set."""
    given = os.environ.get(DRAIN_SETTING, "").strip() or "0"
    if not re.fullmatch("[0-9]{1,4}", given) or int(given) > LONGEST_DRAIN:
        raise SettingError(
            f"{DRAIN_SETTING} is {given!r}. Write whole seconds from 0 to {LONGEST_DRAIN:,}, "
            "such as 20, or leave it out."
        )
    return int(given)


def probes_setting() -> tuple[str, int] | None:
    """Address and port at which a process of its own answers `/readyz` and `/metrics`; or none."""
    given = os.environ.get(PROBES_SETTING, "").strip()
    if not given:
        return None
    found = WHERE.fullmatch(given)
    if not found or int(found[3]) not in PORTS:
        raise SettingError(
            f"{PROBES_SETTING} is {given!r}. Write an address of this machine and a port, such as "
            "127.0.0.1:8502 or [::1]:8502, or leave it out."
        )
    return found[1] or found[2], int(found[3])


def ahead_setting() -> bool:
    """Whether each process makes what its first readers would wait for, before they ask."""
    given = os.environ.get(AHEAD_SETTING, "").strip() or "yes"
    if given not in {"yes", "no"}:
        raise SettingError(f"{AHEAD_SETTING} is {given!r}. Write yes or no, or leave it out.")
    return given == "yes"


def keep_setting() -> Path | None:
    """The folder of what outlives a process, made where it is not there; or none.

    A server that could not write there would look like one that keeps: it does not start.
    """
    given = os.environ.get(KEEP_SETTING, "").strip()
    if not given:
        return None
    folder = Path(given)
    why = "" if folder.is_absolute() else "its name does not begin with /"
    try:
        if not why:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        why = str(error.strerror or error)
    if why:
        raise SettingError(
            f"{KEEP_SETTING} is {given!r}, where nothing can be kept ({why}). Name a folder that "
            "this user may write to, such as /var/lib/merida-atlas, or leave it out."
        )
    return folder
