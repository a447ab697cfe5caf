"""Editions that the operator keeps: a link made with other data can be opened as it was.

`MERIDA_ATLAS_EDITIONS` is a folder that holds each of them under its data version, or the address
of one. The program that serves gives a folder out itself, at `/editions/`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.errors import AtlasError
from geo.language import Speech
from geo.scene import build_scene
from geo.share.fingerprint import FORM, changed_since
from geo.view import LANGS, View, spell_query, with_query

SETTING: Final = "MERIDA_ATLAS_EDITIONS"
SERVED_AT: Final = "/editions"
CHANGES_AT: Final = "/changes.html"

ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/[\w.~-]+)*")
PAGES_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'"
)
"""What a page of an edition may load: its own files and nothing else."""

PACKAGE: Final = "merida-atlas-data.zip"


def editions_setting() -> str:
    """The folder or address of the editions, without a slash at its end; empty where none are kept.

    Raises `AtlasError` for what is neither.
    """
    given = os.environ.get(SETTING, "").strip().rstrip("/")
    if given and not ADDRESS.fullmatch(given) and not Path(given).is_dir():
        raise AtlasError(
            f"{SETTING} is {given!r}, which is no folder and no address. Write the folder that "
            "holds an edition for each data version, or its address like "
            "https://example.org/editions, or leave it out."
        )
    return given


def editions_folder() -> Path | None:
    """The folder of the editions; None where they are elsewhere, or none are kept."""
    given = editions_setting()
    return Path(given) if given and not ADDRESS.fullmatch(given) else None


def kept_package(version: str) -> Path | None:
    """The data package of an edition in the folder; None where it is not kept there."""
    folder = editions_folder()
    if folder is None or not re.fullmatch(r"[0-9a-f]{12}", version):
        return None
    package = folder / version / PACKAGE
    return package if package.is_file() else None


def as_it_was(version: str, view: View) -> str:
    """The address of a view in the edition of a data version; empty where none is kept."""
    given = editions_setting()
    if not given:
        return ""
    if editions_folder() is not None:
        if kept_package(version) is None:
            return ""
        given = SERVED_AT
    spelled = spell_query(view)
    spelled.pop("lang", None)
    folder = "" if view.lang == LANGS[0] else f"{view.lang}/"
    return with_query(f"{given}/{version}/{folder}index.html", spelled)


def since_html(mark: str, atlas: Atlas, view: View, say: Speech) -> Markup:
    """What to say of a link with the fingerprint `mark`, and the ways to its data.

    Empty where its data are those of now.
    """
    told = changed_since(mark, atlas, build_scene(atlas, view), say)
    if not told:
        return Markup("")
    version = mark.partition(".")[0] if FORM.fullmatch(mark) else ""
    links = [(as_it_was(version, view), say.t("Open it as it was"))]
    if kept_package(version):
        query = {"data": version, "lang": view.lang}
        links.append((with_query(CHANGES_AT, query), say.t("What changed since")))
    ways = Markup("").join(
        Markup(' <a href="{}" target="_blank">{}</a>').format(to, name) for to, name in links if to
    )
    return Markup("{}{}").format(told, ways)
