"""What holds between fields, rows and tables: each rule once, for the check and for the start."""

from geo.atlas.rules.figures import PARTS
from geo.atlas.rules.ledger import ACTIVITY_ID
from geo.atlas.rules.whole import all_faults
