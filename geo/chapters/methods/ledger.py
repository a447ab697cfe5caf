"""The ledger as a table on the page, and apart from it the money that is not Mérida's."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Activity, Atlas, Listing, Overlap, grade_of, list_activities, overlaps_of
from geo.drawing import (
    Column,
    citation_html,
    citations_html,
    each,
    empty_html,
    english_html,
    paragraph_html,
    table_html,
    way_back_html,
)
from geo.language import (
    FOUND_BY,
    FUNDERS,
    GRADES,
    KINDS,
    PRIORITY_NAMES,
    READINGS,
    REASONS,
    RECIPIENTS,
    RELATIONS,
    Speech,
    basis_label,
    counted,
    n,
    term_of,
)
from geo.policy import BASE_YEAR
from geo.view import View
from geo.words import period_text, unnamed_text

MANY_STATES = 4
"""Up to this many states are named in the row; more are counted, and named on opening it."""


def ledger_html(atlas: Atlas, view: View, search: str, say: Speech) -> Markup:
    """The activities the view and the search list, one row each, with how many were left out."""
    listing = list_activities(atlas, view, search)
    found = Markup('<p class="ma-listing" role="status"><strong>{}</strong> {}</p>').format(
        say.n(
            "{count} activity listed of {total}.",
            "{count} activities listed of {total}.",
            len(listing.activities),
            total=say.number(len(atlas.ledger)),
        ),
        left_out(listing, say),
    )
    if not listing.activities:
        nothing = say.t("Nothing matches these choices. Widen the years, or show weak sources.")
        return found + empty_html(nothing) + way_back_html(view, say)
    overlaps = overlaps_of(atlas)
    columns = (
        Column(say.t("Activity"), kind="what"),
        Column(say.t("When")),
        Column(say.t("Where")),
        Column(say.t("Amount as published"), kind="money"),
        Column(say.t("Evidence"), kind="evidence"),
    )
    rows = (
        (
            _what(atlas, activity, overlaps.get(activity.activity_id, ()), say),
            period_text(activity, say),
            _where(atlas, activity, say),
            _amount(activity, say),
            _evidence(atlas, activity, say),
        )
        for activity in listing.activities
    )
    return found + table_html(say.t("The ledger"), columns, rows, kind="ma-ledger", tall=True)


def left_out(listing: Listing, say: Speech) -> str:
    """How many activities the choices above the table leave out, by the first that does."""
    texts = (
        (
            listing.parts,
            n(
                "{count} of them is part of another one and never counted on its own",
                "{count} of them are parts of another one and never counted on their own",
            ),
        ),
        (
            listing.filtered,
            n("{count} left out by the filters", "{count} left out by the filters"),
        ),
        (listing.weak, n("{count} left out as weak", "{count} left out as weak")),
        (listing.elsewhere, n("{count} not in this state", "{count} not in this state")),
        (listing.unmatched, n("{count} without these words", "{count} without these words")),
    )
    parts = [text(say, count) for count, text in texts if count]
    return "; ".join(parts) + "." if parts else ""


def _what(atlas: Atlas, activity: Activity, overlaps: tuple[Overlap, ...], say: Speech) -> Markup:
    part = ""
    if activity.part_of:
        part = say.t("Part of {whole}: never added to it", whole=activity.part_of)
    return Markup(
        '<p class="ma-title">{title}</p><p class="ma-small">{facts}</p>{part}'
        "<details><summary>{summary}</summary>{inside}</details>"
    ).format(
        title=activity.titles[say.lang],
        facts=" · ".join(
            (activity.activity_id, PRIORITY_NAMES[activity.area](say), KINDS[activity.kind](say))
        ),
        part=paragraph_html(part, "ma-small ma-weak"),
        summary=say.n(
            "{count} source and what to know",
            "{count} sources and what to know",
            len(activity.sources),
        ),
        inside=_inside(atlas, activity, overlaps, say),
    )


def _inside(atlas: Atlas, activity: Activity, overlaps: tuple[Overlap, ...], say: Speech) -> Markup:
    overlapping = (
        (_overlap_text(overlap, say), english_html(overlap.note, say.lang)) for overlap in overlaps
    )
    places = each("<li>{}</li>", _place_texts(atlas, activity, say))
    sources = each(
        "<li>{}</li>", (citation_html(atlas, source_id, say) for source_id in activity.sources)
    )
    return Markup("{}{}{}{}{}").format(
        paragraph_html(
            say.t(
                "Paid by: {funder}. Received by: {recipient}.",
                funder=term_of(FUNDERS, activity.funder, say),
                recipient=RECIPIENTS[activity.recipient_level](say),
            ),
            "ma-small",
        ),
        paragraph_html(english_html(activity.note, say.lang), "ma-small"),
        each('<p class="ma-small">{} {}</p>', overlapping),
        Markup('<ul class="ma-small">{}</ul>').format(places) if places else "",
        Markup('<p class="ma-small"><b>{}</b></p><ul class="ma-small">{}</ul>').format(
            say.t("Sources"), sources
        ),
    )


def _overlap_text(overlap: Overlap, say: Speech) -> str:
    if overlap.activity_id == overlap.other_id:
        return say.t("Its sources disagree.")
    relation = RELATIONS[overlap.relation](say)
    if not overlap.certain:
        relation = say.t("possibly {relation}", relation=relation)
    return f"{overlap.activity_id} {relation} {overlap.other_id}."


def _place_texts(atlas: Atlas, activity: Activity, say: Speech) -> list[str]:
    texts = []
    for place in activity.places:
        text = place.place
        if place.state:
            name = atlas.states[place.state].names[say.lang]
            text = (
                name
                if place.place in atlas.states[place.state].names.values()
                else (f"{place.place}, {name}")
            )
        if place.count is not None and place.count_unit:
            unit = counted(place.count_unit, place.count, say)
            text = f"{text}: {say.number(place.count)} {unit}"
        if place.weak:
            reason = term_of(REASONS, place.weak_reason, say)
            text = say.t("{place} (weak: {reason})", place=text, reason=reason)
        texts.append(text)
    return texts


def _where(atlas: Atlas, activity: Activity, say: Speech) -> str:
    named = [atlas.states[code].names[say.lang] for code in activity.named_states]
    if not named:
        return say.t("no state named")
    if len(named) <= MANY_STATES:
        return ", ".join(named)
    return say.n("{count} state", "{count} states", len(named))


def _amount(activity: Activity, say: Speech) -> Markup:
    if activity.amount is None:
        return Markup('<span class="ma-soft">{}</span>').format(say.t("none published"))
    if activity.currency == "USD":
        first, more = say.usd(activity.amount), basis_label(activity.basis, say)
    else:
        first = say.t("{amount} pesos", amount=say.number(activity.amount))
        more = _converted(activity, say)
    if activity.constant_usd is not None:
        more = say.t(
            "{basis}; {usd} by prices of {years}",
            basis=more,
            usd=say.at_prices(BASE_YEAR).usd(activity.constant_usd),
            years=activity.price_years.replace("-", "–"),
        )
    if not activity.separable:
        more = say.t("{basis}; covers more than one place", basis=more)
    return Markup('<b class="ma-figure">{}</b> <span class="ma-small">{}</span>').format(
        first, more
    )


def _converted(activity: Activity, say: Speech) -> str:
    basis = basis_label(activity.basis, say)
    if activity.usd is None:
        return say.t("{basis}; undated, so not converted", basis=basis)
    return say.t(
        "{basis}; {usd} at {rate} pesos per dollar, mean of {year}",
        basis=basis,
        usd=say.usd(activity.usd),
        rate=say.number(activity.rate, 4),
        year=activity.rate_year,
    )


def _evidence(atlas: Atlas, activity: Activity, say: Speech) -> Markup:
    grade = grade_of(activity, atlas.official_sources)
    weak = ""
    if activity.weak:
        weak = say.t("Weak: {reasons}", reasons=term_of(REASONS, activity.weak_reason, say))
    return Markup(
        '<span class="ma-grade {grade}" title="{meaning}">{grade}</span> '
        '<span class="ma-small">{reading}; {found}</span>{weak}{unnamed}'
    ).format(
        grade=grade,
        meaning=GRADES[grade](say),
        reading=term_of(READINGS, activity.verification, say),
        found=FOUND_BY[activity.found_by](say),
        unnamed=paragraph_html(unnamed_text(activity, say), "ma-small"),
        weak=paragraph_html(weak, "ma-small ma-weak"),
    )


def not_merida_html(atlas: Atlas, say: Speech) -> Markup:
    """Money often quoted beside Mérida that is not Mérida's: apart, and in no total."""
    columns = (
        Column(say.t("Often quoted beside Mérida"), kind="what"),
        Column(say.t("When")),
        Column(say.t("Where")),
        Column(say.t("Amount, in no total"), kind="money"),
        Column(say.t("Why it is not Mérida")),
    )
    rows = []
    for row in atlas.table("not_merida"):
        start, end = row["period_start"], row["period_end"]
        rows.append(
            (
                Markup('<p class="ma-title">{}</p><p class="ma-small">{} · {}</p>').format(
                    row[f"title_{say.lang}"],
                    row["activity_id"],
                    citations_html(atlas, row["source_ids"], say),
                ),
                say.day(start) if start == end else f"{say.day(start)} – {say.day(end)}",
                row["place"],
                Markup('<span class="ma-soft">{}</span>').format(say.usd(row["amount"])),
                english_html(row["note"], say.lang),
            )
        )
    return Markup('<div class="ma-apart"><h3>{}</h3>{}{}</div>').format(
        say.t("Not Mérida, and in no total of this atlas"),
        paragraph_html(
            say.t(
                "These amounts are often quoted in the same breath. They were paid by Mexico, or "
                "before the Initiative. They are kept in a file of their own that nothing adds up."
            ),
            "ma-small",
        ),
        table_html(say.t("Money that is not Mérida"), columns, rows, kind="ma-notmerida"),
    )
