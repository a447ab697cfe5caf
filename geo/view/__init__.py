"""What a reader chose, and its one spelling in the address."""

from geo.view.given import PAYER_NAMES, PAYERS
from geo.view.links import address_of, carried, ledger_address, link_of, values_address, with_query
from geo.view.pillars import PILLARS
from geo.view.query import NOTHING_OF_ITS_OWN, PageQuery, Query, last_of
from geo.view.spoken import language_met
from geo.view.view import (
    CLASS_COUNTS,
    CONTROLS,
    DOLLARS,
    EVIDENCE,
    FINGERPRINT,
    FOUND,
    GIVEN,
    LANGS,
    LAYERS,
    MEASURES,
    NAMED,
    PARAMETERS,
    PERS,
    PILLAR_NUMBERS,
    PLACE,
    SCHEMES,
    SEARCHES,
    SHOWS,
    SPLITS,
    STATE_CODES,
    STRICT,
    WEAK,
    YEARS,
    Notice,
    StateNamed,
    View,
    choice_of,
    normal_given,
    normal_layers,
    normal_pillars,
    read_query,
    spell_query,
)
