"""A row that a reader brings: its file, its check by the rules of `make check`, and its atlas."""

from geo.contribution.check import Fault, faults_of, refuse, settled
from geo.contribution.contribution import (
    Contribution,
    fields_of,
    proposed_source_id,
    text_limits,
)
from geo.contribution.file import FILE, read_contribution, written
from geo.contribution.trial import trial_atlas
