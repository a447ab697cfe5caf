"""The atlas as files that need no server: every page, and the values its script changes between."""

from geo.edition.build import build_edition
from geo.edition.plan import Choices
