"""The share panel: the link, a sentence to send, a QR code, a frame, a citation, and the files.

HTML for a dialog that the browser opens; it is asked for when a reader wants it, so that no page
carries it. Nothing here asks an outside host: the messengers are links that the reader follows.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

from markupsafe import Markup

from geo import __version__
from geo.atlas import Atlas
from geo.chapters import MAP
from geo.drawing import each, folded_html, paragraph_html
from geo.language import LANGUAGE_NAMES, Speech, speech
from geo.share.downloads import files_of_view
from geo.share.fingerprint import fingerprint
from geo.share.preview import Preview
from geo.view import FINGERPRINT, LANGS, PLACE, View, address_of
from geo.words import measure_label, tell, view_file_name

HEIGHTS: Final = (480, 640, 820)
"""Heights of a frame in pixels that are offered; the first shows map and legend."""

TITLE: Final = "Mérida Atlas"

LONGEST_NOTES: Final = 1_900
"""Letters; a scene file takes a few more."""


def dialog_html(atlas: Atlas, preview: Preview, base: str, today: dt.date, at: str = "") -> Markup:
    """The inside of the dialog for a page at one view; `base` is the address of the server.

    `at` is where the reader moved the map to, if anywhere: link and frame open there.
    """
    view = preview.view
    say = speech(view.lang)
    mark = fingerprint(atlas, view)
    placed = {PLACE: at} if at else {}
    link = _with(base + preview.address, {FINGERPRINT: mark} | placed)
    files = Markup('{}<ul class="ma-files">{}</ul>').format(
        _left_out(preview, say), files_of_view(atlas, view, say)
    )
    folded = [(say.t("QR code"), _qr(link, view_file_name(atlas, "qr.svg", view), say))]
    if preview.page.path == MAP:
        folded.append((say.t("Show it on another page"), _embed(base, view, preview, say, placed)))
    folded += [
        (say.t("Cite it"), _citations(atlas, preview, link, today, say)),
        (say.t("Take it away as a file"), files),
    ]
    parts = [
        _section(say.t("Link"), _copied("ma-link", link, say)),
        _section(say.t("Message"), _message(preview, link, say)),
        *([_add(atlas, view, say)] if preview.page.path == MAP else []),
        *(folded_html(title, body, kind="") for title, body in folded),
    ]
    return Markup(
        '<div class="ma-share" lang="{lang}"><h2 id="ma-share-title">{title}</h2>'
        '<button type="button" class="ma-close" data-close aria-label="{close}">×</button>'
        '{parts}<p class="ma-said" role="status" data-copied="{copied}" data-failed="{failed}">'
        "</p></div>"
    ).format(
        lang=view.lang,
        title=say.t("Share this view"),
        close=say.t("Close"),
        parts=Markup("").join(parts),
        copied=say.t("Copied."),
        failed=say.t("It could not be copied: it is selected, copy it with the keyboard."),
    )


def _add(atlas: Atlas, view: View, say: Speech) -> Markup:
    """The button that adds the view to the reader's own slides, see `assets/own-slides.js`."""
    return Markup(
        '<p class="ma-add"><button type="button" data-slide="{slide}" data-added="{added}" '
        'data-full="{full}">{add}</button> <a href="{where}">{list}</a></p>'
    ).format(
        slide=json.dumps(own_slide(atlas, view), ensure_ascii=False),
        added=say.t("Added to your slides. They wait on the Briefing page, in this browser only."),
        full=say.t("It could not be added: this browser keeps no more, or nothing at all."),
        add=say.t("Add to my slides"),
        where=address_of(View(lang=view.lang), "/briefing"),
        list=say.t("My slides"),
    )


def own_slide(atlas: Atlas, view: View) -> dict[str, Any]:
    """A view as a slide: its number, and title and notes in both languages.

    The fields are those of `geo.briefing.scenes`, which reads them back from a scene file.
    """
    views = {lang: view.with_(lang=lang) for lang in LANGS}
    return {
        "view": address_of(view.with_(lang=LANGS[0])).partition("?")[2],
        "number": _slide_number(view),
        "title": {lang: _slide_title(atlas, one) for lang, one in views.items()},
        "notes": {
            lang: tell(atlas, one).finding[:LONGEST_NOTES].strip() for lang, one in views.items()
        },
    }


def _slide_number(view: View) -> str:
    """The one number of such a slide: the state's, else what the headline is about."""
    if view.state:
        return "state_value"
    if view.measure == "usd":
        return "placed_money"
    return "border_ratio" if view.show in ("ratio", "gap") else "border_share"


def _slide_title(atlas: Atlas, view: View) -> str:
    measured = measure_label(view, speech(view.lang))
    return f"{atlas.states[view.state].names[view.lang]}: {measured}" if view.state else measured


def _left_out(preview: Preview, say: Speech) -> Markup:
    """What files and a frame do not show, so that nobody sends less than they see unawares."""
    told = say.t(
        "This shows the one map of the view, without “{beyond}”: only the link opens that.",
        beyond=preview.beyond,
    )
    return paragraph_html(told if preview.beyond else "", "ma-small")


def _section(title: str, body: Markup) -> Markup:
    return Markup("<section><h3>{}</h3>{}</section>").format(title, body)


def _copied(name: str, text: str, say: Speech, rows: int = 1) -> Markup:
    """A text with a button that copies it."""
    return Markup(
        '<div class="ma-copy"><textarea id="{name}" readonly rows="{rows}" aria-label="{label}">'
        '{text}</textarea><button type="button" data-copy="{name}">{copy}</button></div>'
    ).format(name=name, rows=rows, label=say.t("Text to copy"), text=text, copy=say.t("Copy"))


