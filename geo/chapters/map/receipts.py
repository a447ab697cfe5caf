"""How the numbers of a view were computed: formula, numbers put in, rows of the ledger, sources.

The headline, a state's number, the remainder and the ranking each have a part. All of them begin
with the same rows: what of each activity goes to which state, and what to none, with its reason.
`data` elements carry every amount exactly, so that a machine can add them up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from markupsafe import Markup

from geo.atlas import Activity, Atlas
from geo.drawing import Column, alone_html, citation_html, each, table_html, told_html
from geo.language import REASONS, Say, Speech, t
from geo.scene import SCALE, Scene, StateScene, build_scene, place
from geo.view import View, address_of, ledger_address, values_address
from geo.words import need_label, shape_of, tell, value_text

PARTS: Final = ("headline", "state", "remainder", "ranking")
"""What has a receipt, in the order of the page."""

OPENED_BY: Final[dict[str, Say]] = {
    "headline": t("How the finding was computed"),
    "state": t("How the state’s number was computed"),
    "remainder": t("How what is not on the map was counted"),
    "ranking": t("How the ranking was computed"),
}
"""The line that opens each part on the page."""

TITLES: Final[dict[str, Say]] = {
    "headline": t("The finding"),
    "state": t("The state’s number"),
    "remainder": t("What is not on the map"),
    "ranking": t("The ranking"),
}

AMOUNTS: Final[dict[tuple[str, str], Say]] = {
    ("activities", "documented"): t(
        "A state’s amount is the number of activities that a source ties to it. One that reached "
        "several states counts once in each."
    ),
    ("activities", "attributed"): t(
        "A state’s amount is the sum of its parts of activities. One that names several states is "
        "shared out among them by the rule that is chosen, so that its parts are one at most."
    ),
    ("usd", "documented"): t(
        "A state’s amount is the sum of the dollars that a source ties to it alone."
    ),
    ("usd", "attributed"): t(
        "A state’s amount is the sum of its dollars. An amount for several named states is shared "
        "out among them by the rule that is chosen, to the cent."
    ),
}

FORMULAS: Final[dict[str, Say]] = {
    "value": t("number = amount"),
    "share": t("number = amount ÷ amount of all states"),
    "ratio": t("number = (amount ÷ amount of all states) ÷ (need ÷ need of all states)"),
    "gap": t("number = amount − amount of all states × need ÷ need of all states"),
}


STYLE: Final = """
:root { color-scheme: light dark; } body { margin: 0 auto; max-width: 70rem; padding: 1rem 1.2rem 3rem; font: 16px/1.5 system-ui, sans-serif; }
h1, h2 { line-height: 1.2; } section { border-top: 1px solid #8888; } blockquote { margin: 0.5rem 0; font-weight: 600; }
.ma-wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 0.9rem; } th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.8rem 0.25rem 0; border-bottom: 1px solid #8884; } .num { text-align: right; font-variant-numeric: tabular-nums; }
a { display: inline-block; min-height: 24px; } @media print { a { color: inherit; } }
"""  # noqa: E501

MOST_PARTS: Final = 10**9
"""Into so many parts one is cut at most where a fraction is written exactly."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What of one activity goes to a state (INEGI code), or to none for a reason.

    `amount` is in the measure of the view: activities, or dollars.
    """

    activity: Activity
    amount: Fraction
    state: str = ""
    reason: str = ""


def ledger_rows(atlas: Atlas, view: View) -> tuple[LedgerRow, ...]:
    """Every row that a number of the view is a sum of, and those of the remainder."""
    placed = place(atlas, view)
    if view.measure == "usd":
        return (
            *(LedgerRow(s.activity, Fraction(c, 100), s.state) for s, c in placed.dollars),
            *(
                LedgerRow(r.activity, Fraction(c, 100), reason=r.reason)
                for r, c in placed.rest_dollars
            ),
        )
    whole = placed.parts is None
    return (
        *(
            LedgerRow(s.activity, Fraction(1) if whole else s.part, s.state)
            for s in placed.presence
        ),
        *(LedgerRow(r.activity, r.part, reason=r.reason) for r in placed.rests),
    )


def folded_receipt_html(part: str, view: View, say: Speech) -> Markup:
    """The line that opens a part; it is fetched when it is opened, see `assets/page.js`.

    Without a script its link leads to the whole. Without a state there is none of a state.
    """
    if part == "state" and not view.state:
        return Markup("")
    return Markup(
        '<details class="ma-numbers ma-receipt" data-part="{part}"><summary>{title}</summary>'
        '<p><a href="{address}" target="_blank">{whole}</a></p></details>'
    ).format(
        part=part,
        title=OPENED_BY[part](say),
        address=f"{address_of(view, '/receipt.html')}#receipt-{part}",
        whole=say.t("Formula, numbers, rows and sources on a page of their own"),
    )


def receipt_page_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """Every part as a page of its own, which pages take a part from."""
    title = say.t("How it was computed")
    body = Markup('<h1>{}</h1><p><a href="{}">{}</a></p>{}<p>{}</p>').format(
        title,
        address_of(view, "/"),
        say.t("Back to the view"),
        receipts_html(atlas, view, say),
        tell(atlas, view).provenance,
    )
    return alone_html(say.lang, title, STYLE, body)


def receipts_html(atlas: Atlas, view: View, say: Speech) -> Markup:
    """Every part, one after the other."""
    scene = build_scene(atlas, view)
    inside = {
        "headline": lambda: _headline(atlas, scene, view, say),
        "state": lambda: _state(atlas, scene, view, say),
        "remainder": lambda: _remainder(atlas, scene, view, say),
        "ranking": lambda: _ranking(atlas, scene, view, say),
    }
    return Markup("").join(
        Markup('<section id="receipt-{}"><h2>{}</h2>{}</section>').format(
            part, TITLES[part](say), inside[part]()
        )
        for part in PARTS
        if part != "state" or view.state
    )


def _formula(view: View, say: Speech) -> Markup:
    """What an amount is, and how a state's number follows from it."""
    if shape_of(view) == "rate":
        scale = say.number(SCALE[view.per])
        formula = say.t("number = amount ÷ need × {scale}", scale=scale)
    else:
        formula = FORMULAS[view.show](say)
    return told_html(AMOUNTS[view.measure, view.evidence](say), formula)


