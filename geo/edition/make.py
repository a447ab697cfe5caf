"""One file of an edition, as bytes: by the functions that the live atlas makes it with."""

from __future__ import annotations

import io
import posixpath
from typing import Any, Final

from geo.briefing import own_file
from geo.chapters.evidence import ASKED, claims_csv, claims_json
from geo.chapters.map import receipt_page_html
from geo.chapters.rebalance import rebalance_csv, rebalance_json
from geo.edition.about import about_page, changes_page
from geo.edition.addresses import DATA_ZIP, PAGES, Address
from geo.edition.held import packs
from geo.edition.page import CARD, EMBED, Edition
from geo.edition.plan import Part
from geo.edition.values import findings_of, pack_js, profiles_of, script_js, values_of
from geo.equity.rebalance import read_chosen
from geo.language import speech
from geo.share import KINDS
from geo.share.files import as_json, package_zip
from geo.view import View, read_query

COLOURS: Final = 64
"""Of a card: a third of its bytes, and nobody sees it."""


def made(edition: Edition, part: Part) -> bytes:
    """The content of a file."""
    if part.address is None:
        return _script(edition, posixpath.basename(part.file).removesuffix(".js"))
    address = part.address
    path = address.path.strip("/")
    if path == "about":
        return about_page(edition, address).encode()
    if path == "changes":
        return changes_page(edition, address).encode()
    if path in PAGES or address.path == EMBED:
        return edition.page(address).encode()
    return _file(edition, address)


def _script(edition: Edition, name: str) -> bytes:
    atlas = edition.atlas
    if name.startswith("profiles_"):
        lang = name.rpartition("_")[2]

        def rewritten(html: str, spoken: str) -> str:
            return edition.rewritten(html, spoken, _home(spoken))

        return script_js(name, profiles_of(atlas, lang, rewritten))
    if name.startswith("tall_"):
        return script_js(name, edition.tall_tables(Address("/methods", name.rpartition("_")[2])))
    views = packs(whole=edition.pictures)[name.removesuffix("_states")]
    if name.endswith("_states"):
        if not edition.pictures:
            views = tuple(view for view in views if not view.filtering)
        return pack_js(name, views, lambda view: findings_of(atlas, view))
    return pack_js(
        name,
        views,
        lambda view: values_of(
            atlas, view, lambda html, lang: edition.rewritten(html, lang, _home(lang))
        ),
    )


def _home(lang: str) -> str:
    return Address("/", lang).file


def view_of(address: Address) -> View:
    """The view of the Map page that an address spells."""
    view, _ = read_query({**dict(address.query), "lang": address.lang})
    return view


def _file(edition: Edition, address: Address) -> bytes:
    atlas, base = edition.atlas, edition.base
    name = posixpath.basename(address.path)
    view = view_of(address)
    if name == DATA_ZIP:
        return package_zip(atlas)
    if address.path == CARD:
        return smaller(KINDS["card.png"].make(atlas, view, base))
    if address.path.startswith("/handout/"):
        return own_file(atlas, name, address.lang, base)
    if name.startswith("claims."):
        asked: Any = ASKED.read({})[0]
        if name.endswith("json"):
            return as_json(claims_json(atlas, view, asked, (), base))
        return claims_csv(atlas, view, asked, base).encode()
    if name.startswith("rebalance."):
        chosen = read_chosen({})[0]
        if name.endswith("json"):
            return as_json(rebalance_json(atlas, view, chosen, ()))
        return rebalance_csv(atlas, view, chosen).encode()
    if name == "receipt.html":
        page = str(receipt_page_html(atlas, view, speech(view.lang)))
        return edition.rewritten(page, address.lang, address.file).encode()
    return KINDS[name].make(atlas, view, base)


def smaller(png: bytes) -> bytes:
    """The same picture in fewer colours."""
    from PIL import Image

    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(out, format="PNG", optimize=True)
    return out.getvalue()
