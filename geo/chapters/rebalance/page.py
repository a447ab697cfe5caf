"""The Rebalance page in HTML: the scenario in short, who gains and who loses, how it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.rebalance.words import (
    amount_text,
    change_text,
    rebalance_caveat,
    rebalance_headline,
    rebalance_titles,
    reserve_note,
    rules_of,
    scenario_name,
    steps,
    yardstick_text,
)
from geo.drawing import (
    each,
    here_html,
    legend_box_html,
    legend_rows_html,
    paragraph_html,
    plain_table_html,
)
from geo.equity.rebalance import (
    LARGEST,
    Chosen,
    Indices,
    Rebalanced,
    StateRow,
    rebalance,
    spell_chosen,
)
from geo.language import MISSING_MARK, NEED_NAMES, Say, Speech, t
from geo.view import View, address_of, carried, with_query
from geo.words import Legend, view_file_name, view_names

NAMED: Final = 3
"""How many of those who gain and lose most are named in the card; the list has all."""

INDICES: Final[tuple[tuple[Say, Callable[[Indices], float | None], bool], ...]] = (
    (t("Hoover, against the yardstick"), lambda i: i.hoover, False),
    (t("Gini, against the yardstick"), lambda i: i.gini, False),
    (t("Theil T, against the yardstick"), lambda i: i.theil, False),
    (t("Gini, every state alike"), lambda i: i.gini_states, False),
    (lambda say: say.t("Share of the {count} largest", count=LARGEST), lambda i: i.largest, True),
    (t("Share of the border states"), lambda i: i.border, True),
    (t("Share of the zone states"), lambda i: i.sez, True),
)
"""Name, value, and whether it is a share, of each index of the card."""


def rebalance_told(atlas: Atlas, view: View, chosen: Chosen, say: Speech) -> tuple[str, str]:
    """What the scenario would change, by which rules; the page's question where there is none."""
    if chosen == Chosen():
        return (
            say.t("What would a fairer split of the documented aid be?"),
            say.t("Choose a yardstick, and see who would gain and what would have to move."),
        )
    finding = rebalance_headline(rebalance(atlas, view, chosen.scenario), view, say)
    parts = [f"{rule}." for rule in rules_of(chosen.scenario, view, say)]
    if chosen.against is not None:
        held = rebalance_headline(rebalance(atlas, view, chosen.against), view, say)
        parts.append(f"{say.t('The other scenario')}: {held}")
    return finding, " ".join([*parts, rebalance_caveat(atlas, view, say)])


def rebalance_titled(atlas: Atlas, view: View, chosen: Chosen, say: Speech) -> Iterator[str]:
    """What the scenario would change, or the page's question, as the title of a link."""
    if chosen == Chosen():
        yield rebalance_told(atlas, view, chosen, say)[0]
    else:
        yield from rebalance_titles(rebalance(atlas, view, chosen.scenario), view, say)


def rebalance_called(atlas: Atlas, view: View, chosen: Chosen, say: Speech) -> str:
    """Name and rules of the scenario, and of the one it is compared with, and the view's names."""
    # The page spreads amounts, whatever the map shows of them.
    shown = view_names(atlas, view.with_(per="none", show="value"), say)
    named = scenario_name(chosen.scenario, view, say)
    if chosen.against is not None:
        named = f"{named} / {scenario_name(chosen.against, view, say)}"
    return " · ".join([say.t("A fairer split") if chosen == Chosen() else named, *shown])


def scenario_title(name: str, say: Speech, *, second: bool = False) -> str:
    """A scenario's name, or which of the two it is."""
    if name:
        return f"“{name}”"
    return say.t("The other scenario") if second else say.t("This scenario")


def title_html(title: str) -> Markup:
    """The title over a scenario's map or card."""
    return Markup('<h2 class="ma-rb-title">{}</h2>').format(title)


def card_html(atlas: Atlas, result: Rebalanced, view: View, say: Speech) -> Markup:
    """A scenario in short: rules, what must move and why so much, indices before and after."""
    rules = each("<li>{}</li>", rules_of(result.scenario, view, say))
    return Markup(
        '<section class="ma-rb-card"><ul class="ma-rb-rules">{rules}</ul>'
        "{number}{formula}{sides}{note}{indices}</section>"
    ).format(
        rules=rules,
        number=_number(result, view, say),
        formula=_formula(result, view, say),
        sides=_sides(atlas, result, view, say),
        note=paragraph_html(reserve_note(result, say), "ma-small"),
        indices=_indices_html(result, view, say),
    )


def _number(result: Rebalanced, view: View, say: Speech) -> Markup:
    """What must move; an impossible scenario has no such number, least of all zero."""
    if result.trouble:
        return Markup('<p class="ma-number"><strong class="words">{}</strong></p>').format(
            say.t("nothing is redistributed")
        )
    return Markup('<p class="ma-number"><strong>{}</strong> <span>{}</span></p>').format(
        amount_text(result.moved, view, say),
        say.t("would have to move to other states")
        if view.measure == "usd"
        else say.t("activities would have to lie in other states"),
    )


