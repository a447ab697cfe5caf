"""What a reader is told when a request is not answered: a page in their language, with ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from markupsafe import Markup
from starlette.responses import HTMLResponse

from geo.briefing import MOST_BYTES
from geo.chapters import MAP
from geo.drawing import each
from geo.language import LANGUAGE_NAMES, Speech, speech
from geo.server.previews import PAGES
from geo.view import LANGS

MOST_SENT: Final = MOST_BYTES + 20_000
"""Bytes that one request may send: the largest scene file, and what a form wraps around it."""

NEVER_KEPT: Final = "no-store"
"""What is asked for anew every time."""

STYLE: Final = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;"
    "color-scheme:light dark}li{padding:.2rem 0}"
)

Told = Callable[[Speech], tuple[str, str]]
"""Gives title and sentence in a language."""

REFUSED: Final[dict[int, Told]] = {
    400: lambda say: (
        say.t("This address cannot be read"),
        say.t("Something in it is not written as an address is. Choose a page below."),
    ),
    403: lambda say: (
        say.t("This was asked for by another site"),
        say.t("The atlas takes what is sent from its own pages only. Choose the file there again."),
    ),
    404: lambda say: (
        say.t("There is no such page"),
        say.t("Nothing of the atlas stands at this address. It has these pages:"),
    ),
    405: lambda say: (
        say.t("This address is only for reading"),
        say.t("Nothing can be sent to it or changed at it."),
    ),
    413: lambda say: (
        say.t("This is too large"),
        say.t(
            "The atlas takes at most {most} bytes at once: a scene file. Make it shorter.",
            most=say.number(MOST_SENT),
        ),
    ),
    500: lambda say: (
        say.t("This could not be made"),
        say.t("The fault is not yours, and the atlas has noted it. Choose another view or page."),
    ),
}
"""Status → what is said of it."""


def refusal(lang: str, status: int, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page that says why a request is refused."""
    say = speech(lang)
    return told_page(say, status, *REFUSED[status](say), headers)


def told_page(
    say: Speech,
    status: int,
    title: str,
    sentence: str,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A page that says one thing, with links to every page of the atlas in both languages."""
    links = each(
        '<li><a href="/{}?lang={}">{}</a></li>',
        ((path, say.lang, page.name(say)) for path, page in PAGES.items()),
    )
    others = each(
        '<a href="/{}?lang={}" lang="{}">{}</a>',
        ((MAP, lang, lang, LANGUAGE_NAMES[lang]) for lang in LANGS if lang != say.lang),
    )
    markup = Markup(
        '<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><meta name="robots" content="noindex">'
        "<title>{title} · Mérida Atlas</title><style>{style}</style><h1>{title}</h1>"
        "<p>{sentence}</p><ul>{links}</ul><p>{others}</p></html>"
    ).format(
        lang=say.lang,
        title=title,
        style=Markup(STYLE),  # noqa: S704 - ours
        sentence=sentence,
        links=links,
        others=others,
    )
    return HTMLResponse(str(markup), status, {"Cache-Control": NEVER_KEPT, **(headers or {})})
