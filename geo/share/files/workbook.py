"""A view as a workbook: the values, and on a second sheet what they are and where they are from."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final

from geo.atlas import Atlas
from geo.language import speech
from geo.scene import build_scene
from geo.share.files.geopackage import SOURCE_COLUMNS, about_view, source_rows
from geo.share.files.values import COLUMNS, value_rows
from geo.view import Notice, View
from geo.words import ignored, tell

MADE: Final = datetime.fromisoformat("1980-01-01")
"""One date for every workbook, so that the same view is the same workbook."""

WIDTHS: Final = {"name": 24, "activity_ids": 60, "unit": 20}
"""Of columns, in letters, where the usual width is too narrow."""


def values_xlsx(atlas: Atlas, view: View, notices: tuple[Notice, ...] = ()) -> bytes:
    """The values of a view as XLSX: a sheet of values, one of what they are, one of the sources.

    Numbers are numbers, blank where there is none. `notices` are what of a link could not be used.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    scene, say = build_scene(atlas, view), speech(view.lang)
    book = Workbook()
    book.properties.created = book.properties.modified = MADE
    book.properties.title = about_view(atlas, scene, view)["title"]
    values = book.active
    assert values is not None
    values.title = say.t("Values")
    values.append(list(COLUMNS))
    for row in value_rows(atlas, scene, view):
        values.append([row[column] for column in COLUMNS])
    values.freeze_panes = "C2"
    for number, column in enumerate(COLUMNS, 1):
        values.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, 14)
    about = book.create_sheet(say.t("About"))
    for key, content in about_view(atlas, scene, view).items():
        about.append([key, content])
    if notices:
        about.append(["ignored", ignored(notices, say)])
    about.append([])
    about.append([say.t("Sources")])
    about.append(list(SOURCE_COLUMNS))
    for row in source_rows(tell(atlas, view)):
        about.append([row[column] for column in SOURCE_COLUMNS])
    about.column_dimensions["A"].width = 26
    about.column_dimensions["B"].width = 100
    for line in about["B"]:
        line.alignment = Alignment(wrap_text=True, vertical="top")
    for sheet in (values, about):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for line in sheet.iter_rows():
            for cell in line:
                # A text from the data that begins like a formula is still a text.
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