def _message(preview: Preview, link: str, say: Speech) -> Markup:
    text, whole = preview.sentence, f"{preview.sentence} {link}"
    services = (
        ("WhatsApp", _with("https://wa.me/", {"text": whole})),
        ("Telegram", _with("https://t.me/share/url", {"url": link, "text": text})),
        ("X", _with("https://x.com/intent/post", {"text": text, "url": link})),
        ("Facebook", _with("https://www.facebook.com/sharer/sharer.php", {"u": link})),
        ("LinkedIn", _with("https://www.linkedin.com/sharing/share-offsite/", {"url": link})),
        (say.t("E-mail"), f"mailto:?subject={quote(preview.title)}&body={quote(whole)}"),
    )
    links = each(
        '<li><a href="{}" target="_blank" rel="noopener noreferrer">{}</a></li>',
        ((address, name) for name, address in services),
    )
    return _copied("ma-message", whole, say, 3) + Markup('<ul class="ma-send">{}</ul>').format(
        links
    )


def _qr(link: str, name: str, say: Speech) -> Markup:
    # Loaded when somebody asks for a code.
    import segno

    code = segno.make(link, error="m")
    drawn = code.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
    return Markup(
        '<div class="ma-qr" role="img" aria-label="{label}">{drawn}</div>'
        '<p><a download="{name}" href="{address}">{keep}</a></p>'
    ).format(
        label=say.t("QR code of the link"),
        name=name,
        drawn=Markup(drawn),  # noqa: S704 - made by segno from modules alone, no text in it
        address=code.svg_data_uri(border=4, scale=8, light="#fff"),
        keep=say.t("Keep it as SVG"),
    )


def _embed(
    base: str, view: View, preview: Preview, say: Speech, placed: Mapping[str, str]
) -> Markup:
    here = _with(preview.address, placed).partition("?")[2]
    languages = each(
        '<option value="{}">{}</option>',
        (
            (lang, LANGUAGE_NAMES[lang])
            for lang in (view.lang, *(other for other in LANGS if other != view.lang))
        ),
    )
    themes = each(
        '<option value="{}">{}</option>',
        (
            ("", say.t("as the reader's device")),
            ("light_theme", say.t("light")),
            ("dark_theme", say.t("dark")),
        ),
    )
    heights = each('<option value="{0}">{0} px</option>', HEIGHTS)
    controls = each(
        '<option value="{}">{}</option>', (("", say.t("none")), ("true", say.t("measure and need")))
    )
    choice = Markup('<label>{} <select data-embed="{}">{}</select></label>')
    return Markup(
        '{left_out}<div class="ma-embed" data-base="{base}/" data-query="{query}" '
        'data-title="{title}">'
        '<div class="ma-choices">{height}{controls}{language}{theme}</div>{code}'
        '<button type="button" data-preview>{look}</button><div class="ma-frame"></div></div>'
    ).format(
        left_out=_left_out(preview, say),
        base=base,
        query=here,
        title=preview.sentence,
        height=choice.format(say.t("Height"), "height", heights),
        controls=choice.format(say.t("Controls"), "controls", controls),
        language=choice.format(say.t("Language"), "lang", languages),
        theme=choice.format(say.t("Colours"), "embed_options", themes),
        code=_copied("ma-embed-code", "", say, 4),
        look=say.t("Show how it looks"),
    )


def _citations(atlas: Atlas, preview: Preview, link: str, today: dt.date, say: Speech) -> Markup:
    return each(
        "<h4>{}</h4>{}",
        (
            (name, _copied(f"ma-cite-{at}", text, say, 3))
            for at, (name, text) in enumerate(citations(atlas, preview, link, today, say).items())
        ),
    )


def citations(
    atlas: Atlas, preview: Preview, link: str, today: dt.date, say: Speech
) -> dict[str, str]:
    """How to cite the view, by style; each names the data version and the day it was seen."""
    finding = preview.sentence.rstrip(".")
    version = say.t("data {version}, program {program}", version=atlas.version, program=__version__)
    seen = say.day(today.isoformat())
    return {
        "APA": say.t(
            "{title}. ({year}). {finding} [{version}]. Retrieved {seen}, from {link}",
            title=TITLE,
            year=today.year,
            finding=finding,
            version=version,
            seen=seen,
            link=link,
        ),
        "BibTeX": "\n".join(
            (
                f"@misc{{merida-atlas-{atlas.version},",
                f"  author = {{{{{TITLE}}}}},",
                f"  title = {{{_tex(finding)}}},",
                f"  year = {{{today.year}}},",
                f"  note = {{{_tex(version)}}},",
                f"  url = {{{link}}},",
                f"  urldate = {{{today.isoformat()}}}",
                "}",
            )
        ),
        "Chicago": say.t(
            "{title}. “{finding}.” {version}. Accessed {seen}. {link}.",
            title=TITLE,
            finding=finding,
            version=version,
            seen=seen,
            link=link,
        ),
    }


def _tex(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "&%$#_{}" else letter for letter in text)


def _with(address: str, query: Mapping[str, str]) -> str:
    # A space as `%20`: read as a message and not as a form, a `+` stays a plus sign.
    if not query:
        return address
    spelled = urlencode(query, quote_via=quote, safe="/,")
    return address + ("&" if "?" in address else "?") + spelled
