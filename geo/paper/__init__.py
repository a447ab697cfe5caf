"""Drawings that need no browser: the map of a scene, its key, fitted text, the stand-alone page."""

from geo.paper.archive import unzipped, zipped
from geo.paper.columns import NEXT_COLUMN, Block, Form, Layout, Part, even, text_pages
from geo.paper.fitting import CARD_SIZE, PAPER, SETTINGS, fitted_text, wrapped
from geo.paper.icon import icon_ico
from geo.paper.legend import draw_legend
from geo.paper.pdf import FIGURE, H1, H2, H3, pdf_of, tagged
from geo.paper.picture import (
    BORDER,
    DPI,
    OUTER,
    THIN,
    draw_map,
    paper,
    placed_sites,
)
from geo.paper.properties import CREATOR, About, about
from geo.paper.standing import page_html, shapes
from geo.paper.wanted import NobodyWaits, made_while, still_wanted
