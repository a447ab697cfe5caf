"""The visits on which to look at a page costs least, since most looks are at them."""

from __future__ import annotations

from typing import Final

from geo.server.previews import PAGES
from geo.view import LANGS
from tests.browser.visits import SCHEMES, visit
from tests.covering import covering

# Not in a module that a conftest.py imports: pytest has not read the profile then.
EACH_PAGE: Final = covering(PAGES, LANGS, SCHEMES, make=visit)
"""Every page, and every language with every theme."""
