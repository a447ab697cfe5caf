"""What an edition is, on a page of its own: what it holds, how to cite it, what it is without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from geo import __version__
from geo.chapters import bar_html
from geo.drawing import each
from geo.edition.addresses import DATA_ZIP, PAGES, Address, relative
from geo.edition.held import held_views
from geo.edition.page import Edition
from geo.language import Speech, speech
from geo.share.changes import changes_html
from geo.view import STATE_CODES, View

TITLE = "Mérida Atlas"


def citation(version: str, base: str, say: Speech) -> str:
    """How to cite the edition: it names its data, so that it needs no day."""
    told = say.t(
        "{title}. Edition of data {version}, program {program}.",
        title=TITLE,
        version=version,
        program=__version__,
    )
    return f"{told} {base}/" if base else told


def missing(edition: Edition, say: Speech) -> Iterator[str]:
    """What a reader of an edition does without, beside one of the live atlas; a sentence each."""
    yield say.t("The map stays where it is: it cannot be moved, and shows no municipalities.")
    yield say.t(
        "Filters can be set one at a time, and years up to a last one. Other combinations, and a "
        "later first year, are in the live atlas alone. A link to one opens the nearest view here, "
        "and the page says what it left out."
    )
    yield say.t(
        "A state’s need and evidence are told under all choices; its number and its rank follow "
        "your choices."
    )
    yield say.t(
        "The other pages stand at their first choices: inequality is that of activities against "
        "population, and no split of your own can be computed."
    )
    yield say.t(
        "Nothing can be sent: no evidence contributed, no words searched for in the ledger, no "
        "slides of your own. The address in your browser is the link to a view."
    )
    if edition.pictures:
        yield say.t("Maps on paper and files for a GIS are there for the first view alone.")
    if not edition.pictures:
        yield say.t(
            "This edition has no pictures. Without a script it has one page for each chapter; each "
            "view, claim and state has one of its own only in an edition with pictures."
        )
        yield say.t(
            "A state’s own finding is there for all activities; under a filter the finding stays "
            "that of all states."
        )


def about_page(edition: Edition, address: Address) -> str:
    """The page, in the language of the address."""
    say = speech(address.lang)
    pages = sum(file.endswith(".html") for file in edition.files)
    views = say.number(len(held_views(whole=edition.pictures)))
    title = say.t("About this edition")
    parts = (
        say.t(
            "This is the Mérida Atlas as files. It needs no server, asks no other host for "
            "anything and opens from a folder. Every number in it was written by the program of "
            "the live atlas, from the data of one version."
        ),
        say.t(
            "It holds {pages} pages and {views} views of the map, each of them for all "
            "{states} states. A link of the live atlas opens the same view here: put what follows "
            "its host’s name after this folder’s.",
            pages=say.number(pages),
            views=views,
            states=len(STATE_CODES),
        ),
    )
    files = (
        ("manifest.json", say.t("every file with its size and SHA-256")),
        (DATA_ZIP, say.t("the data package")),
    )
    body = Markup(
        '<div id="ma-first" lang="{lang}" class="whole">{bar}<main><div class="chapter">'
        '<div class="head"><h1 class="ma-headline">{title}</h1></div><div class="ma-text">{parts}'
        "<h2>{cite}</h2><p>{citation}</p><p>{licence}</p>{since}<h2>{files_title}</h2><ul>{files}</ul>"
        '<h2 id="without">{without}</h2><ul>{missing}</ul></div></div></main></div>'
    ).format(
        lang=say.lang,
        bar=_bar(address, say),
        title=title,
        parts=each("<p>{}</p>", parts),
        cite=say.t("Cite it"),
        citation=citation(edition.atlas.version, edition.base, say),
        licence=say.t(
            "The program is under the MIT licence; each data file carries the terms of its source, "
            "in datapackage.json."
        ),
        files_title=say.t("To check and to keep"),
        since=_since(edition, say),
        files=each(
            '<li><a href="/{}">{}</a>: {}</li>', ((name, name, what) for name, what in files)
        ),
        without=say.t("What it does without"),
        missing=each("<li>{}</li>", missing(edition, say)),
    )
    return edition.whole(address, f"{title} · {TITLE}", Markup(""), body)


def _since(edition: Edition, say: Speech) -> Markup:
    """The ways to what changed since data of before, and to their editions."""
    links = [
        (
            f"/changes?data={version}&lang={say.lang}",
            say.t("What changed since data {version}", version=version),
        )
        for version in edition.since
    ]
    listed = each('<li><a href="{}">{}</a></li>', links)
    return Markup("<h2>{}</h2><ul>{}</ul>").format(say.t("Before"), listed) if links else Markup("")


def changes_page(edition: Edition, address: Address) -> str:
    """What changed from the data of before to these, in one table."""
    say, version = speech(address.lang), dict(address.query)["data"]
    title = say.t("What changed")
    older = [
        Markup('<p><a href="{}">{}</a></p>').format(
            relative(f"{folder}/{address.folder}index.html", "x/" + address.file),
            say.t("The edition of data {version}", version=version),
        )
        for data, folder in edition.beside.items()
        if data == version
    ]
    body = Markup(
        '<div id="ma-first" lang="{}" class="whole">{}<main><div class="chapter"><div class="head">'
        '<h1 class="ma-headline">{}</h1></div>{}{}</div></main></div>'
    ).format(
        say.lang,
        _bar(address, say),
        title,
        Markup("").join(older),
        changes_html(edition.since[version], say),
    )
    return edition.whole(address, f"{title} · {TITLE}", Markup(""), body)


def _bar(address: Address, say: Speech) -> Markup:
    here = replace(PAGES[""], path=address.path.strip("/"), listed=False)
    bar = bar_html(PAGES, here, View(lang=address.lang), say)
    # Its language links know nothing of what the page is of.
    query = "".join(f"&amp;{name}={text}" for name, text in address.query)
    return Markup(re.sub(rf'(href="{address.path}\?lang=\w+)"', rf'\1{query}"', str(bar)))  # noqa: S704
