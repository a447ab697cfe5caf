"""Archives that are the same bytes for the same files, packed anywhere, any day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: one state of the data is one file, whenever it is packed."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in a zip, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, wherever it was packed
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()


def unzipped(archive: io.BytesIO) -> dict[str, bytes]:
    """What a zip holds, in its order."""
    with zipfile.ZipFile(archive) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
