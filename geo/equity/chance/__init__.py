"""How often chance alone would come up with as much, and who stands beside whom."""

from geo.equity.chance.displacement import p_of_displacement
from geo.equity.chance.inference import (
    Range,
    between_share_permutation,
    exhaustive_range,
    group_difference_permutation,
)
from geo.equity.chance.neighbours import queen_neighbours
from geo.equity.chance.outcome import PermutationResult
from geo.equity.chance.relabeling import shuffles
from geo.equity.chance.spatial import Caution, LocalMoran, Moran, Quadrant, local_moran, moran
