"""What is said of a view, all of it by `tell`, and of an activity."""

from geo.words.activity import amount_text, period_text, unnamed_text
from geo.words.counted import NEED_ALONE, NEED_OF
from geo.words.deals import deals_text
from geo.words.description import description_html, in_place_of_map
from geo.words.explanation import explain
from geo.words.glossary import terms_in
from geo.words.kept import file_name, view_file_name
from geo.words.legend import (
    STATUS_FILLS,
    Legend,
    LegendRow,
    build_legend,
    class_fills,
    class_labels,
    class_rows,
    fill_of,
    legend_of,
)
from geo.words.measure import (
    DOLLARS_NAMES,
    caption,
    end_text,
    is_plain,
    measure_label,
    need_label,
    number_text,
    shape_of,
    value_text,
)
from geo.words.naming import choices_named, names_of, view_names
from geo.words.sentence import (
    appropriated_range,
    dominance,
    ignored,
    located_money,
    met_again,
    prices,
    rate_met_again,
)
from geo.words.telling import Telling, tell
from geo.words.title import NEEDS_IN_SHORT, fitting
