"""The Contribute evidence page: a reader's own row, checked, tried on their view, and sent."""

from geo.chapters.contribute.draft import Draft, brought, drafted
from geo.chapters.contribute.effect import effect_of
from geo.chapters.contribute.fields import TEXTS, asked_of, hint, label, options
from geo.chapters.contribute.page import (
    PARTS,
    contribute_titled,
    contribute_told,
    effect_html,
    fault_html,
    is_needed,
    needs_html,
    picker_html,
    result_html,
    send_html,
)
