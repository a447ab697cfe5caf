"""Whether states beside each other are alike, in words, with what 32 states cannot tell."""

from __future__ import annotations

from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.inequality.words import part_text, ways_text
from geo.drawing import Row, folded_html, pick_table_html, told_html
from geo.equity import EquitySummary
from geo.equity.chance import Caution, Moran, Quadrant
from geo.language import Say, Speech, t
from geo.policy import DEALS, FALSE_DISCOVERY_RATE

CAUTIONS: dict[Caution, Say] = {
    Caution.FEW_AREAS: t(
        "32 states are few: one or two of them can make such a pattern, or hide one."
    ),
    Caution.MANY_TIES: t(
        "At least half of the states have the same number, mostly zero, so there is little to "
        "compare."
    ),
    Caution.ISLANDS: t(
        "Some state has no neighbour with a number; its surroundings count as average."
    ),
    Caution.NO_VARIATION: t("All states have the same number: there is no pattern to find."),
}

QUADRANTS: dict[Quadrant, Say] = {
    Quadrant.HIGH_HIGH: t("much, among neighbours with much"),
    Quadrant.LOW_HIGH: t("little, among neighbours with much"),
    Quadrant.LOW_LOW: t("little, among neighbours with little"),
    Quadrant.HIGH_LOW: t("much, among neighbours with little"),
}


def neighbours_html(atlas: Atlas, summary: EquitySummary, say: Speech) -> Markup:
    """Moran's I for the country and for each state, with all reservations in words."""
    words = told_html(*moran_words(summary, say))
    if not summary.local:
        return Markup("<h3>{}</h3>{}").format(_neighbours_title(say), words)
    marked = [here for here in summary.local if here.marked]
    found = (
        "; ".join(
            say.t(
                "{name}: {value}",
                name=atlas.states[here.code].names[say.lang],
                value=QUADRANTS[here.quadrant](say),
            )
            for here in marked
        )
        if marked
        else say.t("none")
    )
    columns = (
        say.t("State"),
        say.t("Beside its neighbours"),
        say.t("Local Moran’s I"),
        say.t("Neighbours"),
        say.t("p"),
        say.t("p corrected"),
        say.t("Marked"),
    )
    rows = [
        Row(
            (
                atlas.states[here.code].names[say.lang],
                QUADRANTS[here.quadrant](say),
                say.decimal(here.i, 2),
                say.number(here.neighbours),
                say.decimal(here.p, 4),
                say.decimal(here.adjusted, 4),
                say.t("yes") if here.marked else say.t("no"),
            ),
            here.code,
        )
        for here in sorted(summary.local, key=lambda here: (here.adjusted, here.p, here.code))
    ]
    return Markup("<h3>{}</h3>{}<p>{} {}</p>{}").format(
        _neighbours_title(say),
        words,
        multiple_testing(summary, say),
        say.t("Marked: {states}.", states=found),
        folded_html(
            say.t("Each state beside its neighbours"),
            pick_table_html("local", say.t("Each state beside its neighbours"), columns, rows),
        ),
    )


def _neighbours_title(say: Speech) -> str:
    return say.t("Are neighbours alike?")


def moran_words(summary: EquitySummary, say: Speech) -> tuple[str, ...]:
    """Whether neighbours are alike, with every reservation that applies."""
    found: Moran = summary.moran
    cautions = [CAUTIONS[caution](say) for caution in found.cautions]
    if found.i != found.i:
        return (say.t("Moran’s I is not defined for this view."), *cautions)
    test = found.test
    lead = say.t(
        "Moran’s I of the amount per need is {value}. With the states’ numbers shuffled over the "
        "map it is {expected} on average, this high or higher in {above}, this low or lower in "
        "{below} of {ways}.",
        value=say.decimal(found.i, 2),
        expected=say.decimal(found.expected, 2),
        above=part_text(test.p_greater, say),
        below=part_text(test.p_less, say),
        ways=ways_text(test, say),
    )
    if summary.dealt_moran is not None:
        lead += " " + say.t(
            "With the activities dealt out by the need, it is as high in {high} and as low in "
            "{low} of {count} deals.",
            high=part_text(summary.dealt_moran[0], say),
            low=part_text(summary.dealt_moran[1], say),
            count=say.number(DEALS),
        )
    if min(test.p_greater, test.p_less) > FALSE_DISCOVERY_RATE / 2:
        verdict = say.t(
            "That shows no pattern: states beside each other are neither more alike nor more "
            "unlike than shuffled numbers are. It does not show that there is none."
        )
    elif test.p_greater < test.p_less:
        verdict = say.t("That is a hint that states beside each other are alike.")
    else:
        verdict = say.t("That is a hint that states beside each other are unlike.")
    missing = (
        say.n(
            "{count} state without a published figure counts as 0, which alone can make or break "
            "the pattern.",
            "{count} states without a published figure count as 0, which alone can make or break "
            "the pattern.",
            summary.without_figure,
        )
        if summary.without_figure
        else ""
    )
    return (lead, verdict, " ".join(text for text in (*cautions, missing) if text))


def multiple_testing(summary: EquitySummary, say: Speech) -> str:
    """Why the states' p are corrected."""
    tests = len(summary.local)
    return say.t(
        "Each state is tested on its own. Of {tests} tests about {false} would fall below "
        "{rate} among shuffled numbers alone, so each p is corrected for there being so many "
        "(Benjamini and Hochberg), and a state is marked only where the corrected p is at most "
        "{rate}. A mark is a hint where to look, no proof.",
        tests=tests,
        false=say.number(tests * FALSE_DISCOVERY_RATE, 1),
        rate=say.percent(FALSE_DISCOVERY_RATE),
    )
