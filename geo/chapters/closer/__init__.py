"""The tools of the Map page's *Look closer*."""

from geo.chapters.closer.class_breaks import class_check_html
from geo.chapters.closer.comparison import (
    compare_html,
    difference_html,
    difference_legend_html,
    map_name_html,
    names_of,
    shared_legend_html,
)
from geo.chapters.closer.drilldown import drill_html
from geo.chapters.closer.layers import (
    cross_payload,
    difference_payload,
    drill_payload,
    linked_payload,
)
from geo.chapters.closer.multiples import multiples_html
from geo.chapters.closer.scatter import cross_legend_html, need_html
from geo.chapters.closer.tool_labels import PAIR_NAMES, TOOL_NAMES
from geo.chapters.closer.tools import PAIRS, TOOLS, TOOLS_QUERY, Tools, pair_of
from geo.chapters.closer.year_chart import years_html
