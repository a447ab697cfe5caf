"""The Evidence page: the claims with their verdicts, the objections, the grid."""

from geo.chapters.evidence.api import claims_csv, claims_file_name, claims_json
from geo.chapters.evidence.appendix import objections_told
from geo.chapters.evidence.claim import claim_html, evidence_html
from geo.chapters.evidence.grid import grid_html
from geo.chapters.evidence.objections import objections_html
from geo.chapters.evidence.page import (
    claim_options,
    contents_html,
    evidence_called,
    evidence_told,
    option_text,
    overview_html,
    rule_html,
    shown_claim,
)
from geo.chapters.evidence.query import ASKED, FACTORS, Asked
from geo.chapters.evidence.receipts import receipt_html
from geo.chapters.evidence.reporting import reporting_html, reporting_lead_html
from geo.chapters.evidence.words import (
    NEED_NAMES,
    VERDICTS,
    evidence_caveat,
    evidence_headline,
    fact,
    statistic_text,
    verdict_text,
    why,
)
