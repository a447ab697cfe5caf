"""The bar over every page: the atlas's name, the pages, the language and the share panel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from markupsafe import Markup

from geo.chapters.contents import MAP, Chapter
from geo.drawing import each, share_button_html
from geo.language import LANGUAGE_NAMES, Speech
from geo.view import LANGS, PARAMETERS, View, address_of

IN_SIGHT: Final = 3
"""So many pages stand in the bar itself on a wide screen; all of them in its menu on a phone."""


def bar_html(pages: Mapping[str, Chapter], here: Chapter, view: View, say: Speech) -> Markup:
    """The bar of the page `here`, each of its links with the view.

    The links work without a script; with one they stay in step with the address (`bar.js`).
    """
    listed = [chapter for chapter in pages.values() if chapter.listed]
    near = each("<li>{}</li>", (_link(one, here, view, say) for one in listed[:IN_SIGHT]))
    menu = each(
        '<li class="{}">{}</li>',
        (
            ("ma-near" if at < IN_SIGHT else "", _link(one, here, view, say))
            for at, one in enumerate(listed)
        ),
    )
    return Markup(
        '<header class="ma-top" data-carries="{carries}">'
        '<a class="ma-home" href="{home}">Mérida Atlas</a>'
        '<nav aria-label="{pages}"><ul class="ma-pages">{near}</ul>'
        '<details class="ma-menu{within}"><summary><span class="ma-wide">{more}</span>'
        '<span class="ma-narrow">{all}</span></summary><ul>{menu}</ul></details></nav>'
        '<span class="ma-langs" role="group" aria-label="English / Español">{langs}</span>'
        "{share}</header>"
    ).format(
        carries=" ".join(PARAMETERS),
        home=address_of(View(lang=view.lang), "/"),
        pages=say.t("Pages"),
        near=near,
        within="" if here in listed[:IN_SIGHT] else " within",
        more=say.t("More"),
        all=say.t("Menu"),
        menu=menu,
        langs=Markup("").join(_language(lang, here, view) for lang in LANGS),
        share=share_button_html(say),
    )


def _link(chapter: Chapter, here: Chapter, view: View, say: Speech) -> Markup:
    path = f"/{'' if chapter.path == MAP else chapter.path}"
    return Markup('<a href="{}" data-page="{}"{}>{}</a>').format(
        address_of(view, path),
        path,
        Markup(' aria-current="page"') if chapter is here else "",
        chapter.name(say),
    )


def _language(lang: str, here: Chapter, view: View) -> Markup:
    """The same page in a language."""
    return Markup(
        '<a href="{}" lang="{}" hreflang="{}" data-lang="{}" aria-label="{}"{}>{}</a>'
    ).format(
        address_of(view.with_(lang=lang), f"/{here.path}"),
        lang,
        lang,
        lang,
        LANGUAGE_NAMES[lang],
        Markup(' aria-current="true"') if view.lang == lang else "",
        lang.upper(),
    )
