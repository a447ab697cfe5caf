"""The address this server is reached at: as its operator says, else as the request says."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from typing import Final

from geo.errors import AtlasError

BASE_SETTING: Final = "MERIDA_ATLAS_URL"
FRAMES_SETTING: Final = "MERIDA_ATLAS_FRAME_ANCESTORS"

EVERYONE: Final = "*"
"""Sent as no policy at all: a browser reads `*` as "every web page", and leaves out local files."""

NAME: Final = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
HOST: Final = re.compile(rf"(?:{NAME}|\[[0-9A-Fa-f:]+\])(?::\d{{1,5}})?")
BASE: Final = re.compile(rf"https?://{HOST.pattern}")
FRAME: Final = r"(?:'self'|https?://[A-Za-z0-9.*:-]+)"
ANCESTORS: Final = re.compile(rf"\*|'none'|{FRAME}(?: {FRAME})*")


_said = False


class SettingError(AtlasError):
    """A setting of the environment that cannot be used; the message names it and the way out."""


def base_setting() -> str:
    """The base address the operator set, without a slash at its end; empty where none is set."""
    given = os.environ.get(BASE_SETTING, "").rstrip("/")
    if given and not BASE.fullmatch(given):
        raise SettingError(
            f"{BASE_SETTING} is {given!r}, which is not the address of a host. Write it like "
            "https://atlas.example.org, without a path, or leave it out."
        )
    return given


def frame_setting() -> str:
    """Who may show the atlas in a frame, as a `frame-ancestors` list; `*` is everyone."""
    given = " ".join(os.environ.get(FRAMES_SETTING, EVERYONE).split())
    if not ANCESTORS.fullmatch(given):
        raise SettingError(
            f"{FRAMES_SETTING} is {given!r}. Write * for everyone, 'none' for nobody, or a list "
            "like 'self' https://news.example.org."
        )
    return given


def base_of(headers: Mapping[str, str], scheme: str, setting: str = "") -> str:
    """The base address of a request: the setting, else its host; empty where that is no host.

    `headers` has lower-case names. A proxy tells the scheme by `X-Forwarded-Proto`; where several
    have written there, the first is the one that the reader's browser spoke to.
    """
    if setting:
        return setting
    host = headers.get("host", "")
    given = headers.get("x-forwarded-proto", "").partition(",")[0].strip().lower() or scheme
    if not HOST.fullmatch(host) or given not in ("http", "https"):
        _say_once(host, given)
        return ""
    return f"{given}://{host}"


def _say_once(host: str, scheme: str) -> None:
    global _said
    if not _said:
        _said = True
        logging.getLogger("merida_atlas").warning(
            "A request came for the host %r over %r, from which no address can be told: links in "
            "previews and files go without one. Set %s to the atlas's address. (Said once.)",
            *(host[:80], scheme[:20], BASE_SETTING),
        )


def is_own(origin: str, host: str, setting: str) -> bool:
    """Whether a page of `origin` is one of this server's own, asked for as `host`.

    A proxy may have ended the encryption, so that the schemes differ; the hosts may not, unless
    the operator's setting names the origin.
    """
    scheme, _, named = origin.lower().partition("://")
    own = {host.lower(), setting.lower().partition("://")[2]} - {""}
    return scheme in ("http", "https") and named in own
