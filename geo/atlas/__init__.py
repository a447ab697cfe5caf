"""All that is loaded, checked and joined: ledger, places, boundaries, indicators, totals."""

from geo.atlas.appropriations import (
    ACCOUNTS,
    TOTAL,
    Figure,
    FiscalYear,
    disagreeing,
    fiscal_years,
    load_figures,
    spans,
)
from geo.atlas.atlas import Atlas, Source, load_atlas
from geo.atlas.boundaries import (
    Municipality,
    as_geodataframe,
    load_municipalities,
    load_neighbours,
    load_states,
    municipalities_of,
)
from geo.atlas.cells import cast_of
from geo.atlas.crs import EQUAL_AREA, GEOGRAPHIC
from geo.atlas.dollars import converted, yearly_prices
from geo.atlas.indicators import SCALE
from geo.atlas.joins import (
    index_state_names,
    join_by_code,
    locate_points,
    match_state_name,
)
from geo.atlas.ledger import (
    GRADES,
    LEFT_OUT,
    Activity,
    ActivityPlace,
    Ledger,
    Selection,
    build_ledger,
    counted,
    found_in,
    grade_of,
    left_out,
)
from geo.atlas.listing import (
    MAX_SEARCH,
    Listing,
    Overlap,
    activities_csv,
    list_activities,
    overlaps_of,
)
from geo.atlas.memory import Memory, kept
from geo.atlas.national import NationalLine, national_lines
from geo.atlas.points import table_faults
from geo.atlas.sites import FRAMES, Site, frame_bounds, load_sites
from geo.atlas.tables import (
    BY_HAND,
    PACKAGE_FILE,
    Table,
    canonical,
    check_package,
    checked_table,
    fingerprint_of,
    is_checked,
    read_package,
    sound_table,
    table_of,
    tables_for_rules,
    with_rows,
)
from geo.atlas.writing import csv_text, json_text
