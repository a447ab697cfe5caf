"""One folder for each page of the dashboard; `contents` is the register of them."""

from geo.chapters.bar import bar_html
from geo.chapters.contents import MAP, Chapter, late, page_at, register
