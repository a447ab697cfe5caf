"""The receipt of an index: how it is computed, from what, where least and most, a citation."""

from __future__ import annotations

from typing import Final

import numpy as np
from markupsafe import Markup

from geo.atlas import Atlas
from geo.chapters.inequality.terms import FORMULAS, REFERENCES, index_name, index_number, need_text
from geo.chapters.inequality.words import documented_view, inputs_text
from geo.drawing import each, here_html
from geo.equity import EquitySummary, IndexRange
from geo.equity.indices import Vector
from geo.language import Speech
from geo.view import View, address_of, values_address
from geo.words import measure_label

ALMOST_ALL: Final = 0.999
"""An allocation that gives so much of a remainder to one state gives it all, but for rounding."""

NAMED: Final = 8
"""Up to so many states of an allocation are named; of more, how many they are."""


def receipt_html(
    atlas: Atlas, one: IndexRange, summary: EquitySummary, view: View, need: str, say: Speech
) -> Markup:
    """Formula, scale, extremes, inputs and rows, reference, and a citation to copy."""
    name = index_name(one, say)
    lines = [
        (say.t("Formula"), Markup('<code lang="zxx">{}</code>').format(FORMULAS[one.index])),
        (
            say.t("Scale"),
            say.t(
                "{low} to {high} for these states and this need",
                low=index_number(one.scale.low, one, say),
                high=index_number(one.scale.high, one, say),
            ),
        ),
        (say.t("To four digits"), _full(one, view, say)),
    ]
    if one.ledger is not None:
        lines += [
            (say.t("Smallest if the rest went"), _where(atlas, one.ledger.low_at, summary, say)),
            (say.t("Largest if the rest went"), _where(atlas, one.ledger.high_at, summary, say)),
        ]
    rows = Markup('<a href="{}">{}</a> · {}').format(
        values_address(documented_view(view).with_(lang=say.lang), "csv"),
        say.t("the numbers of the states (CSV)"),
        here_html(address_of(view, "./methods"), say.t("activities and sources")),
    )
    lines += [
        (say.t("Inputs"), inputs_text(atlas, view, summary, need, say)),
        (say.t("Rows"), rows),
        (say.t("Reference"), REFERENCES[one.index]),
        (
            say.t("To cite"),
            Markup("<code>{}</code>").format(_citation(atlas, one, view, need, say)),
        ),
    ]
    items = each("<div><dt>{}</dt><dd>{}</dd></div>", lines)
    return Markup(
        '<details><summary>{}<span class="ma-iq-hidden"> {}</span></summary><dl>{}</dl></details>'
    ).format(say.t("How it was computed"), name, items)


def _full(one: IndexRange, view: View, say: Speech) -> str:
    sentences = [say.t("documented {value}", value=index_number(one.documented, one, say, 4))]
    if view.weak == "exclude":
        value = index_number(one.weak_included, one, say, 4)
        sentences.append(say.t("with weak sources {value}", value=value))
    else:
        value = index_number(one.weak_excluded, one, say, 4)
        sentences.append(say.t("without weak sources {value}", value=value))
    if one.ledger is not None:
        sentences.append(
            say.t(
                "possible {low} to {high}",
                low=index_number(one.ledger.low, one, say, 4),
                high=index_number(one.ledger.high, one, say, 4),
            )
        )
    return "; ".join(sentences)


def _where(atlas: Atlas, allocation: Vector, summary: EquitySummary, say: Speech) -> str:
    """Where a remainder goes for an index to be smallest or largest: one way among others."""
    given = allocation - np.array(summary.amounts)
    rest = given.sum()
    if not rest > 0:
        return say.number(None)
    if given.max() >= ALMOST_ALL * rest:
        reached = [summary.codes[int(given.argmax())]]
    else:
        little = (1 - ALMOST_ALL) * rest / given.size
        pairs = zip(summary.codes, given.tolist(), strict=True)
        reached = [code for code, part in pairs if part > little]
    if len(reached) > NAMED:
        return say.n(
            "spread over {count} state, for example",
            "spread over {count} states, for example",
            len(reached),
        )
    names = ", ".join(atlas.states[code].names[say.lang] for code in reached)
    return say.t("all to {states}, for example", states=names)


def _citation(atlas: Atlas, one: IndexRange, view: View, need: str, say: Speech) -> str:
    return say.t(
        "Mérida Atlas, data version {version}. {index}; {what}; need: {need}: {value}. {address}",
        version=atlas.version,
        index=index_name(one, say),
        what=measure_label(documented_view(view), say),
        need=need_text(need, view, say),
        value=index_number(one.documented, one, say, 4),
        address=address_of(view.with_(lang=say.lang), "/evidence"),
    )
