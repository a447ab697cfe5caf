"""What `make data` runs: everything in `data/` that is made, and the font of headings."""

from geo.build.adding import add
from geo.build.check import tables_of
