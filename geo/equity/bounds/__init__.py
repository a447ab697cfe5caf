"""What the money without a place could change."""

from geo.equity.bounds.bounds import bounds_of
from geo.equity.bounds.group_bounds import group_share_bounds
from geo.equity.bounds.possible import Bounds
