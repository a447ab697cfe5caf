"""How unequal aid is, against which need, and how sure that is.

The indices are pure functions on one number per state (`geo.equity.indices`), with permutation
tests (`inference`), neighbourhood (`spatial`), what the unplaced money could change (`bounds`)
and everything of one view together (`summary`). numpy is the only library they need.
"""

from geo.equity.bounded import IndexRange, Unplaced, index_ranges, range_of, unplaced
from geo.equity.chance import forget_arrays
from geo.equity.groups import INSIDE, grouping
from geo.equity.recapture import Catches, Completeness, completeness
from geo.equity.summary import EquitySummary, GroupEquity, equity_of
