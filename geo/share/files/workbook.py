"""A view as a workbook: the values, and on a second sheet what they are and where they are from."""

from __future__ import annotations

import io
from typing import Final

from geo.atlas import Atlas
from geo.language import speech
from geo.paper import about, unzipped, zipped
from geo.scene import build_scene
from geo.share.files.geopackage import SOURCE_COLUMNS, about_view, source_rows
from geo.share.files.values import COLUMNS, value_rows
from geo.view import Notice, View
from geo.words import ignored, tell

WIDTHS: Final = {"name": 24, "activity_ids": 60, "unit": 20}
"""Of columns, in letters, where the usual width is too narrow."""


def values_xlsx(atlas: Atlas, view: View, notices: tuple[Notice, ...] = ()) -> bytes:
    """The values of a view as XLSX: a sheet of values, one of what they are, one of the sources.

    Numbers are numbers, blank where there is none. `notices` are what of a link could not be used.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.xml.constants import ARC_CORE
    from openpyxl.xml.functions import tostring

    scene, say = build_scene(atlas, view), speech(view.lang)
    book = Workbook()
    told = about(atlas, about_view(atlas, scene, view)["title"], view.lang)
    own = book.properties
    own.title, own.subject, own.language = told.title, told.subject, told.lang
    own.creator = own.lastModifiedBy = told.author
    own.created = own.modified = told.made.replace(tzinfo=None)
    values = book.active
    assert values is not None
    values.title = say.t("Values")
    values.append(list(COLUMNS))
    for row in value_rows(atlas, scene, view):
        values.append([row[column] for column in COLUMNS])
    values.freeze_panes = "C2"
    for number, column in enumerate(COLUMNS, 1):
        values.column_dimensions[get_column_letter(number)].width = WIDTHS.get(column, 14)
    second = book.create_sheet(say.t("About"))
    for key, content in about_view(atlas, scene, view).items():
        second.append([key, content])
    if notices:
        second.append(["ignored", ignored(notices, say)])
    second.append([])
    second.append([say.t("Sources")])
    second.append(list(SOURCE_COLUMNS))
    for row in source_rows(tell(atlas, view)):
        second.append([row[column] for column in SOURCE_COLUMNS])
    second.column_dimensions["A"].width = 26
    second.column_dimensions["B"].width = 100
    for line in second["B"]:
        line.alignment = Alignment(wrap_text=True, vertical="top")
    for sheet in (values, second):
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for line in sheet.iter_rows():
            for cell in line:
                # A text from the data that begins like a formula is still a text.
                if isinstance(cell.value, str):
                    cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    # What is saved says when that was, and would be another file each time.
    own.modified = own.created
    return zipped({**unzipped(out), ARC_CORE: tostring(own.to_tree())})
