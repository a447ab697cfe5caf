"""HTML and SVG that several pages share: elements, tables, symbols, the web map, citations."""

from geo.drawing.citations import (
    PLAIN_DATE,
    citation_html,
    cited_html,
    link_html,
    sources_html,
    when,
)
from geo.drawing.elements import (
    beside_html,
    date_html,
    empty_html,
    english_html,
    facts_html,
    headline_html,
    link_to_file,
    note_html,
    paragraph_html,
    paragraphs_html,
    section_html,
    share_html,
)
from geo.drawing.pick_table import dot_html, numbers_html, panel_html, pick_table_html, told_html
from geo.drawing.shelf import (
    IMMUTABLE,
    LEAFLET,
    MEDIA_TYPES,
    PAGE_SCRIPT,
    PAGE_SHEET,
    Served,
    Shelf,
    build_shelf,
)
from geo.drawing.small_map import Paint, project, shared_outlines_svg, small_map_svg
from geo.drawing.svg import svg_html
from geo.drawing.symbols import CITY_FILL, HALO, SITE_FILL, drawn_sites, symbol_uri
from geo.drawing.tables import Column, table_html
from geo.drawing.web_map import HEIGHT, as_layer, base_map, web_map_trouble
