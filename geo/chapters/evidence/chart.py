"""The one chart that shows a claim, with the same numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from geo.atlas import Atlas, municipalities_of
from geo.chapters.evidence.bars import Bar, bars_html
from geo.chapters.evidence.between import between_html, figure_html
from geo.chapters.evidence.drawings import KIND, Dumbbell, bounds_svg, dumbbell_svg
from geo.chapters.evidence.words import NEED_NAMES, total_note
from geo.drawing import (
    Column,
    StateFill,
    folded_html,
    lorenz_svg,
    paragraph_html,
    small_map_svg,
    svg_html,
    swatches_html,
    table_html,
)
from geo.equity.claims import Finding, amounts_of, counting_rule_of, incidence, members, needs_of
from geo.equity.indices import Vector, gini, lorenz
from geo.language import Speech
from geo.scene import ZERO_FILL, ramp


def chart_html(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    """The chart of a claim in a figure, empty where nothing is counted."""
    if not found.judged or not found.judged[0].outcome.total:
        return Markup("")
    return CHARTS[found.claim.test.kind](atlas, found, say)


def _places(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    test = found.claim.test
    ledger = incidence(atlas)
    values = ledger.by_place(counting_rule_of(test, found.period))
    cities = test.group.municipalities if test.group else ()
    bars = [
        Bar(place_name(atlas, place, say), float(value), None, place in cities)
        for place, value in zip(ledger.places, values, strict=True)
        if value > 0 and len(place) > 2
    ]
    return figure_html(
        say.t(
            "Activities documented in each place, {first}–{last}; the cities of the claim are "
            "filled.",
            first=found.period.first,
            last=found.period.last,
        ),
        bars_html(bars, say.t("Place"), say),
    )


def _states(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    test, outcome = found.claim.test, found.judged[0].outcome
    selection = counting_rule_of(test, found.period)
    amounts = amounts_of(atlas, selection)
    needs = needs_of(atlas, outcome.need, selection.first, selection.last)
    calls_for = needs / needs.sum() * amounts.sum()
    inside = members(atlas, test.group) if test.group else amounts < 0
    bars = [
        Bar(state.names[say.lang], float(a), float(mark), bool(own))
        for state, a, mark, own in zip(
            atlas.states.values(), amounts, calls_for, inside, strict=True
        )
        if a > 0 or own or mark >= 1
    ]
    return figure_html(
        say.t(
            "Activities documented in each state, {first}–{last}; the line is what its share of "
            "the people would call for.",
            first=found.period.first,
            last=found.period.last,
        ),
        bars_html(bars, say.t("State"), say, mark=say.t("By people")),
    )


def _groups(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    """Aid against each need, and how much of the inequality lies between the groups."""
    test = found.claim.test
    group = test.group.titles[say.lang] if test.group else ""
    pairs = [
        Dumbbell(NEED_NAMES[one.outcome.need](say), one.outcome.share, one.outcome.need_share)
        for one in found.judged
    ]
    title = say.t("Share of aid and share of need of {group}", group=group)
    columns = (
        Column(say.t("Compared with")),
        Column(say.t("Share of aid"), number=True),
        Column(say.t("Share of need"), number=True),
        Column(say.t("Ratio"), number=True),
        Column(say.t("Deals of 1,000 with as much"), number=True),
    )
    rows = [
        (
            NEED_NAMES[one.outcome.need](say),
            say.percent(one.outcome.share, 1),
            say.percent(one.outcome.need_share, 1),
            say.t("{value}×", value=say.decimal(one.outcome.value, 2)),
            _per_thousand(one.outcome.p, say),
        )
        for one in found.judged
    ]
    return figure_html(
        _over(found, title, say),
        svg_html(
            dumbbell_svg(pairs, title, say.t("share of aid"), say.t("share of the need"), say)
        ),
        table_html(title, columns, rows),
    ) + between_html(atlas, found, say)


def _country(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    selection = counting_rule_of(found.claim.test, found.period)
    amounts = amounts_of(atlas, selection)
    edges = (1, 2, 4, 8)
    fills = ramp(len(edges))
    paints, counts = {}, [0] * (len(edges) + 1)
    for (code, state), amount in zip(atlas.states.items(), amounts, strict=True):
        step = sum(amount >= edge for edge in edges)
        counts[step] += 1
        name = state.names[say.lang]
        label = say.t("{name}: {value}", name=name, value=say.number(float(amount)))
        paints[code] = StateFill(fills[step - 1] if step else ZERO_FILL, label)
    names = [say.t("none documented")] + [
        f"{low}–{high - 1}" if high - 1 > low else str(low) for low, high in pairwise(edges)
    ]
    names.append(say.t("{value} or more", value=edges[-1]))
    rows = zip((ZERO_FILL, *fills), names, counts, strict=True)
    key = swatches_html((fill, f"{name} ({count})") for fill, name, count in rows)
    title = say.t("Activities documented in each state")
    bars = [
        Bar(state.names[say.lang], float(amount), None, state.northern_border)
        for state, amount in zip(atlas.states.values(), amounts, strict=True)
        if amount > 0
    ]
    return figure_html(
        _over(found, title, say),
        svg_html(small_map_svg(paints, title)),
        key,
        folded_html(say.t("The numbers of the map"), bars_html(bars, say.t("State"), say)),
    )


def _unequal(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    selection = counting_rule_of(found.claim.test, found.period)
    amounts = amounts_of(atlas, selection)
    needs = needs_of(atlas, "population", selection.first, selection.last)
    across, up = lorenz(amounts, needs)
    columns = (
        Column(say.t("Compared with")),
        Column(say.t("Would have to move"), number=True),
        Column(say.t("Gini"), number=True),
        Column(say.t("Deals of 1,000 with as much"), number=True),
    )
    rows = [
        (
            NEED_NAMES[one.outcome.need](say),
            say.percent(one.outcome.value, 1),
            say.decimal(_gini(atlas, amounts, one.outcome.need, found), 3),
            _per_thousand(one.outcome.p, say),
        )
        for one in found.judged
    ]
    title = say.t("Lorenz curve of the documented activity against people")
    return figure_html(
        say.t(
            "{title}, {first}–{last}: equality is the dashed line.",
            title=title,
            first=found.period.first,
            last=found.period.last,
        ),
        svg_html(
            lorenz_svg(
                (across.tolist(), up.tolist()),
                title,
                say.t("people, from the least aid per head to the most"),
                say.t("aid"),
                say,
                kind=KIND,
            )
        ),
        table_html(title, columns, rows),
    )


def _per_thousand(p: float | None, say: Speech) -> str:
    """How many of a thousand deals by need come up with as much."""
    return say.number(None if p is None else 1000 * p, 1)


def _gini(atlas: Atlas, amounts: Vector, need: str, found: Finding) -> float:
    return gini(amounts, needs_of(atlas, need, found.period.first, found.period.last))


def _dollars(atlas: Atlas, found: Finding, say: Speech) -> Markup:
    test, outcome = found.claim.test, found.judged[0].outcome
    title = say.t("What share of all dollars the cities could have had")
    columns = (Column(say.t("Dollars")), Column(say.t("US$"), number=True))
    outside = outcome.total * (1 - outcome.high)
    rows = [
        (say.t("Tied to the cities"), say.usd(outcome.amount)),
        (say.t("Tied to other places"), say.usd(outside)),
        (say.t("Without a place"), say.usd(outcome.total - outcome.amount - outside)),
    ]
    return figure_html(
        say.t("{title}: the band is all that is possible.", title=title),
        svg_html(bounds_svg(outcome.low, outcome.high, test.supported, title, say)),
        table_html(title, columns, rows),
        paragraph_html(total_note(atlas, test, say), "ma-small"),
    )


def _over(found: Finding, title: str, say: Speech) -> str:
    return say.t(
        "{title}, {first}–{last}", title=title, first=found.period.first, last=found.period.last
    )


@lru_cache(maxsize=512)
def place_name(atlas: Atlas, place: str, say: Speech) -> str:
    """A municipality by its name, or a state where no municipality is named."""
    state = atlas.states[place[:2]].names[say.lang]
    if len(place) == 2:
        return say.t("{state}, city not named", state=state)
    municipalities = municipalities_of(place[:2], atlas.data)
    return next((one.name for one in municipalities if one.cvegeo == place), place)


CHARTS: dict[str, Callable[[Atlas, Finding, Speech], Markup]] = {
    "places_share": _places,
    "state_ratio": _states,
    "group_ratio": _groups,
    "group_share": _country,
    "displacement": _unequal,
    "dollars_share": _dollars,
}
"""Kind of test → its chart."""
