"""Numbers of policy: each stands here once, with its unit and its reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

FIRST_YEAR: Final = 2008
"""First year of the period: the first Mérida money was appropriated in June 2008."""

LAST_YEAR: Final = 2021
"""Last year of the period: the Initiative was replaced in October 2021."""

BASE_YEAR: Final = LAST_YEAR
"""Constant dollars are at the prices of this year: the last of the period."""

LATEST_END: Final = LAST_YEAR + 5
"""Last year in which what began before the end may end: no contract ran for more than five."""

LAST_COUNTED: Final = "M113"
"""Last activity in the ledger when the log of the search was counted (`search_effort.csv`)."""

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

APPROPRIATED_TO_END_USD: Final = Decimal("3300000000")
"""About what was appropriated for fiscal years 2008-2021: "roughly $3.3 billion" (source IF10578).

The ledger goes to 2021. A share of either sum alone would divide by other years than it counts, so
a share of the appropriations is given as a range, from this sum to the one above.
"""

MAX_SPOKEN_NOTICES: Final = 4
MAX_SPOKEN_TEXT: Final = 40
"""A bad link is quoted back at this length at the most, so that a notice stays one line."""

SCENES_KEPT: Final = 128
"""How many recent scenes, and what was worded of them, are kept in memory for all readers."""

MAX_SEZ_BONUS: Final = 500
"""Percent a scenario may add to the weight of special-economic-zone states: six times theirs."""

MAX_MIX_WEIGHT: Final = 100
"""The most one need may count in a mix; only the proportions between the needs matter."""

MAX_SCENARIO_NAME: Final = 60
"""Characters of a scenario's name, so that it fits the head of a column."""

UNITS: Final = 100
"""What is redistributed is counted in hundredths: cents of a dollar, hundredths of an activity."""

PERMUTATIONS: Final = 9_999
"""Random relabelings in a permutation test: the smallest p it can find is 1 in 10,000."""

PERMUTATION_SEED: Final = 20_071_022
"""Where our random numbers start, the same for every reader: the day Mérida was announced."""

EXACT_LABELINGS: Final = 1_000_000
"""Up to so many ways of choosing the states of a group, all are tried instead of a sample.

The 906,192 ways of choosing six of 32 states take a tenth of a second.
"""

FALSE_DISCOVERY_RATE: Final = 0.05
"""Share of false finds accepted among the states a local Moran map marks."""

FEW_AREAS: Final = 50
"""Below so many areas one of them can carry a spatial statistic, and the reader is told."""

TOP_STATES: Final = (1, 3, 5, 10)
"""How many of the states with most aid are counted together."""

SUMMARIES_KEPT: Final = 128
"""How many recent summaries of inequality are kept in memory for all readers."""

DEFAULT_SCHEME: Final = "jenks"
"""Natural breaks: for a given number of classes they have the best variance fit by definition."""

PLAY_STEP_MS: Final = 1200
"""Milliseconds each year stays on the map while the years are played: time to read one change."""

DEALS: Final = 9_999
"""How often the activities are dealt out to the states anew: p is known to 1 in 10,000."""

RECALL: Final = (9, 13)
"""Of 13 activities already known, the equal-effort search met 9 again, where that was counted."""

RECALL_CONFIDENCE: Final = 0.95
"""Confidence of the range given for that recall, the usual one."""

MAX_UNDER: Final = 20
UNDER_STEPS: Final = 2
"""How strongly a reader may assume the South to be under-reported: up to 20 times, in halves."""

NEARLY_ALL: Final = 0.9
"""An interval over so much of an index's whole scale is said to leave nearly everything open."""

HEADING_FAMILY: Final = "Atlas Serif"
HEADING_WEIGHT: Final = 600
TEXT_FAMILY: Final = "Atlas Sans"
TEXT_WEIGHTS: Final = (400, 700)
"""The fonts of headings and of text, and the weights they come in: everyone reads the same ones."""

ICON_FAMILY: Final = "Atlas Icons"
"""What the font of Streamlit's icons calls itself, cut down to those that it asks for."""

LONGEST_CELL: Final = 2_000
"""Characters of a cell of a table; the longest that the data hold has a quarter of that."""

LONGEST_NUMBER: Final = 20
"""Characters of a number in a cell: what is longer is no figure that anybody published."""

MOST_CONTRIBUTED_BYTES: Final = 100_000
"""Bytes of the file of a contribution: its rows and words have room in a quarter of that."""

MOST_CONTRIBUTED_PLACES: Final = 40
MOST_CONTRIBUTED_SOURCES: Final = 5
"""Rows of a contribution: one activity, with a place in every state, and a few documents."""

LONGEST_WORDS: Final = 4_000
LONGEST_NAME: Final = 120
"""Characters of what a reader says of a contribution, and of a name or a way to be reached."""
