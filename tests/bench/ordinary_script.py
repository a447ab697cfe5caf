"""The ordinary way to a choropleth in Streamlit: read, draw, hand it to st_folium. Nothing else."""

import csv
import os
from collections import Counter
from pathlib import Path

import folium
import geopandas as gpd
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

DATA = Path(os.environ["BENCH_DATA"])
LEAFLET = "/leaflet/js_lib_leaflet"


class LocalMap(folium.Map):
    """A folium map that loads Leaflet from this server, and none of folium's other scripts."""

    default_js = [("leaflet", f"{LEAFLET}/leaflet.js")]  # noqa: RUF012
    default_css = [("leaflet_css", f"{LEAFLET}/leaflet.css")]  # noqa: RUF012


def values(measure: str) -> pd.DataFrame:
    """Code and value of each state that has one."""
    with (DATA / "ledger" / "activity_places.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["state"]]
    what = "activity_id" if measure == "activities" else "cvegeo"
    pairs = {(row["state"], row[what]) for row in rows if row[what]}
    counts = Counter(code for code, _ in pairs)
    return pd.DataFrame(sorted(counts.items()), columns=["code", "value"])


measure = st.segmented_control(
    "Measure", ["activities", "municipalities"], default="activities", key="pick"
)
states = gpd.read_file(DATA / "boundaries" / "states.geojson")
m = LocalMap(location=[23.6, -102.5], zoom_start=5, tiles=None)
choropleth = folium.Choropleth(
    geo_data=states,
    data=values(measure or "activities"),
    columns=["code", "value"],
    key_on="feature.properties.code",
    fill_color="YlGnBu",
)
# The colour scale would fetch D3 from two outside hosts, and without them st_folium shows no map.
for name in [name for name in choropleth._children if name.startswith("color_map")]:
    del choropleth._children[name]
choropleth.add_to(m)
st_folium(m)
