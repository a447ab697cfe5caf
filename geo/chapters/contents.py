"""The register of the pages: what each is called, what it keeps in its address and what it tells.

Navigation, previews, list of pages and titles are made of it. A page of the briefing's floor stands
in the same list by `register`, which whoever puts the house together calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlencode

from geo.atlas import Atlas
from geo.chapters.closer import TOOLS_QUERY
from geo.chapters.evidence import ASKED
from geo.equity.rebalance import SCENARIOS
from geo.language import Say, Speech, speech, t
from geo.view import (
    NOTHING_OF_ITS_OWN,
    Notice,
    PageQuery,
    Query,
    StateNamed,
    View,
    read_query,
    spell_query,
)
from geo.words import fitting

MAP: Final = ""
"""The path of the Map page, which is at the root."""

Told = Callable[[Atlas, View, Any, Speech], tuple[str, str]]
"""Finding and description of a page at a view, given what the page itself keeps."""

Titled = Callable[[Atlas, View, Any, Speech], Iterator[str]]
"""Ways to say a page's finding as the title of a link, the most telling first."""

Beyond = Callable[[Any, Speech], str]
"""What a page with its own choices shows beyond the map of its view; empty for nothing."""

Called = Callable[[Atlas, View, Any, Speech], str]
"""What a page is called at a view with what it keeps; empty for its own name."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page: the path of its address, its name in the navigation, and what follows from both.

    `keeps` is what its address holds beside the view, and `told`, `titled` and `called` are given
    that. One that is not `listed` is led to from where it is wanted, not from the navigation.
    """

    path: str
    name: Say
    keeps: PageQuery
    told: Told
    titled: Titled
    called: Called = lambda _atlas, _view, _own, _say: ""
    beyond: Beyond | None = None
    listed: bool = True

    @property
    def folder(self) -> str:
        """What its files are called: `pages/…`, `geo/chapters/…`, `tests/chapters/…`."""
        return self.path or "map"

    def read(
        self, query: Query, named: StateNamed = lambda _text: ""
    ) -> tuple[View, Any, tuple[Notice, ...]]:
        """View and own choices that a query spells, and what of it could not be used."""
        view, notices = read_query(query, self.keeps.names, named)
        own, own_notices = self.keeps.read(query)
        return view, own, (*notices, *own_notices)

    def spell(self, view: View, own: Any) -> dict[str, str]:
        """The inverse of `read`: the parameters of view and own choices, defaults left out."""
        return spell_query(view) | self.keeps.spell(own)

    def address(self, view: View, own: Any) -> str:
        """Path and query of the page at a view, with its own choices."""
        query = urlencode(self.spell(view, own))
        return f"/{self.path}?{query}" if query else f"/{self.path}"

    def beyond_map(self, own: Any, say: Speech) -> str:
        """What files and frames of the view leave out: the page itself, or what is open on it."""
        return self.beyond(own, say) if self.beyond else self.name(say)

    def link_title(self, atlas: Atlas, view: View, own: Any) -> str:
        """The finding in so few letters that no messenger cuts it; without a stop."""
        say = speech(view.lang)
        return fitting((*self.titled(atlas, view, own, say), self.name(say)))

    def title(self, atlas: Atlas, view: View, own: Any) -> str:
        """The title of the document, by which two views of the page are told apart."""
        say = speech(view.lang)
        return f"{self.called(atlas, view, own, say) or self.name(say)} · Mérida Atlas"


def late(name: str) -> Callable[..., Any]:
    """The function of that dotted name, imported when first called: no start waits for it."""
    module, _, function = name.rpartition(".")

    def call(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), function)(*given, **named)

    return call


CHAPTERS: Final = (
    Chapter(
        MAP,
        t("Map"),
        TOOLS_QUERY,
        late("geo.chapters.closer.map_told"),
        late("geo.chapters.closer.map_titled"),
        late("geo.chapters.closer.map_called"),
        late("geo.chapters.closer.tool_open"),
    ),
    Chapter(
        "evidence",
        t("Is the essay right?"),
        ASKED,
        late("geo.chapters.evidence.evidence_told"),
        late("geo.chapters.evidence.evidence_titled"),
        late("geo.chapters.evidence.evidence_called"),
    ),
    Chapter(
        "rebalance",
        t("A fairer split"),
        SCENARIOS,
        late("geo.chapters.rebalance.rebalance_told"),
        late("geo.chapters.rebalance.rebalance_titled"),
        late("geo.chapters.rebalance.rebalance_called"),
    ),
    Chapter(
        "inequality",
        t("How unequal, and how sure?"),
        NOTHING_OF_ITS_OWN,
        late("geo.chapters.inequality.inequality_told"),
        late("geo.chapters.inequality.inequality_titled"),
    ),
    Chapter(
        "sites",
        t("Sites"),
        NOTHING_OF_ITS_OWN,
        late("geo.chapters.sites.sites_told"),
        late("geo.chapters.sites.sites_titled"),
    ),
    Chapter(
        "background",
        t("Background"),
        NOTHING_OF_ITS_OWN,
        late("geo.chapters.background.background_told"),
        late("geo.chapters.background.background_titled"),
    ),
    Chapter(
        "methods",
        t("Data and methods"),
        NOTHING_OF_ITS_OWN,
        late("geo.chapters.methods.methods_told"),
        late("geo.chapters.methods.methods_titled"),
    ),
    Chapter(
        "contribute",
        t("Contribute evidence"),
        NOTHING_OF_ITS_OWN,
        late("geo.chapters.contribute.contribute_told"),
        late("geo.chapters.contribute.contribute_titled"),
        listed=False,
    ),
)


def register(*beside: Chapter) -> Mapping[str, Chapter]:
    """Every page by its path, in the order of the navigation; `beside` are those of other floors.

    >>> [chapter.folder for chapter in register().values()][:2]
    ['map', 'evidence']
    """
    return {chapter.path: chapter for chapter in (*CHAPTERS, *beside)}


def page_at(pages: Mapping[str, Chapter], path: str) -> Chapter:
    """The page that stands at the path of an address; the Map where there is none."""
    return pages.get(path.strip("/").split("/")[0], pages[MAP])
