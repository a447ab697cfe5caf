"""The briefing: the argument and the counter-evidence in slides, to be told in a room."""

from geo.briefing.computed import compute_slides
from geo.briefing.files import FILES, HTML, PAGE, brought_page, own_file
from geo.briefing.listing import BRIEFING, briefing_body
from geo.briefing.scenes import MOST_BYTES, briefing_of, own_briefing, read_briefing