def _headline(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    border, whole = scene.border, _needs(scene)
    inside = sum(scene.state(code).measure.need for code in border.states)
    lines = [
        say.t(
            "border states’ share of the amount: {amount} ÷ {all} = {share}",
            amount=_amount(border.amount, view, say),
            all=_amount(scene.total, view, say),
            share=say.percent(border.share, 1),
        ),
        say.t(
            "border states’ share of the {need}: {part} ÷ {whole} = {share}",
            need=need_label(view, say),
            part=say.number(inside),
            whole=say.number(whole),
            share=say.percent(border.need_share, 1),
        ),
    ]
    known = [state for state in scene.states if state.value is not None]
    turn = {"ratio": 1.0, "gap": 0.0}.get(view.show)
    if turn is not None:
        for group, name in (
            ([s for s in known if s.code in border.states], say.t("on the northern border")),
            ([s for s in known if s.code not in border.states], say.t("off it")),
        ):
            lines.append(
                say.t(
                    "states {where} with a number: {count}; above {turn}: {more}; below: {less}",
                    where=name,
                    count=say.number(len(group)),
                    turn=say.number(turn),
                    more=say.number(sum(1 for s in group if (s.value or 0.0) > turn)),
                    less=say.number(sum(1 for s in group if (s.value or 0.0) < turn)),
                )
            )
    ends = [state for state in scene.ranked if state.value is not None]
    if ends:
        lines.append(
            say.t(
                "most: {most}; least: {least}",
                most=_named(atlas, ends[0], view, say),
                least=_named(atlas, ends[-1], view, say),
            )
        )
    if scene.dominant:
        lines.append(
            say.t(
                "the largest row, {row}: {amount} of {all}",
                row=scene.dominant.activity.activity_id,
                amount=_amount(scene.dominant.amount, view, say),
                all=_amount(scene.total, view, say),
            )
        )
    telling = tell(atlas, view)
    return Markup("<blockquote>{}</blockquote><p>{}</p>{}{}{}").format(
        telling.headline, telling.beneath, _formula(view, say), _list(lines), _links(view, say)
    )


def _state(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    state = scene.state(view.state)
    rows = [row for row in ledger_rows(atlas, view) if row.state == view.state]
    return Markup("<blockquote>{}</blockquote>{}{}{}{}").format(
        tell(atlas, view).state,
        _formula(view, say),
        _list([put_in(scene, state, len(rows), view, say)]),
        _rows(rows, view, say),
        _sources(atlas, rows, say),
    )


def put_in(scene: Scene, state: StateScene, rows: int, view: View, say: Speech) -> str:
    """A state's formula with its numbers in it; `rows` is how many its amount is the sum of."""
    measure = state.measure
    if measure.amount is None:
        return say.t("no dollar figure is published for the state")
    shape, shown = shape_of(view), value_text(state.value, state.status, view, say)
    amount, total = _amount(measure.amount, view, say), _amount(scene.total, view, say)
    need, all_need = say.number(measure.need), say.number(_needs(scene))
    if shape == "value":
        return say.n("{count} row: {shown}", "sum of {count} rows: {shown}", rows, shown=shown)
    if shape == "rate":
        scale = say.number(SCALE[view.per])
        return f"{amount} ÷ {need} × {scale} = {shown}"
    if shape == "share":
        return f"{amount} ÷ {total} = {shown}"
    if shape == "ratio":
        return f"({amount} ÷ {total}) ÷ ({need} ÷ {all_need}) = {shown}"
    return f"{amount} − {total} × {need} ÷ {all_need} = {shown}"


def _remainder(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    rows = [row for row in ledger_rows(atlas, view) if row.reason]
    usd = view.measure == "usd"
    whole = scene.ledger_cents / 100 if usd else scene.located + scene.not_located
    placed = scene.located_cents / 100 if usd else scene.located
    lines = [
        say.t(
            "all that is chosen − what is in states = what is in none: {all} − {placed} = {rest}",
            all=_amount(whole, view, say),
            placed=_amount(placed, view, say),
            rest=_amount(float(_sum(rows)), view, say),
        )
    ]
    return Markup("<blockquote>{}</blockquote>{}{}{}").format(
        tell(atlas, view).remainder, _list(lines), _rows(rows, view, say), _links(view, say)
    )


def _ranking(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    of: dict[str, list[LedgerRow]] = {code: [] for code in atlas.states}
    for row in ledger_rows(atlas, view):
        if row.state:
            of[row.state].append(row)
    columns = (
        Column(say.t("Rank"), number=True),
        Column(say.t("State")),
        Column(say.t("Counted"), number=True),
        Column(say.t("Need: {need}", need=need_label(view, say)), number=True),
        Column(say.t("Computed")),
        Column(say.t("Rows of the ledger")),
    )
    rows = (
        (
            say.number(state.rank) if state.rank else "",
            atlas.states[state.code].names[say.lang],
            _exact(_sum(of[state.code]), view, say)
            if state.measure.amount is not None
            else say.t("no published figure"),
            _data(repr(state.measure.need), say.number(state.measure.need)),
            put_in(scene, state, len(of[state.code]), view, say),
            " · ".join(
                row.activity.activity_id
                + (
                    ""
                    if row.amount == 1 and view.measure != "usd"
                    else f" ({_amount(float(row.amount), view, say)})"
                )
                for row in of[state.code]
            ),
        )
        for state in scene.ranked
    )
    rule = say.t(
        "The states stand from the largest number to the smallest. Those with the same number have "
        "the better rank; one without a number has none."
    )
    return Markup("{}{}{}{}").format(
        told_html(rule),
        _formula(view, say),
        table_html(say.t("The ranking"), columns, rows, wide=True),
        _links(view, say),
    )


def _rows(rows: Iterable[LedgerRow], view: View, say: Speech) -> Markup:
    """The rows with what each gives, and why where it is in no state."""
    rows = list(rows)
    if not rows:
        return told_html(say.t("No row of the ledger."))
    columns = [
        Column(say.t("Row")),
        Column(say.t("What")),
        Column(say.t("Counted"), number=True),
        Column(say.t("Sources")),
    ]
    why = any(row.reason for row in rows)
    if why:
        columns.insert(3, Column(say.t("Why in no state")))
    return table_html(
        say.t("Rows of the ledger"),
        columns,
        (
            (
                row.activity.activity_id,
                row.activity.titles[say.lang],
                _exact(row.amount, view, say),
                *((REASONS[row.reason](say),) if why else ()),
                ", ".join(row.activity.sources),
            )
            for row in rows
        ),
        wide=True,
    )


def _sources(atlas: Atlas, rows: Iterable[LedgerRow], say: Speech) -> Markup:
    ids = sorted({source for row in rows for source in row.activity.sources})
    return Markup("<h3>{}</h3><ul>{}</ul>").format(
        say.t("Sources"), each("<li>{}</li>", (citation_html(atlas, one, say) for one in ids))
    )


def _links(view: View, say: Speech) -> Markup:
    """Where every row, with its sources, and every state's numbers can be had."""
    return Markup('<p><a href="{}">{}</a> · <a href="{}">{}</a> · <a href="{}">{}</a></p>').format(
        ledger_address(view, ""),
        say.t("the rows as CSV"),
        values_address(view, "json"),
        say.t("the states’ numbers and the sources as JSON"),
        address_of(view, "/methods"),
        say.t("all sources"),
    )


def _list(lines: Iterable[str]) -> Markup:
    return Markup("<ul>{}</ul>").format(each("<li>{}</li>", lines))


def _named(atlas: Atlas, state: StateScene, view: View, say: Speech) -> str:
    number = value_text(state.value, state.status, view, say)
    return f"{atlas.states[state.code].names[say.lang]}, {number}"


def _needs(scene: Scene) -> float:
    return sum(state.measure.need for state in scene.states)


def _sum(rows: Iterable[LedgerRow]) -> Fraction:
    return sum((row.amount for row in rows), Fraction(0))


def _amount(amount: float, view: View, say: Speech) -> str:
    """An amount as it is put into a formula: to the cent, or to four decimals."""
    if view.measure == "usd":
        return say.at_prices(view.prices_of).usd(amount, 2)
    return say.number(amount, 4)


def _exact(amount: Fraction, view: View, say: Speech) -> Markup:
    exact = amount.limit_denominator(MOST_PARTS)
    return _data(str(exact), _amount(float(amount), view, say))


def _data(exact: str, text: str) -> Markup:
    """A number as it is written, and exactly (a fraction, or a decimal) for a machine."""
    return Markup('<data value="{}">{}</data>').format(exact, text)
