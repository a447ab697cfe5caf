"""The robustness of a claim as a matrix of marks: every way to count is one mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup, escape

from geo.atlas import Atlas
from geo.chapters.evidence.judgements import judgements_html
from geo.chapters.evidence.words import NEED_NAMES, VERDICTS, statistic_text
from geo.drawing import each, folded_html
from geo.equity.claims import STANDS, Cell, Claim, CountingRule, Grid, Verdict, grid_of
from geo.language import FOUND_NAMES, SPLIT_NAMES, Speech

MARKS: Final = {
    Verdict.SUPPORTED: "●",
    Verdict.PARTLY: "◐",
    Verdict.NOT_AS_WORDED: "○",
    Verdict.CONTRADICTED: "✕",
    Verdict.CANNOT_TEST: "·",
}


def grid_sentence(grid: Grid, say: Speech) -> str:
    """In how many ways to count the claim holds, in one sentence."""
    if not grid.cells:
        return ""
    if not grid.tested:
        return say.t(
            "In none of {count} ways to count is there enough to test it.",
            count=say.number(len(grid.cells)),
        )
    return say.t(
        "Counted in {count} ways, {tested} of which have enough evidence to test it, the "
        "claim holds in {holds}: fully in {yes}, in part in {partly}.",
        count=say.number(len(grid.cells)),
        tested=say.number(grid.tested),
        holds=say.number(grid.holds),
        yes=say.number(grid.count(Verdict.SUPPORTED)),
        partly=say.number(grid.count(Verdict.PARTLY)),
    )


def holds_text(grid: Grid, say: Speech) -> str:
    """The same in a few words, for the list of claims."""
    if not grid.tested:
        return say.number(None)
    return say.t(
        "{holds} of {tested}", holds=say.number(grid.holds), tested=say.number(grid.tested)
    )


def fails_where(grid: Grid, say: Speech) -> str:
    """The choice under which the claim fails most often, in one sentence; empty if it never does.

    Of all values of all axes, the one with the largest part of failing cells, ties by the larger
    number and then by the order of the axes.
    """
    failing = [cell for cell in grid.cells if _fails(cell)]
    if not failing or len(failing) == grid.tested:
        return ""
    best: tuple[float, int, int, str] | None = None
    for position, (name, cells) in enumerate(_slices(grid, say)):
        tested = [cell for cell in cells if cell.verdict is not Verdict.CANNOT_TEST]
        bad = sum(1 for cell in tested if _fails(cell))
        if tested and bad:
            ranked = (bad / len(tested), bad, -position, name)
            best = ranked if best is None or ranked[:3] > best[:3] else best
    if best is None:
        return ""
    return say.t(
        "It fails in {count}, most often with “{choice}”: there in {share} of the ways.",
        count=say.number(len(failing)),
        choice=best[3],
        share=say.percent(best[0]),
    )


def grid_html(atlas: Atlas, claim: Claim, say: Speech) -> Markup:
    """The sentence, the key and one matrix for each need."""
    grid = grid_of(atlas, claim)
    if not grid.cells:
        return Markup("")
    needs = list(dict.fromkeys(cell.outcome.need for cell in grid.cells))
    tables = Markup("").join(_matrix(grid, need, say) for need in needs)
    key = each(
        '<li><b class="{}">{}</b>{} ({})</li>',
        (
            (verdict.value, mark, VERDICTS[verdict](say), grid.count(verdict))
            for verdict, mark in MARKS.items()
        ),
    )
    return Markup(
        '<section class="ma-ev-grid" id="robustness"><h4>{title}</h4><p>{told} {fails}</p>'
        "{marks}{calls}</section>"
    ).format(
        title=say.t("Does it depend on how one counts?"),
        told=grid_sentence(grid, say),
        fails=fails_where(grid, say),
        marks=folded_html(
            say.t("Every way to count, one mark each"),
            Markup('<ul class="ma-key">{}</ul><div class="ma-ev-matrices">{}</div>').format(
                key, tables
            ),
        ),
        calls=judgements_html(atlas, grid, say),
    )


def _matrix(grid: Grid, need: str, say: Speech) -> Markup:
    cells = [cell for cell in grid.cells if cell.outcome.need == need]
    ways = list(dict.fromkeys(_way(cell.selection) for cell in cells))
    rows = list(dict.fromkeys(_row(cell.selection) for cell in cells))
    at = {(_row(cell.selection), _way(cell.selection)): cell for cell in cells}
    heads = "".join(
        f'<th scope="col">{escape(_way_text(evidence, split, weak, say))}</th>'
        for evidence, split, weak in ways
    )
    body = "".join(
        f'<tr><th scope="row">{row[0]}–{row[1]}, {escape(FOUND_NAMES[row[2]](say).lower())}</th>'
        + "".join(_mark(at[row, way], grid, say) for way in ways)
        + "</tr>"
        for row in rows
    )
    name = say.t("Compared with {need}", need=NEED_NAMES[need](say)) if need in NEED_NAMES else ""
    return Markup(
        '<div class="ma-ev-matrix" tabindex="0" role="region" aria-label="{label}"><table>'
        "<caption>{name}</caption><thead><tr><td></td>{heads}</tr></thead>"
        "<tbody>{body}</tbody></table></div>"
    ).format(
        label=name or say.t("Every way to count"),
        name=name,
        heads=Markup(heads),  # noqa: S704  (escaped cell by cell, of which there are hundreds)
        body=Markup(body),  # noqa: S704
    )


def _mark(cell: Cell, grid: Grid, say: Speech) -> str:
    text = VERDICTS[cell.verdict](say)
    if cell.outcome.total:
        text = f"{text}: {statistic_text(grid.claim.test, cell.outcome.value, say)}"
    return (
        f'<td class="{cell.verdict.value}" title="{escape(text)}">'
        f'<span aria-hidden="true">{MARKS[cell.verdict]}</span>'
        f'<span class="ma-hidden">{escape(text)}</span></td>'
    )


def _way(selection: CountingRule) -> tuple[str, str, bool]:
    return selection.evidence, selection.split, selection.weak


def _row(selection: CountingRule) -> tuple[int, int, str]:
    return selection.first, selection.last, selection.found


def _way_text(evidence: str, split: str, weak: bool, say: Speech) -> str:
    text = (
        say.t("Documented")
        if evidence == "documented"
        else say.t("Split: {rule}", rule=SPLIT_NAMES[split](say).lower())
    )
    return say.t("{way}, weak too", way=text) if weak else text


def _fails(cell: Cell) -> bool:
    return cell.verdict not in (*STANDS, Verdict.CANNOT_TEST)


def _slices(grid: Grid, say: Speech) -> Iterator[tuple[str, list[Cell]]]:
    """Every value of every axis with its cells."""
    axes: dict[str, list[Cell]] = {}
    for cell in grid.cells:
        chosen = cell.selection
        names = [
            f"{chosen.first}–{chosen.last}",
            FOUND_NAMES[chosen.found](say),
            _way_text(chosen.evidence, chosen.split, False, say),
            say.t("Weak sources shown") if chosen.weak else say.t("Weak sources hidden"),
        ]
        if cell.outcome.need in NEED_NAMES:
            names.insert(0, NEED_NAMES[cell.outcome.need](say))
        for name in names:
            axes.setdefault(name, []).append(cell)
    yield from axes.items()
