"""Every file that a view can be taken away as: one list for the page, the routes and the shell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo.atlas import Atlas, activities_csv
from geo.language import Say, t
from geo.paper import still_wanted
from geo.scene import build_scene
from geo.share.files import (
    GEOPACKAGE_TYPE,
    as_json,
    bundle_zip,
    card_png,
    map_pdf,
    map_png,
    map_svg,
    one_file_html,
    values_csv,
    values_geojson,
    values_json,
    values_xlsx,
    view_geopackage,
)
from geo.view import Notice, View, address_of

TEXT: Final = "text/csv; charset=utf-8"
SHEETS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Kind:
    """One sort of file; `make` takes the atlas, the view, and the address links begin with."""

    name: str
    media_type: str
    what: Say
    make: Callable[[Atlas, View, str], bytes]
    noting: Callable[[Atlas, View, tuple[Notice, ...]], bytes] | None = None
    """Makes it with a note of what of a link could not be used, where the format has notes."""
    takes_long: bool = False
    """More than a moment: a server makes it apart from its pages."""

    def made(self, atlas: Atlas, view: View, base: str, notices: tuple[Notice, ...]) -> bytes:
        """The file for a link of which `notices` could not be used."""
        if notices and self.noting:
            return self.noting(atlas, view, notices)
        return self.make(atlas, view, base)

    @property
    def form(self) -> str:
        """Its format, as people call it."""
        return FORMS[self.name.rsplit(".", 1)[1]]

    def address(self, view: View) -> str:
        """Where the server gives it out."""
        return address_of(view, f"/export/{self.name}")


FORMS: Final = {
    "png": "PNG",
    "svg": "SVG",
    "pdf": "PDF",
    "csv": "CSV",
    "xlsx": "XLSX",
    "json": "JSON",
    "geojson": "GeoJSON",
    "gpkg": "GeoPackage",
    "zip": "ZIP",
    "html": "HTML",
}


def _json(atlas: Atlas, view: View, notices: tuple[Notice, ...]) -> bytes:
    return as_json(values_json(atlas, build_scene(atlas, view), view, notices))


def _geojson(atlas: Atlas, view: View, _base: str) -> bytes:
    return as_json(values_geojson(atlas, build_scene(atlas, view), view))


def _bundle(atlas: Atlas, view: View, base: str) -> bytes:
    files = {}
    for name in IN_BUNDLE:
        still_wanted()
        files[name] = KINDS[name].make(atlas, view, base)
    return bundle_zip(atlas, view, base, files)


KINDS: Final = {
    kind.name: kind
    for kind in (
        Kind(
            "map.png",
            "image/png",
            t("the map on a sheet, as a picture"),
            map_png,
            takes_long=True,
        ),
        Kind(
            "map.svg",
            "image/svg+xml",
            t("the same, to edit"),
            map_svg,
            takes_long=True,
        ),
        Kind(
            "map.pdf",
            "application/pdf",
            t("the same to print, with a page of the selected state or the sources"),
            map_pdf,
            takes_long=True,
        ),
        Kind(
            "view.html",
            "text/html; charset=utf-8",
            t("one file that opens without internet: map, table and sources"),
            one_file_html,
        ),
        Kind(
            "card.png",
            "image/png",
            t("the card that unfolds under a link"),
            lambda atlas, view, _: card_png(atlas, view),
            takes_long=True,
        ),
        Kind(
            "values.csv",
            TEXT,
            t("a table, one row per state"),
            lambda atlas, view, _: values_csv(atlas, build_scene(atlas, view), view).encode(),
        ),
        Kind(
            "values.xlsx",
            SHEETS,
            t("the same, with units and sources on a second sheet"),
            lambda atlas, view, _: values_xlsx(atlas, view),
            values_xlsx,
            takes_long=True,
        ),
        Kind(
            "values.json",
            "application/json",
            t("with classes, remainder, sentence and sources"),
            lambda atlas, view, _: _json(atlas, view, ()),
            _json,
        ),
        Kind(
            "values.geojson",
            "application/geo+json",
            t("the states' shapes with their values"),
            _geojson,
        ),
        Kind(
            "values.gpkg",
            GEOPACKAGE_TYPE,
            t("for a GIS: shapes, remainder, sources, terms"),
            lambda atlas, view, _: view_geopackage(atlas, view),
            takes_long=True,
        ),
        Kind(
            "activities.csv",
            TEXT,
            t("the activities behind the numbers"),
            lambda atlas, view, _: activities_csv(atlas, view).encode(),
        ),
        Kind(
            "view.zip",
            "application/zip",
            t("all of it, with a read-me"),
            _bundle,
            takes_long=True,
        ),
    )
}
"""Name of the file → its kind, in the order they are offered."""


def exported(
    atlas: Atlas, name: str, view: View, base: str, notices: tuple[Notice, ...] = ()
) -> bytes:
    """The file of that name, one of KINDS, for a link of which `notices` could not be used."""
    return KINDS[name].made(atlas, view, base, notices)


IN_BUNDLE: Final = tuple(name for name in KINDS if name not in ("card.png", "view.zip"))
"""What the zip holds."""
