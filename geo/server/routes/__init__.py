"""The routes beside the pages, and those of the pages."""

from geo.server.routes.answers import AT_AN_EDGE, BRIEFLY, IGNORED, OF_THE_DATA, REVISED
from geo.server.routes.api import routes
from geo.server.routes.pages import app_script, made_ahead, page_routes
from geo.server.routes.paint import painted_ahead
