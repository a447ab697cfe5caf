"""Exactly what is on screen, as one zip: pictures, tables, metadata, and a read-me."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Final

from geo.atlas import Atlas
from geo.language import speech
from geo.scene import build_scene
from geo.share.files.geopackage import SOURCE_COLUMNS, ZIP_DATE, about_view, source_rows
from geo.view import View
from geo.words import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = "merida-atlas"


def bundle_zip(atlas: Atlas, view: View, base: str, files: Mapping[str, bytes]) -> bytes:
    """`files` with `about.json`, `sources.csv` and `README.txt` of the view beside them."""
    scene = build_scene(atlas, view)
    about = json.dumps(about_view(atlas, scene, view), ensure_ascii=False, indent=2) + "\n"
    out = io.StringIO()
    writer = csv.DictWriter(out, SOURCE_COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(source_rows(tell(atlas, view)))
    whole = dict(files) | {
        "README.txt": _read_me(atlas, view, base, sorted(files)).encode(),
        "about.json": about.encode(),
        "sources.csv": out.getvalue().encode(),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(whole):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, wherever it was packed
            archive.writestr(entry, whole[name])
    return packed.getvalue()


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
