"""The Contribute evidence page: what a row needs, what is wrong with it, what it would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

from geo.atlas import Atlas
from geo.chapters.contribute.effect import Effect, Side
from geo.chapters.contribute.faults import allowed_text, fault_text, place_text
from geo.chapters.contribute.fields import asked_of, hint, label, options
from geo.contribution import FILE, Contribution, Fault, fields_of, written
from geo.drawing import (
    Column,
    each,
    english_html,
    facts_html,
    folded_html,
    note_html,
    section_html,
    small_map_svg,
    svg_html,
    swatches_html,
    table_html,
)
from geo.language import Say, Speech, t
from geo.policy import MOST_CONTRIBUTED_BYTES
from geo.view import View

PARTS: Final[dict[str, Say]] = {
    "sources": t("The document"),
    "activity": t("What happened"),
    "places": t("Where"),
}
"""The parts of a contribution as the page calls them, in the order of the form."""

FOLLOWS: Final = ("place_weak", "source_ids")
"""Fields that are filled from others where a reader leaves them blank."""

FIRST_CHOICES: Final = 12
"""Choices that are told one by one where a row's needs are told."""


def contribute_told(_atlas: Atlas, _view: View, _own: None, say: Speech) -> tuple[str, str]:
    """What the page is for, and what becomes of what is brought."""
    return (
        say.t("Know of something that is missing? Try it on the map, and send it with its source"),
        say.t(
            "What you fill in here stays in this tab. It is not part of the atlas until a "
            "maintainer has read the source."
        ),
    )


def contribute_titled(_atlas: Atlas, _view: View, _own: None, say: Speech) -> Iterator[str]:
    """The same as the title of a link."""
    yield say.t("Know of something missing? Try it on the map and send it")


def needs_html(atlas: Atlas, say: Speech) -> Markup:
    """What a row needs: every field with what it may hold, from the passports."""
    columns = (say.t("Field"), say.t("Needed?"), say.t("What it may hold"))
    tables = [
        folded_html(
            name(say),
            table_html(
                name(say), columns, [_need(atlas, part, field, say) for field in asked_of(part)]
            ),
            kind="ma-fold",
        )
        for part, name in PARTS.items()
    ]
    rules = (
        say.t(
            "One activity: a delivery, a course, a programme, an accreditation, with its document."
        ),
        say.t("A document that others can read: an official page, a report, a newspaper."),
        say.t("The state it reached, and the municipality where the document names one."),
        say.t("An amount only as it was published. A blank is “none published”, not zero."),
        say.t("An offer, a plan or a visit counts as a weak source, and says so."),
    )
    return section_html(
        "needs",
        say.t("What a row needs"),
        Markup('<ul class="ma-needs">{}</ul>').format(each("<li>{}</li>", rules)),
        *tables,
    )


def _need(atlas: Atlas, part: str, name: str, say: Speech) -> tuple[str, str, str]:
    field = next(one for one in fields_of(part, atlas.data) if one["name"] == name)
    needed = is_needed(atlas, part, name)
    words = list(options(atlas, field, say).values())
    held = hint(part, name, say)
    if 0 < len(words) <= FIRST_CHOICES:
        held = f"{held} ({', '.join(words)})"
    return label(part, name, say), say.t("yes") if needed else say.t("no"), held


def is_needed(atlas: Atlas, part: str, name: str) -> bool:
    """Whether a reader has to fill in a field: every row has it, and it follows from no other."""
    if name in FOLLOWS:
        return False
    field = next(one for one in fields_of(part, atlas.data) if one["name"] == name)
    return bool(field.get("constraints", {}).get("required"))


def fault_html(atlas: Atlas, fault: Fault, say: Speech) -> Markup:
    """One fault, beside its field: what is wrong, and what is possible."""
    return Markup('<p class="ma-fault" role="alert">{}</p>').format(_fault(atlas, fault, say))


def _fault(atlas: Atlas, fault: Fault, say: Speech) -> Markup:
    own_words = english_html(f"{fault.problem} {fault.remedy}", say.lang)
    told = escape(fault_text(fault, say)) or own_words
    allowed = allowed_text(atlas, fault, say)
    if not allowed:
        return told
    return Markup('{} <span class="ma-small">{}</span>').format(told, allowed)


def result_html(atlas: Atlas, faults: tuple[Fault, ...], say: Speech) -> Markup:
    """What the check found, all of it, each with its field."""
    if not faults:
        return note_html(
            say.t("The check finds nothing wrong, by the rules that hold for the whole ledger.")
        )
    lead = say.n(
        "{count} thing is missing or wrong. Nothing else is shown until it is mended.",
        "{count} things are missing or wrong. Nothing else is shown until they are mended.",
        len(faults),
    )
    rows = ((place_text(fault, say), _fault(atlas, fault, say)) for fault in faults)
    return Markup('<div class="ma-faults" role="status"><p>{}</p><ul>{}</ul></div>').format(
        lead, each("<li><strong>{}</strong>: {}</li>", rows)
    )


