"""What a reader takes away as a file: a view as GeoPackage, and the whole data package."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo import __version__
from geo.atlas import GEOGRAPHIC, PACKAGE_FILE, Atlas, as_geodataframe, read_package
from geo.language import REASONS, speech
from geo.paper import zipped
from geo.scene import Scene, build_scene
from geo.share.files.values import COLUMNS, value_rows
from geo.view import View, spell_query
from geo.words import Telling, tell

GEOPACKAGE_TYPE: Final = "application/geopackage+sqlite3"

PACKAGE_EXTRAS: Final = ("README.md", PACKAGE_FILE, "passports.yaml")
"""What the zip holds beside the files that `datapackage.json` lists."""

WRITTEN: Final = "1980-01-01T00:00:00.000Z"
"""The date that every zip says, for a GeoPackage."""


def view_geopackage(atlas: Atlas, view: View) -> bytes:
    """A view as a GeoPackage: what a GIS needs to draw it, and what it must say beside it.

    Layers: `states` (32 polygons in `geo.atlas.crs.GEOGRAPHIC` with the columns of the API),
    `remainder` (what is not on the map, by reason, in activities and dollars), `sources` and
    `about` (key and value: the view, its sentence, units, licence and data version). The values
    are those of the scene, null where it has none.
    """
    import pandas as pd
    import pyogrio

    # Else the file says when it was written, and is another one each time.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": WRITTEN})
    scene = build_scene(atlas, view)
    states = as_geodataframe("states", atlas.data)[["geometry"]]
    rows = pd.DataFrame(value_rows(atlas, scene, view), columns=list(COLUMNS))
    for column in ("class", "rank", "activities", "activities_named"):
        rows[column] = rows[column].astype("Int64")
    for column in ("value", "usd", "usd_2021", "share", "need", "need_share", "ratio", "gap"):
        rows[column] = rows[column].astype("float64")
    layer = states.reset_index(drop=True).assign(
        **{column: rows.set_index("code").loc[states.index, column].array for column in COLUMNS[1:]}
    )
    layer.insert(0, "code", list(states.index))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "view.gpkg"
        pyogrio.write_dataframe(
            layer,
            path,
            layer="states",
            geometry_type="MultiPolygon",
            promote_to_multi=True,
            driver="GPKG",
        )
        for name, table in _tables(atlas, scene, view).items():
            pyogrio.write_dataframe(pd.DataFrame(table), path, layer=name, driver="GPKG")
        return path.read_bytes()


def _tables(atlas: Atlas, scene: Scene, view: View) -> dict[str, list[dict[str, Any]]]:
    """The tables beside the map of a GeoPackage, by name."""
    say = speech(view.lang)
    remainder = [
        {
            "reason": line.reason,
            "label": REASONS[line.reason](say),
            "activities": line.activities,
            "usd": line.cents / 100,
        }
        for line in scene.remainder
    ]
    sources = source_rows(tell(atlas, view))
    about = [{"key": key, "value": value} for key, value in about_view(atlas, scene, view).items()]
    return {
        name: rows
        for name, rows in (("remainder", remainder), ("sources", sources), ("about", about))
        if rows
    }


SOURCE_COLUMNS: Final = ("source_id", "title", "author", "date", "url", "kind")


def source_rows(telling: Telling) -> list[dict[str, str]]:
    """The sources of a view, a row of SOURCE_COLUMNS each."""
    return [
        {column: getattr(source, column) for column in SOURCE_COLUMNS} for source in telling.sources
    ]


def about_view(atlas: Atlas, scene: Scene, view: View) -> dict[str, str]:
    """What a file of a view says of itself, by key."""
    telling = tell(atlas, view)
    package = read_package(atlas.data)
    terms = {r["name"]: r["source_terms"] for r in package["resources"]}
    return {
        "title": f"Mérida Atlas: {telling.legend.title}",
        "sentence": telling.headline,
        "caveat": telling.caveat,
        "filters": telling.filters,
        "view": "&".join(f"{name}={value}" for name, value in spell_query(view).items()),
        "unit": scene.unit,
        "need": view.need,
        "located_activities": str(scene.located),
        "not_located_activities": str(scene.not_located),
        "located_usd": f"{scene.located_cents / 100:.2f}",
        "ledger_usd": f"{scene.ledger_cents / 100:.2f}",
        "dollars_of": str(view.prices_of or "their own years"),
        "null": speech(view.lang).t("no number: see the column status"),
        "crs": GEOGRAPHIC,
        "data_version": atlas.version,
        "atlas_version": __version__,
        "licence": telling.licence,
        "terms_boundaries": terms["states_boundaries"],
        "terms_indicators": terms["indicators"],
    }


@lru_cache(maxsize=2)
def package_zip(atlas: Atlas) -> bytes:
    """The whole data package as a zip, the same bytes for the same data.

    Holds every file that `datapackage.json` lists, in one folder, with the README, the
    description itself and the passports it is made from.
    """
    listed = [resource["path"] for resource in read_package(atlas.data)["resources"]]
    files = {path: (atlas.data / path).read_bytes() for path in {*PACKAGE_EXTRAS, *listed}}
    return packed("merida-atlas-data", files)


def packed(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Files in one folder of a zip: the same bytes for the same files, packed anywhere, any day."""
    return zipped({f"{folder}/{name}": files[name] for name in sorted(files)})
