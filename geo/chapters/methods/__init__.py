"""The Data and methods page: the ledger, the sources, the totals, what did not match."""

from geo.chapters.methods.ledger import ledger_html
from geo.chapters.methods.page import (
    closing_html,
    ledger_opening_html,
    methods_titled,
    methods_told,
    opening_html,
)
