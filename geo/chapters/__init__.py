"""One folder for each page of the dashboard; `contents` is the register of them."""

from geo.chapters.contents import KEEPS, MAP, PAGE_NAMES, page_title, spelled_own