def effect_html(atlas: Atlas, effect: Effect, view: View, say: Speech) -> Markup:
    """Before and after on the reader's own view: headline, numbers, both maps, verdicts."""
    before, after = effect.before, effect.after
    return section_html(
        "effect",
        say.t("Before and after, in your view"),
        note_html(
            say.t("Not part of the atlas until a maintainer has read the source. Only you see it.")
        ),
        *(
            ()
            if effect.counts
            else (
                note_html(
                    say.t(
                        "The choices of your view leave this activity out, or its source is weak "
                        "and weak sources are hidden: the numbers stay as they are."
                    )
                ),
            )
        ),
        _headlines(before, after, say),
        _numbers(atlas, effect, say),
        Markup('<div class="ma-twins">{}{}</div>{}').format(
            _map(atlas, before, say.t("Before"), view, effect, say),
            _map(atlas, after, say.t("After"), view, effect, say),
            swatches_html(effect.legend, effect.measured),
        ),
        _verdicts(effect, say),
    )


def _headlines(before: Side, after: Side, say: Speech) -> Markup:
    same = before.finding == after.finding
    rows = (
        ((say.t("Before and after"), after.finding),)
        if same
        else ((say.t("Before"), before.finding), (say.t("After"), after.finding))
    )
    return facts_html(rows, "ma-headlines")


def _numbers(atlas: Atlas, effect: Effect, say: Speech) -> Markup:
    before, after = effect.before, effect.after
    rows = [
        (
            say.t("Activities in the ledger"),
            say.number(before.activities),
            say.number(after.activities),
        ),
        (say.t("Activities in your view"), say.number(before.selected), say.number(after.selected)),
        *(
            (atlas.states[code].names[say.lang], before.values[code], after.values[code])
            for code in effect.states
            if code in atlas.states
        ),
        (say.t("Share of the border states"), before.border, after.border),
        (say.t("Dollars tied to one state"), before.dollars, after.dollars),
    ]
    columns = (
        Column(effect.measured),
        Column(say.t("Before"), number=True),
        Column(say.t("After"), number=True),
    )
    return table_html(say.t("Before and after"), columns, rows)


def _map(atlas: Atlas, side: Side, name: str, view: View, effect: Effect, say: Speech) -> Markup:
    told = ", ".join(
        f"{atlas.states[code].names[say.lang]} {side.values[code]}"
        for code in effect.states
        if code in atlas.states
    )
    ring = effect.states[0] if len(effect.states) == 1 else view.state
    drawn = small_map_svg(
        side.fills, f"{name}: {effect.measured}", desc=told, selected=ring, data=atlas.data
    )
    return Markup("<figure><figcaption>{}<span>{}</span></figcaption>{}</figure>").format(
        name, told, svg_html(drawn)
    )


def _verdicts(effect: Effect, say: Speech) -> Markup:
    title = Markup("<h3>{}</h3>").format(say.t("Verdicts on the essay's claims"))
    if not effect.verdicts:
        return title + Markup("<p>{}</p>").format(say.t("No verdict changes."))
    rows = [
        (f"{one.claim} ({say.t('to {year}', year=one.to_year)})", one.before, one.after)
        for one in effect.verdicts
    ]
    columns = (say.t("Claim"), say.t("Before"), say.t("After"))
    return title + table_html(say.t("Verdicts that change"), columns, rows)


def send_html(contribution: Contribution, atlas: Atlas, say: Speech) -> Markup:
    """The file to send, as a form that gives it back: nothing is kept of what is sent."""
    return section_html(
        "send",
        say.t("Send it"),
        Markup("<p>{}</p>").format(
            say.t(
                "The file holds the rows, the document and your words. Send it to the maintainers "
                "at the place where you found the atlas's code; they read the document, and add "
                "the rows or say why not."
            )
        ),
        Markup(
            '<form class="ma-send" method="post" action="/contribution.json?lang={lang}" '
            'enctype="multipart/form-data"><input type="hidden" name="file" value="{text}">'
            '<button type="submit">{keep}</button> <span class="ma-small">{file}</span></form>'
        ).format(
            lang=say.lang,
            text=written(contribution, atlas.data),
            keep=say.t("Download the file"),
            file=FILE,
        ),
        folded_html(
            say.t("What stands in the file"),
            Markup('<pre class="ma-file" tabindex="0">{}</pre>').format(
                written(contribution, atlas.data)
            ),
        ),
    )


def picker_html(into: str, say: Speech) -> Markup:
    """A choice of file whose text `page.js` puts into the field with the key `into`."""
    return Markup(
        '<label class="ma-picker">{label} <input type="file" accept=".json,application/json" '
        'data-into="{into}" data-most="{most}"></label>'
    ).format(label=say.t("Choose the file"), into=into, most=MOST_CONTRIBUTED_BYTES)
