"""The routes beside the pages."""

from geo.server.routes.api import STARTED, routes
from geo.server.routes.paint import choices, painted_ahead
