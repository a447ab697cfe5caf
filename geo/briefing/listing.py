"""The Briefing page: the scenes with their numbers, and the ways to present and keep them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.briefing.computed import Slide
from geo.briefing.files import FILES, own_slides
from geo.briefing.scenes import NUMBERS, own_briefing
from geo.chapters import Chapter
from geo.drawing import link_to_file, paragraph_html
from geo.language import Speech, speech, t
from geo.view import LANGS, NOTHING_OF_ITS_OWN, View, address_of


def briefing_told(atlas: Atlas, _view: View, _own: None, say: Speech) -> tuple[str, str]:
    """What the page is for, and how many scenes there are."""
    finding = say.t("The argument and the counter-evidence, ready to be told in a room")
    return finding, say.n(
        "{count} scene. Every number is computed from the view it shows; nothing needs internet.",
        "{count} scenes. Every number is computed from the view it shows; nothing needs internet.",
        len(own_briefing(atlas.data).scenes),
    )


def briefing_titled(_atlas: Atlas, _view: View, _own: None, say: Speech) -> Iterator[str]:
    """What the page is for, as the title of a link."""
    yield say.t("The argument and the counter-evidence, to be told in a room")


BRIEFING: Final = Chapter(
    "briefing",
    t("Briefing"),
    NOTHING_OF_ITS_OWN,
    briefing_told,
    briefing_titled,
)
"""The page in the register of pages."""


def briefing_body(atlas: Atlas, say: Speech) -> Markup:
    """Everything under the head of the page."""
    computed = own_slides(atlas, say.lang)
    return Markup(
        '<div class="ma-briefing"><p><a class="ma-go" href="/present?lang={lang}" target="_blank">'
        "{present}</a></p><p>{keys}</p>{scenes}{take}{own}{bring}</div>"
    ).format(
        lang=say.lang,
        present=say.t("Present"),
        keys=say.t(
            "Arrows, space or a clicker: next and back. A number and Enter: to that slide. G: the "
            "list of slides, with an appendix that answers each objection. B: blank screen. F: "
            "full screen. N: a window with notes and the next scene."
        ),
        scenes=Markup('<ol class="ma-scenes">{}</ol>').format(
            Markup("").join(slide_html(one, say) for one in computed.slides)
        ),
        take=_take(atlas, say),
        own=_own(say),
        bring=_bring(say),
    )


def slide_html(one: Slide, say: Speech) -> Markup:
    """A slide in the list: its number, its finding with the filters, its notes, and its view."""
    return Markup(
        '<li><h2>{title}</h2><p class="ma-number"><strong>{number}</strong> '
        "<span>{label}</span></p>"
        "<p>{finding}</p>{alike}{filters}<details><summary>{notes_title}</summary><p>{notes}</p></details>"
        '<p class="ma-small">{sources} · <a href="{view}">{open}</a></p></li>'
    ).format(
        title=one.title,
        number=one.number,
        label=one.number_label,
        finding=one.finding,
        alike=paragraph_html(one.telling.alike, "ma-small"),
        filters=paragraph_html(one.telling.filters, "ma-small"),
        notes_title=say.t("Notes"),
        notes=one.notes,
        sources=say.n("{count} source", "{count} sources", len(one.telling.sources)),
        view=address_of(one.view, "/"),
        open=say.t("open this view"),
    )


def _take(atlas: Atlas, say: Speech) -> Markup:
    lines = Markup("").join(
        link_to_file(
            f"/handout/{one.name}?lang={say.lang}",
            one.file(atlas, say.lang),
            one.form,
            one.what(say),
        )
        for one in FILES.values()
    )
    return Markup('<h2>{}</h2><ul class="ma-files">{}</ul>').format(say.t("Take it along"), lines)


def _own(say: Speech) -> Markup:
    """Where the browser lists the slides that it keeps, see `assets/own-slides.js`."""
    words = {
        "empty": say.t(
            "Open a view on the Map page, press Share, and add it: it waits here, in this browser "
            "only."
        ),
        "kept": say.t("Kept in this browser only. Present them, or take them away as a file."),
        "title": say.t("Title of slide {number}", number="{number}"),
        "up": say.t("Up"),
        "down": say.t("Down"),
        "remove": say.t("Remove"),
        "open": say.t("open this view"),
        "present": say.t("Present my slides"),
        "save": say.t("Take them away as a scene file"),
        "file": say.t("my-slides.yaml"),
        "name": {lang: speech(lang).t("My slides") for lang in LANGS},
    }
    return Markup(
        '<h2 id="my-slides">{}</h2><div class="ma-own-slides" data-lang="{}" data-words="{}">'
        "<p>{}</p></div>"
    ).format(say.t("My slides"), say.lang, json.dumps(words, ensure_ascii=False), words["empty"])


def _bring(say: Speech) -> Markup:
    return Markup(
        "<h2>{title}</h2><p>{how}</p>"
        '<form method="post" action="/present?lang={lang}" enctype="multipart/form-data" '
        'target="_blank"><label>{label} '
        '<input type="file" name="file" accept=".yaml,.yml" required>'
        '</label> <button type="submit">{show}</button></form><p class="ma-small">{fields}</p>'
    ).format(
        title=say.t("Bring your own scenes"),
        how=say.t(
            "Write a file like data/briefing.yaml, with views of your own. It is checked, shown, "
            "and not kept."
        ),
        lang=say.lang,
        label=say.t("Scene file"),
        show=say.t("Present this file"),
        fields=say.t("A scene's number is one of: {names}.", names=", ".join(NUMBERS)),
    )
