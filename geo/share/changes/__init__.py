"""What changed between two data packages, as a table, CSV or JSON."""

from geo.share.changes.differences import Changes, changes_between
from geo.share.changes.forms import changes_csv, changes_json, changes_text
from geo.share.changes.page import changes_html, changes_page
