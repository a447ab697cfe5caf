"""Every view of every page as a complete HTML page, before it is an app and where none comes."""

from geo.first.asked import ask
from geo.first.page import first_html
