"""Drawings that need no browser: the map of a scene, its key, fitted text, the stand-alone page."""

from geo.paper.fitting import CARD_SIZE, CREATOR, PAPER, SETTINGS, fitted_text
from geo.paper.icon import icon_ico
from geo.paper.legend import block, draw_legend
from geo.paper.picture import (
    BORDER,
    DPI,
    DRAWING,
    OUTER,
    SEA,
    THIN,
    draw_map,
    paper,
    placed_sites,
)
from geo.paper.standing import page_html, shapes
