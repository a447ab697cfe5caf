"""Claims with their verdicts: statistics, grids, objections, reporting bias."""

from geo.equity.claims.claim import NEEDS, Claim, Claims, Test
from geo.equity.claims.file import claims_of, load_claims
from geo.equity.claims.findings import Finding, finding
from geo.equity.claims.incidence_arrays import CountingRule, amounts_of, incidence, needs_of
from geo.equity.claims.judgements import otherwise, whole_of
from geo.equity.claims.objections import Effect, Reply, replies
from geo.equity.claims.readings import OFF_BORDER, PLACES, Reading
from geo.equity.claims.reporting import Recall, recall_of, under_reporting
from geo.equity.claims.robustness import Called, Cell, Grid, grid_of
from geo.equity.claims.statistics import (
    Outcome,
    counting_rule_of,
    like_over_like,
    members,
    places_reached,
    published_total,
)
from geo.equity.claims.verdicts import STANDS, Because, Judged, Verdict
