"""How unequal aid is, against which need, and how sure that is.

The indices are pure functions on one number per state (`geo.equity.indices`), with permutation
tests (`inference`), neighbourhood (`spatial`), what the unplaced money could change (`bounds`)
and everything of one view together (`summary`). numpy is the only library they need.
"""
