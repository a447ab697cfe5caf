"""The page *Is the essay right?*: the claims with their verdicts, the objections, the grid."""

from geo.chapters.evidence.api import claims_csv, claims_file_name, claims_json
from geo.chapters.evidence.appendix import objections_told
from geo.chapters.evidence.objections import objections_html
from geo.chapters.evidence.page import (
    claims_html,
    evidence_called,
    evidence_head,
    evidence_page_html,
    evidence_titled,
    evidence_told,
    further_html,
    rule_html,
)
from geo.chapters.evidence.query import ASKED, FACTORS, Asked
from geo.chapters.evidence.reporting import reporting_html, reporting_lead_html
from geo.chapters.evidence.words import (
    NEED_NAMES,
    VERDICTS,
    evidence_headline,
    fact,
    statistic_text,
    verdict_text,
    why,
)
