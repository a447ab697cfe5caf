"""HTML and SVG that several pages share: elements, tables, symbols, the web map, citations."""

from geo.drawing.citations import (
    PLAIN_DATE,
    citation_html,
    citations_html,
    cited_html,
    link_html,
    sources_html,
    when,
)
from geo.drawing.elements import (
    alone_html,
    beside_html,
    date_html,
    dot_html,
    drawer_buttons_html,
    drawer_head_html,
    empty_html,
    english_html,
    facts_html,
    headline_html,
    here_html,
    link_to_file,
    missing_html,
    more_html,
    note_html,
    opened_html,
    panel_html,
    paragraph_html,
    section_html,
    share_button_html,
    told_html,
    way_back_html,
)
from geo.drawing.fonts import embedded, heading_css
from geo.drawing.glossed import glossed_html
from geo.drawing.html import each, folded_html
from geo.drawing.legends import (
    legend_box_html,
    legend_rows_html,
    lit_html,
    swatch_html,
    swatches_html,
)
from geo.drawing.names import name_places
from geo.drawing.paint import (
    COLOURS_SHEET,
    BriefingData,
    DrilledState,
    DrillPaint,
    LinkedPaint,
    OneFile,
    Paint,
    ScenePaint,
    Shapes,
    SitesPaint,
    SlideData,
    ground,
)
from geo.drawing.plots import (
    Axes,
    Scale,
    bar,
    chance_svg,
    chart,
    circle,
    line,
    lorenz_svg,
    part,
    text,
    traced,
    upward,
)
from geo.drawing.shelf import (
    IMMUTABLE,
    LEAFLET,
    MAP_SCRIPT,
    MAP_SHEET,
    MEDIA_TYPES,
    PAGE_SCRIPT,
    PAGE_SHEET,
    PLACES,
    SHARED_SCRIPT,
    Served,
    Shelf,
    build_shelf,
    first_css,
    serve,
)
from geo.drawing.small_map import StateFill, project, shared_outlines_svg, small_map_svg
from geo.drawing.still_map import still_map_html
from geo.drawing.svg import drawn_html, svg_html
from geo.drawing.symbols import CITY_FILL, SITE_FILL, drawn_sites, symbol_uri
from geo.drawing.tables import Column, Row, pick_table_html, plain_table_html, table_html
from geo.drawing.web_map import HEIGHT, as_layer, base_map, web_map_trouble
