"""The boundary files as committed: one clean nested coverage of 32 states, 2,465 municipalities."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geo.atlas import EQUAL_AREA, GEOGRAPHIC, boundaries
from geo.atlas.tables import read_table
from geo.errors import DataError
from geo.paths import DATA
from geo.view import STATE_CODES

ISLANDS = {
    "Isla Guadalupe": ("02001", (-118.28, 29.03)),
    "Isla Cedros": ("02001", (-115.20, 28.18)),
    "Isla Natividad": ("03002", (-115.181, 27.874)),
    "Isla San Marcos": ("03002", (-112.07, 27.22)),
    "Isla Margarita": ("03001", (-111.80, 24.42)),
    "Isla Tiburón": ("26030", (-112.35, 29.00)),
    "María Madre (Islas Marías)": ("18012", (-106.58, 21.62)),
    "Isla Socorro": ("06009", (-110.98, 18.79)),
    "Isla del Carmen": ("04003", (-91.8075, 18.651)),
    "Holbox": ("23007", (-87.3786, 21.5226)),
    "Isla Mujeres": ("23003", (-86.7333, 21.234)),
    "Cozumel": ("23001", (-86.92, 20.43)),
}


class Layer:
    """Codes, properties and geometries of one boundary file, in its order."""

    def __init__(self, name: str) -> None:
        features = json.loads((DATA / f"boundaries/{name}.geojson").read_bytes())["features"]
        self.ids = [feature["id"] for feature in features]
        self.properties = [feature["properties"] for feature in features]
        self.codes = [properties["code"] for properties in self.properties]
        self.shapes = np.array([shapely.geometry.shape(f["geometry"]) for f in features])
        self.of = dict(zip(self.codes, self.shapes, strict=True))


@pytest.fixture(scope="module")
def states() -> Layer:
    return Layer("states")


@pytest.fixture(scope="module")
def municipalities() -> Layer:
    return Layer("municipalities")


@pytest.fixture(scope="module")
def neighbours() -> Layer:
    return Layer("neighbours")


def square_kilometres(shapes: Any) -> Any:
    transform = Transformer.from_crs(GEOGRAPHIC, EQUAL_AREA, always_xy=True).transform
    # A straight edge in degrees is a curve in the projection: follow it closely.
    dense = shapely.segmentize(shapes, 0.05)
    return (
        shapely.area(
            shapely.transform(dense, lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1])))
        )
        / 1e6
    )


class TestOneCleanNestedCoverage:
    def test_all_32_states_and_2465_municipalities_are_there_once_in_order(
        self, states: Layer, municipalities: Layer
    ) -> None:
        assert states.codes == list(STATE_CODES)
        assert len(municipalities.codes) == 2465
        assert municipalities.codes == sorted(set(municipalities.codes))

    def test_codes_are_text_and_the_id_of_the_feature(
        self, states: Layer, municipalities: Layer
    ) -> None:
        assert states.ids == states.codes
        assert municipalities.ids == municipalities.codes
        assert all(re.fullmatch("[0-9]{2}", code) for code in states.codes)
        assert all(re.fullmatch("[0-9]{5}", code) for code in municipalities.codes)
        assert all(p["state"] == p["code"][:2] for p in municipalities.properties)

    @pytest.mark.parametrize("name", ["states", "municipalities"])
    def test_every_shape_is_valid_and_neighbours_share_every_edge(
        self, name: str, request: pytest.FixtureRequest
    ) -> None:
        layer = request.getfixturevalue(name)
        assert shapely.is_valid(layer.shapes).all()
        assert not shapely.is_empty(layer.shapes).any()
        assert shapely.coverage_is_valid(layer.shapes)

    def test_no_gap_is_left_inside_the_land(self, states: Layer) -> None:
        land = shapely.get_parts(shapely.union_all(states.shapes))
        assert shapely.get_num_interior_rings(land).sum() == 0

    def test_municipalities_tile_their_state_exactly(
        self, states: Layer, municipalities: Layer
    ) -> None:
        owner = np.array([properties["state"] for properties in municipalities.properties])
        for code, state in states.of.items():
            members = municipalities.shapes[owner == code]
            dissolved = shapely.coverage_union_all(members)
            assert shapely.normalize(dissolved) == shapely.normalize(state), code

    def test_every_coordinate_lies_on_the_grid_of_four_decimals(
        self, states: Layer, municipalities: Layer
    ) -> None:
        for layer in (states, municipalities):
            points = shapely.get_coordinates(layer.shapes)
            assert (points == np.round(points, 4)).all()

    def test_outer_rings_run_counter_clockwise(
        self, states: Layer, municipalities: Layer, neighbours: Layer
    ) -> None:
        for layer in (states, municipalities, neighbours):
            rings = shapely.get_exterior_ring(shapely.get_parts(layer.shapes))
            assert shapely.is_ccw(rings).all()


class TestFaithfulToInegi:
    def test_the_area_of_every_state_is_within_3_percent_of_its_published_surface(
        self, states: Layer
    ) -> None:
        # The published surface leaves most islands out, the polygons have the larger ones.
        published = {row["code"]: row["area_km2"] for row in read_table("states")}
        assert_areas(states, published, 0.03)

    def test_the_area_of_every_state_is_within_1_percent_of_inegis_polygon(
        self, states: Layer
    ) -> None:
        polygons = {row["code"]: row["area_polygon_km2"] for row in read_table("states")}
        assert_areas(states, polygons, 0.01)

    def test_states_have_their_official_names(self, states: Layer) -> None:
        official = {row["code"]: row["name_official_es"] for row in read_table("states")}
        assert {p["code"]: p["name"] for p in states.properties} == official

    def test_names_of_municipalities_are_whole_and_in_no_broken_encoding(
        self, municipalities: Layer
    ) -> None:
        names = {p["code"]: p["name"] for p in municipalities.properties}
        for code, name in names.items():
            assert re.fullmatch(r"[A-Za-zÁÉÍÓÚÜÑáéíóúüñ .,'()0-9-]+", name), (code, name)
        assert names["31050"] == "Mérida"
        assert names["08037"] == "Juárez"
        assert names["09015"] == "Cuauhtémoc"
        assert names["20553"] == "Tlalixtac de Cabrera"
        assert sum(not name.isascii() for name in names.values()) > 400

    @pytest.mark.parametrize("island", ISLANDS)
    def test_a_named_inhabited_island_is_there(self, municipalities: Layer, island: str) -> None:
        code, point = ISLANDS[island]
        assert shapely.contains_xy(municipalities.of[code], *point)

    def test_the_alacranes_reef_is_no_land(self, states: Layer) -> None:
        assert not shapely.contains_xy(states.of["31"], -89.669, 22.475)


class TestTableOfMunicipalities:
    def test_it_has_the_codes_names_and_states_of_the_boundaries(
        self, municipalities: Layer
    ) -> None:
        table = [(r["cvegeo"], r["state"], r["name"]) for r in read_table("municipalities")]
        assert table == [(p["code"], p["state"], p["name"]) for p in municipalities.properties]

    def test_its_points_lie_inside_their_municipality(self, municipalities: Layer) -> None:
        for row in read_table("municipalities"):
            inside = shapely.contains_xy(municipalities.of[row["cvegeo"]], row["lon"], row["lat"])
            assert inside, row["cvegeo"]

    def test_its_areas_add_up_to_inegis_polygons(self) -> None:
        polygons = {row["code"]: row["area_polygon_km2"] for row in read_table("states")}
        sums = dict.fromkeys(polygons, 0.0)
        for row in read_table("municipalities"):
            sums[row["state"]] += row["area_km2"]
        for code, area in polygons.items():
            assert sums[code] == pytest.approx(area, abs=1.0), code


class TestNeighbours:
    def test_the_countries_and_the_four_border_states_are_there(self, neighbours: Layer) -> None:
        kinds = {p["code"]: p["kind"] for p in neighbours.properties}
        assert {c for c, kind in kinds.items() if kind == "us_state"} == {
            "US-AZ",
            "US-CA",
            "US-NM",
            "US-TX",
        }
        assert {"USA", "GTM", "BLZ", "CUB", "HND", "SLV"} <= kinds.keys()
        assert "MEX" not in kinds
        assert shapely.is_valid(neighbours.shapes).all()
        assert not shapely.is_empty(neighbours.shapes).any()

    def test_they_overlap_mexico_by_no_more_than_the_grid(
        self, states: Layer, neighbours: Layer
    ) -> None:
        mexico = shapely.union_all(states.shapes)
        overlap = shapely.intersection(neighbours.shapes, mexico)
        assert square_kilometres(overlap).sum() < 5

    def test_nothing_is_left_open_along_the_frontier(
        self, states: Layer, neighbours: Layer
    ) -> None:
        mexico = shapely.union_all(states.shapes)
        countries = [neighbours.of[code] for code in ("USA", "GTM", "BLZ")]
        # The grid moves a vertex by at most 0.00005°; what is wider than four of them is a gap.
        everything = shapely.buffer(shapely.union_all([mexico, *countries]), 0.0002)
        holes = [
            shapely.Polygon(ring)
            for part in shapely.get_parts(everything)
            for ring in part.interiors
            if shapely.distance(ring, mexico) < 0.001
        ]
        assert holes == []

    def test_the_border_states_lie_in_the_united_states(self, neighbours: Layer) -> None:
        for code in ("US-AZ", "US-CA", "US-NM", "US-TX"):
            outside = shapely.difference(neighbours.of[code], neighbours.of["USA"])
            assert square_kilometres(outside) < 50, code


@pytest.mark.parametrize(
    ("name", "kilobytes"), [("states", 60), ("municipalities", 350), ("neighbours", 40)]
)
def test_what_is_served_is_small(name: str, kilobytes: int) -> None:
    content = (DATA / f"boundaries/{name}.geojson").read_bytes()
    assert len(gzip.compress(content, 9)) <= kilobytes * 1000


class TestReadingAtRunTime:
    def test_the_three_layers_are_read_as_feature_collections(self) -> None:
        assert len(boundaries.load_states()["features"]) == 32
        assert len(boundaries.load_municipalities()["features"]) == 2465
        assert boundaries.load_neighbours()["type"] == "FeatureCollection"

    def test_the_bounds_of_mexico_reach_from_guadalupe_to_cancun(self) -> None:
        west, south, east, north = boundaries.as_geodataframe("states").total_bounds
        assert west == pytest.approx(-118.37, abs=0.02)
        assert south == pytest.approx(14.53, abs=0.02)
        assert east == pytest.approx(-86.71, abs=0.05)
        assert north == pytest.approx(32.72, abs=0.02)

    def test_municipalities_of_a_state_are_those_with_its_code(self) -> None:
        alcaldias = boundaries.municipalities_of("09")
        assert len(alcaldias) == 16
        assert {m.state for m in alcaldias} == {"09"}
        assert [m.cvegeo for m in alcaldias] == sorted(m.cvegeo for m in alcaldias)
        assert boundaries.municipalities_of("99") == ()
        assert sum(len(boundaries.municipalities_of(code)) for code in STATE_CODES) == 2465

    def test_a_geodataframe_has_a_named_crs_and_codes_as_text(self) -> None:
        frame = boundaries.as_geodataframe("states")
        assert frame.crs == GEOGRAPHIC
        assert list(frame.index) == list(STATE_CODES)
        assert frame.loc["09", "name"] == "Ciudad de México"

    def test_a_geodataframe_may_be_changed_without_changing_the_next(self) -> None:
        frame = boundaries.as_geodataframe("states")
        frame.loc["09", "name"] = "changed"
        assert boundaries.as_geodataframe("states").loc["09", "name"] == "Ciudad de México"

    def test_an_unknown_layer_is_refused(self) -> None:
        with pytest.raises(ValueError, match="no boundaries named 'rivers'"):
            boundaries.as_geodataframe("rivers")


class TestBrokenFiles:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        shutil.copytree(DATA / "boundaries", tmp_path / "boundaries")
        return tmp_path

    def test_a_missing_file_is_named_with_the_way_to_restore_it(self, copy: Path) -> None:
        (copy / "boundaries/states.geojson").unlink()
        with pytest.raises(DataError) as fault:
            boundaries.load_states(copy)
        assert str(fault.value) == (
            "data/boundaries/states.geojson: the file is missing. Restore it with "
            "`git checkout -- data/boundaries/states.geojson`, or run `make data` if a change "
            "was meant."
        )

    @pytest.mark.parametrize(
        "content", [b"", b'{"type":', b"[]", b'{"features":[{}]}', b"\xff\xfe"]
    )
    def test_a_truncated_or_foreign_file_is_named(self, copy: Path, content: bytes) -> None:
        (copy / "boundaries/states.geojson").write_bytes(content)
        with pytest.raises(
            DataError, match=r"data/boundaries/states\.geojson.*no readable GeoJSON"
        ):
            boundaries.load_states(copy)

    def test_a_missing_state_is_named(self, copy: Path) -> None:
        path = copy / "boundaries/states.geojson"
        collection = json.loads(path.read_bytes())
        collection["features"] = [f for f in collection["features"] if f["id"] not in {"09", "31"}]
        path.write_text(json.dumps(collection))
        with pytest.raises(DataError, match="2 of the 32 states are missing: 09, 31"):
            boundaries.load_states(copy)


def assert_areas(states: Layer, expected: dict[str, float], tolerance: float) -> None:
    found = dict(zip(states.codes, square_kilometres(states.shapes), strict=True))
    off = {
        code: f"{found[code]:.1f} km² instead of {expected[code]}"
        for code in STATE_CODES
        if abs(found[code] / expected[code] - 1) > tolerance
    }
    assert off == {}
