"""How often a deal by need would come up with as much, and who stands beside whom."""

from geo.equity.chance.inference import (
    Range,
    between_share_permutation,
    exhaustive_range,
    group_difference_permutation,
)
from geo.equity.chance.neighbours import Contiguity, queen_neighbours
from geo.equity.chance.null import Dealt, Reach, deals, forget_arrays, share_as_far
from geo.equity.chance.of_deals import between_shares, displacements, morans
from geo.equity.chance.outcome import PermutationResult
from geo.equity.chance.spatial import (
    Caution,
    LocalMoran,
    Moran,
    Quadrant,
    benjamini_hochberg,
    local_moran,
    moran,
)
