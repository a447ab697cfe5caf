"""What a reader chose, and its one spelling in the address."""

from geo.view.links import address_of, ledger_address, link_of, values_address, with_query
from geo.view.pillars import PILLARS
from geo.view.query import NOTHING_OF_ITS_OWN, PageQuery, Query, last_of
from geo.view.view import (
    CLASS_COUNTS,
    CONTROLS,
    EVIDENCE,
    FINGERPRINT,
    FOUND,
    LANGS,
    LAYERS,
    MEASURES,
    NAMED,
    PARAMETERS,
    PERS,
    PILLAR_NUMBERS,
    SCHEMES,
    SEARCHES,
    SHOWS,
    SPLITS,
    STATE_CODES,
    WEAK,
    YEARS,
    Notice,
    View,
    normal_layers,
    normal_pillars,
    read_query,
    spell_query,
)
