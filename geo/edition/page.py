"""A page of the live atlas as a file: the same HTML, with every address one of the edition.

What every page would repeat stands once: the shapes of the map in the style sheet, and the scripts.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Final

from markupsafe import Markup, escape

from geo.atlas import Atlas
from geo.chapters import MAP, page_at
from geo.chapters.map import find_html
from geo.drawing import build_shelf, symbol_uri
from geo.edition.addresses import (
    ABOUT,
    DATA_ZIP,
    PAGES,
    WITHOUT,
    Address,
    read_address,
    relative,
)
from geo.first import ask, first_html
from geo.language import SITE_KINDS, speech
from geo.share import PAGES_POLICY, Preview, preview_of, tags_html
from geo.share.changes import Changes
from geo.view import LANGS, with_query

STYLE: Final = "assets/edition.css"
SCRIPT: Final = "assets/edition.js"
CARD: Final = "/card.png"
EMBED: Final = "/embed"
"""The Map page in a frame of another one."""

LINK: Final = re.compile(r'<a\b([^>]*?) href="([^"]*)"([^>]*)>')
ACTION: Final = re.compile(r' action="/"')
GEOMETRY: Final = re.compile(r'<path (?:id="(m\d\d)"|class="land ([a-z_]+)")[^>]*? d="([^"]*)"')
"""A shape of the map: what it is, and its outline."""

SHAPE: Final = re.compile(r'(<path (?:id="m\d\d"|class="land [a-z_]+")[^>]*?) d="[^"]*"')
RECEIPT: Final = re.compile(r'<details class="ma-numbers ma-receipt".*?</details>', re.DOTALL)
FIND: Final = re.compile(r' data-words="[^"]*"')
FORM: Final = re.compile(r'<form class="ma-find"')
ITEM: Final = re.compile(r"<li>(?:(?!</li>).)*? data-gone[ >].*?</li>", re.DOTALL)
GONE: Final = re.compile(r"<a [^>]*data-gone[^>]*>(.*?)</a>", re.DOTALL)
BUTTON: Final = re.compile(r'<a class="ma-[^>]*data-gone[^>]*>.*?</a>', re.DOTALL)
"""A link set as a button, to what the edition is without."""

FILES_OF: Final = re.compile(r'<p class="ma-small ma-files-of">.*?</p>', re.DOTALL)
SYMBOL: Final = re.compile(r'<img src="(data:image/svg[^"]*)"')
SYMBOLS: Final = tuple(SITE_KINDS)
SHARE: Final = re.compile(r'<(a|button)[^>]* class="ma-share-open[^>]*>.*?</\1>', re.DOTALL)
TALL: Final = re.compile(r'<div class="ma-wide ma-tall".*?</table></div>', re.DOTALL)
FORMS: Final = re.compile(
    r'<h2 id="my-slides">.*?</form><p class="ma-small">.*?</p>|'
    r'<h2>[^<]*</h2><ul class="ma-files"></ul>',
    re.DOTALL,
)
"""What of the briefing takes a server or the app, and a list of files that has none left."""

ZOOM: Final = re.compile(r'<div class="ma-zoom" aria-hidden="true">.*?</div>')
TOOLS: Final = re.compile(
    r'<div class="tools">.*?<div class="measure"><ul>.*?</ul></div>', re.DOTALL
)
FROM: Final = re.compile(
    r'(data-control="w_years"><summary>.*?</summary><div>)<h3>.*?</h3><ul>.*?</ul>', re.DOTALL
)
"""The first year, which the edition does not vary."""


@dataclass(frozen=True)
class Edition:
    """What stands in an edition: its files, and the address it is going to have, if that is known.

    `base` is that address without a slash at its end; empty for one that may stand anywhere.
    `beside` are the editions of other data that stand in folders beside it: data version → folder;
    `since` is what changed since data of before, by their version.
    """

    atlas: Atlas
    files: frozenset[str]
    base: str = ""
    pictures: bool = True
    beside: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, Changes] = field(default_factory=dict)

    def has(self, address: Address) -> bool:
        """Whether it keeps a file for this address."""
        return address.file in self.files

    def link(self, href: str, lang: str, file: str) -> str | None:
        """An address of the live atlas as `file` spells it; None for what the edition is without.

        A view of the map that has no page of its own is shown by the script of the map's page, and
        one of another page is that page, unless it is the one that the link stands on.
        """
        address = read_address(self.atlas, href, lang)
        if address is None:
            return href
        fragment = f"#{address.fragment}" if address.fragment else ""
        if self.has(address):
            return relative(address.file, file) + fragment
        path = address.path.strip("/")
        if path not in PAGES:
            return None
        query = dict(address.query)
        whole = replace(address, query=())
        kept = query if path == MAP and "tool" not in query else {}
        if whole.file == file and path != MAP and query:
            return None  # It would lead to where the reader is.
        return with_query(relative(whole.file, file), kept) + fragment

    def rewritten(self, html: str, lang: str, file: str) -> str:
        """HTML of the live atlas with addresses of the edition, and without what it has not."""

        def linked(tag: re.Match[str]) -> str:
            href = unescape(tag[2])
            if href.startswith("#"):
                return tag[0]
            to = self.link(href, lang, file)
            if to is None:
                return f"<a{tag[1]} data-gone{tag[3]}>"
            return f'<a{tag[1]} href="{escape(to)}"{tag[3]}>'

        text = LINK.sub(linked, html)
        text = RECEIPT.sub(lambda told: "" if " data-gone" in told[0] else told[0], text)
        text = ITEM.sub("", text)
        text = FILES_OF.sub(_files_left, text)
        gone = relative(f"{'' if lang == LANGS[0] else lang + '/'}{WITHOUT}", file)
        text = GONE.sub(lambda told: f'<a href="{gone}">{told[1]}</a>', BUTTON.sub("", text))
        text = FORMS.sub("", text)
        text = SYMBOL.sub(lambda image: f'<img src="{self._symbol(image[1], file)}"', text)
        return ZOOM.sub("", SHAPE.sub(r"\1", SHARE.sub("", text)))

    def _symbol(self, uri: str, file: str) -> str:
        """The file of a symbol that the live atlas spells out on each page."""
        kind = next((kind for kind in SYMBOLS if symbol_uri(kind) == unescape(uri)), "")
        return relative(f"assets/symbols/{kind}.svg", file) if kind else uri

    def page(self, address: Address) -> str:
        """The page at an address, complete."""
        say = speech(address.lang)
        query = {name: [text] for name, text in address.query} | {"lang": [address.lang]}
        chapter = page_at(PAGES, address.path)
        if address.path == EMBED:
            query["embed"] = ["true"]
        asked = ask(self.atlas, chapter, query)
        body = str(first_html(self.atlas, asked, PAGES, Markup("")))
        words = FIND.search(str(find_html(build_shelf(self.atlas), say)))
        home = relative(f"{address.folder}index.html", address.file)
        body = self._choices(body, address)
        if not self.pictures:
            body = self._without_tall(body, address)
        body = ACTION.sub(f' action="{home}"', body)
        finds = f' data-find data-places="places"{words[0] if words else ""}'
        body = FORM.sub(lambda form: form[0] + finds, body)
        preview = preview_of(self.atlas, chapter, query)
        return self.whole(
            address,
            preview.title,
            self._tags(preview, address),
            Markup(body),  # noqa: S704
        )

    def _choices(self, body: str, address: Address) -> str:
        """The choices of a page as far as the edition has them, each with what it sets."""
        if address.path.strip("/") not in ("", "embed"):
            return TOOLS.sub("", body)
        if address.key:
            return TOOLS.sub(lambda menus: FROM.sub(r"\1", menus[0]), body)
        here = dict(address.query)

        def setting(tag: re.Match[str]) -> str:
            to = read_address(self.atlas, unescape(tag[2]), address.lang)
            there = dict(to.query) if to else {}
            names = dict.fromkeys((*there, *here))
            changes = {n: there.get(n) for n in names if there.get(n) != here.get(n)}
            return f'<a{tag[1]} data-set="{escape(json.dumps(changes))}" href="{tag[2]}"{tag[3]}>'

        return TOOLS.sub(lambda menus: LINK.sub(setting, FROM.sub(r"\1", menus[0])), body)

    def _without_tall(self, body: str, address: Address) -> str:
        """The page without its long tables, which a script brings; each says where else it is."""
        say = speech(address.lang)
        count = itertools.count()

        def told(_table: re.Match[str]) -> str:
            lead = say.t("A script brings this table. Without one it is in the data:")
            return str(
                Markup('<div data-held="{}"><p>{} <a href="/{}">{}</a></p></div>').format(
                    next(count), lead, DATA_ZIP, DATA_ZIP
                )
            )

        return TALL.sub(told, body)

    def tall_tables(self, address: Address) -> list[str]:
        """The long tables of a page, in their order."""
        query = {"lang": [address.lang]}
        asked = ask(self.atlas, page_at(PAGES, address.path), query)
        body = str(first_html(self.atlas, asked, PAGES, Markup("")))
        return [self.rewritten(one, address.lang, address.file) for one in TALL.findall(body)]

    def whole(self, address: Address, title: str, tags: Markup, body: Markup) -> str:
        """A page with its head; `body` is HTML of the live atlas."""
        lang, file = address.lang, address.file
        told = {
            "root": relative("x", file)[:-1],
            "page": address.path.strip("/"),
            "key": address.key,
            "lang": lang,
        }
        head = Markup(
            '<!doctype html><html lang="{}" data-edition><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta http-equiv="Content-Security-Policy" content="{}"><title>{}</title>{}'
            '<meta name="merida-atlas-edition" content="{}">'
            '<link rel="icon" type="image/svg+xml" href="{}"><link rel="stylesheet" href="{}">'
            '<script src="{}" defer></script></head><body>'
        ).format(
            lang,
            PAGES_POLICY,
            title,
            tags,
            json.dumps(told),
            relative("assets/favicon.svg", file),
            relative(STYLE, file),
            relative(SCRIPT, file),
        )
        inside = self.rewritten(str(body), lang, file)
        return f"{head}{inside}{self._foot(address)}</body></html>\n"

    def _foot(self, address: Address) -> Markup:
        """That this is an edition, of which data, and what it is without."""
        say = speech(address.lang)
        return Markup(
            '<footer class="ma-edition" lang="{}"><p>{} <a href="{}">{}</a></p></footer>'
        ).format(
            say.lang,
            say.t("An edition of the Mérida Atlas, data {version}.", version=self.atlas.version),
            relative(address.folder + ABOUT, address.file),
            say.t("What it holds, and how to cite it"),
        )

    def _tags(self, preview: Preview, address: Address) -> Markup:
        """What a link to the page unfolds to; whole addresses only where they are known."""
        card = replace(address, path=CARD)
        if not self.has(card):
            card = replace(card, query=())
        others = tuple((lang, f"/{replace(address, lang=lang).file}") for lang in LANGS)
        told = replace(preview, address=f"/{address.file}", card=f"/{card.file}", others=others)
        return tags_html(told, self.base if self.has(card) else "")


def _files_left(told: re.Match[str]) -> str:
    """The line of a view's files with those alone that are there; nothing without any."""
    lead = told[0].partition("<a ")[0]
    links = [link for link in re.findall(r"<a .*?</a>", told[0]) if " data-gone" not in link]
    return f"{lead}{' · '.join(links)}</p>" if links else ""
