"""Numbers of policy: each stands here once, with its unit and its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

FIRST_YEAR: Final = 2008
"""First year of the period: the first Mérida money was appropriated in June 2008."""

LAST_YEAR: Final = 2021
"""Last year of the period: the Initiative was replaced in October 2021."""

MIN_CLASSES: Final = 3
MAX_CLASSES: Final = 9
DEFAULT_CLASSES: Final = 5
"""Five classes is the most a reader tells apart by lightness alone without effort."""

NEED_YEAR: Final = 2020
"""Census year of the population and poverty baselines.

Homicides are summed over the view's years instead.
"""

APPROPRIATED_USD: Final = Decimal("2745900000")
"""Appropriated for fiscal years 2008-2017, as attributed to the U.S. Congress (source INDIGO).

The last cumulative figure given to one decimal; later ones are rounded (about 3.3 billion to
fiscal year 2021). It is the yardstick for "how much of the money has a published place".
"""
APPROPRIATED_SPAN: Final = (2008, 2017)

MAX_SPOKEN_NOTICES: Final = 4
MAX_SPOKEN_TEXT: Final = 40
"""A bad link is quoted back at this length at the most, so that a notice stays one line."""

SCENES_KEPT: Final = 128
"""How many recent scenes, and what was worded of them, are kept in memory for all readers."""