def _formula(result: Rebalanced, view: View, say: Speech) -> Markup:
    if result.trouble:
        return Markup("")
    text = say.t(
        "= Hoover index {hoover} × total {total}. {share} of the total.",
        hoover=say.decimal(result.moved / result.total, 4),
        total=amount_text(result.total, view, say),
        share=say.percent(result.moved / result.total, 1),
    )
    return paragraph_html(text, "ma-small")


def _sides(atlas: Atlas, result: Rebalanced, view: View, say: Speech) -> Markup:
    if not result.moved:
        return Markup("")

    def named(rows: Sequence[StateRow]) -> str:
        return ", ".join(
            f"{atlas.states[row.code].names[say.lang]} {change_text(row.change, view, say)}"
            for row in rows[:NAMED]
        )

    gain, lose = result.gaining, result.losing
    return Markup(
        '<dl class="ma-rb-sides"><dt>{}</dt><dd>{}</dd><dt>{}</dt><dd>{}</dd></dl>'
    ).format(
        say.n("{count} state gains", "{count} states gain", len(gain)),
        say.t("most: {states}", states=named(gain)),
        say.n("{count} state loses", "{count} states lose", len(lose)),
        say.t("most: {states}", states=named(lose)),
    )


def _indices_html(result: Rebalanced, view: View, say: Speech) -> Markup:
    rows = (
        (name(say), *(_index(value(of), say, share=share) for of in (result.before, result.after)))
        for name, value, share in INDICES
    )
    return plain_table_html(
        (say.t("Index"), say.t("Now"), say.t("After")),
        rows,
        kind="ma-rb-indices",
        caption=say.t(
            "At 0 each state has its share; the yardstick is {need}, before bonus, floor and "
            "reserve",
            need=yardstick_text(result.scenario, view, say),
        ),
    )


def _index(value: float | None, say: Speech, *, share: bool) -> str:
    if value is None or value != value:  # NaN: not defined
        return MISSING_MARK
    return say.percent(value, 1) if share else say.decimal(value, 3)


def cross_html(results: Sequence[tuple[str, Rebalanced]], say: Speech) -> Markup:
    """How far now and each scenario are from parity with every need, not only its own."""
    before = results[0][1].before
    columns = (say.t("Hoover index against"), say.t("Now"), *(title for title, _ in results))
    rows = (
        (
            NEED_NAMES[need](say),
            *(
                _index(indices.hoover_to[need], say, share=False)
                for indices in (before, *(result.after for _, result in results))
            ),
        )
        for need in before.hoover_to
    )
    return Markup(
        '<section class="ma-rb-cross"><h2>{}</h2><p>{}</p><div class="ma-rb-wide" tabindex="0" '
        'role="region" aria-label="{}">{}</div></section>'
    ).format(
        say.t("Fair by one yardstick is not fair by another"),
        say.t("The part of the total that would still have to move, compared with each need."),
        say.t("Hoover index against each need"),
        plain_table_html(columns, rows, kind="ma-rb-indices"),
    )


def change_legend_html(legend: Legend, say: Speech, *, counted: bool) -> Markup:
    """The legend of the changes; with how many states only where it is the legend of one map."""
    rows = ((row.fill, row.label, row.states if counted else "") for row in legend.rows)
    kind = "ma-legend ma-rb-legend" + ("" if counted else " across")
    return legend_box_html(legend.title, legend_rows_html(rows), say, kind)


def steps_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """How a scenario is worked out, in order."""
    items = each("<li>{}</li>", steps(atlas, view, say))
    return Markup('<section class="ma-rb-steps"><h2>{}</h2><ol>{}</ol></section>').format(
        say.t("How it is worked out, in this order"), items
    )


def rebalance_address(view: View, chosen: Chosen, form: str) -> str:
    """The address of what a scenario gives, as `csv` or `json`."""
    return with_query(f"/api/v1/rebalance.{form}", carried(view) | spell_chosen(chosen))


def rebalance_file_name(atlas: Atlas, view: View, chosen: Chosen, form: str) -> str:
    """The name under which what a scenario gives is kept."""
    told = "-".join(f"{name}-{value}" for name, value in spell_chosen(chosen).items())
    return view_file_name(atlas, f"rebalance.{form}", view, told)


def take_html(atlas: Atlas, view: View, chosen: Chosen, say: Speech, *, possible: bool) -> Markup:
    """Downloads of the scenario, and the way back to the map with the same view."""
    links = Markup(" · ").join(
        Markup('<a href="{}" download="{}">{}</a>').format(
            rebalance_address(view, chosen, form),
            rebalance_file_name(atlas, view, chosen, form),
            name,
        )
        for form, name in (("csv", "CSV"), ("json", "JSON"))
    )
    back = Markup("{} {}").format(
        say.t("The same choices:"),
        here_html(
            address_of(view.with_(show="gap", per=_need(chosen))),
            say.t("the map of what is above or below its share"),
        ),
    )
    taken = Markup("{} {} · ").format(say.t("This page as"), links) if possible else Markup("")
    return Markup('<p class="ma-rb-take">{}{}</p>').format(taken, back)


def _need(chosen: Chosen) -> str:
    by = chosen.scenario.by
    return by if by in NEED_NAMES else "population"
