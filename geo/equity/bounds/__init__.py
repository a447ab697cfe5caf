"""What the money without a place could change."""

from geo.equity.bounds.bounds import Bounds, bounds_of
from geo.equity.bounds.group_bounds import group_share_bounds
