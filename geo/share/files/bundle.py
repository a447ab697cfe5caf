"""Exactly what is on screen, as one zip: pictures, tables, metadata, and a read-me."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from geo.atlas import Atlas, csv_text
from geo.language import speech
from geo.scene import build_scene
from geo.share.files.geopackage import SOURCE_COLUMNS, about_view, packed, source_rows
from geo.view import View
from geo.words import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = "merida-atlas"


def bundle_zip(atlas: Atlas, view: View, base: str, files: Mapping[str, bytes]) -> bytes:
    """`files` with `about.json`, `sources.csv` and `README.txt` of the view beside them."""
    scene = build_scene(atlas, view)
    about = json.dumps(about_view(atlas, scene, view), ensure_ascii=False, indent=2) + "\n"
    whole = dict(files) | {
        "README.txt": _read_me(atlas, view, base, sorted(files)).encode(),
        "about.json": about.encode(),
        "sources.csv": csv_text(SOURCE_COLUMNS, source_rows(tell(atlas, view))).encode(),
    }
    return packed(FOLDER, whole)


def _read_me(atlas: Atlas, view: View, base: str, files: list[str]) -> str:
    say, telling = speech(view.lang), tell(atlas, view, base)
    parts = (
        "Mérida Atlas",
        telling.headline,
        telling.caveat,
        telling.filters,
        f"{say.t('Not on the map')}: {telling.remainder}",
        telling.provenance,
        say.t("The view: {link}", link=telling.link),
        say.t("Files: {names}", names=", ".join([*files, "about.json", "sources.csv"])),
        say.t(
            "Name the source of the figure you use, and the Mérida Atlas with its data version. "
            "The program is under the MIT licence."
        ),
    )
    return "\n\n".join(part for part in parts if part) + "\n"
