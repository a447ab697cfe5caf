"""HTML of the pages: the one place where text from data meets markup, and is escaped.

Every function returns `Markup` built with `Markup.format`, which escapes what it fills in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from geo.atlas import Atlas
from geo.i18n import Speech
from geo.labels import LEVELS, need_label, number_text, value_text
from geo.legend import Legend, LegendRow, fill_of
from geo.palette import NO_DATA_FILL
from geo.policy import SCENES_KEPT
from geo.scene import Scene
from geo.sentence import reason_texts, remainder
from geo.view import View

MARK = ' class="selected" aria-current="true"'
"""Marks the selected state's row; choosing any row selects its state, see `assets/page.js`."""


def headline_html(sentence: str, caveat: str) -> Markup:
    """The finding of the view as the page's heading, with its caveat under it."""
    return Markup('<h1 class="ma-headline">{}</h1><p class="ma-caveat">{}</p>').format(
        sentence, caveat
    )


def share_html(say: Speech) -> Markup:
    """The button that opens the share panel, see `assets/page.js`."""
    return Markup(
        '<button type="button" class="ma-share-open" aria-haspopup="dialog">{}</button>'
    ).format(say.t("Share and download"))


def beside_html(wide: Iterable[Markup], narrow: Iterable[Markup]) -> Markup:
    """Two columns of HTML, the first as wide as the map; one below the other in a narrow window."""
    return Markup('<div class="ma-beside"><div>{}</div><div>{}</div></div>').format(
        Markup("").join(wide), Markup("").join(narrow)
    )


def note_html(text: str) -> Markup:
    """One plain line that tells the reader something about the page."""
    return Markup('<p class="ma-note" role="status">{}</p>').format(text) if text else Markup("")


@lru_cache(maxsize=SCENES_KEPT)
def legend_html(legend: Legend, scene: Scene, say: Speech) -> Markup:
    """The legend beside the map."""
    rows = Markup("").join(_swatch(row) for row in (*legend.classes, *legend.others))
    scheme = ""
    if scene.classes.count:
        scheme = say.t("Each class includes its upper limit. On the right: how many states.")
    return Markup(
        '<section class="ma-legend" aria-label="{name}"><h2>{title}</h2>'
        '<ul>{rows}</ul><p class="ma-small">{scheme}</p></section>'
    ).format(name=say.t("Legend"), title=legend.title, rows=rows, scheme=scheme)


def _swatch(row: LegendRow) -> Markup:
    dotted = " dotted" if row.fill == NO_DATA_FILL else ""
    return Markup(
        '<li><span class="ma-swatch{dotted}" style="background-color:{fill}"></span>'
        '<span class="ma-range">{label}</span><span class="ma-count">{states}</span></li>'
    ).format(dotted=dotted, fill=row.fill, label=row.label, states=row.states)


def remainder_html(scene: Scene, say: Speech) -> Markup:
    """What is not on the map, in the same measure as the map, with the reasons."""
    return remainder_lead_html(scene, say) + reasons_html(scene, say)


def remainder_lead_html(scene: Scene, say: Speech) -> Markup:
    """How much is not on the map, in one sentence."""
    return Markup('<section class="ma-remainder"><h2>{}</h2><p>{}</p></section>').format(
        say.t("Not on the map"), remainder(scene, say)
    )


@lru_cache(maxsize=SCENES_KEPT)
def reasons_html(scene: Scene, say: Speech) -> Markup:
    """Why it has no place on the map, reason by reason, in the measure of the map."""
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(*line)
        for line in reason_texts(scene, say)
    )
    if not rows:
        return rows
    return Markup(
        '<div class="ma-reasons"><table><caption>{}</caption><tbody>{}</tbody></table></div>'
    ).format(say.t("Why it has no place"), rows)


@lru_cache(maxsize=SCENES_KEPT)
def national_html(scene: Scene, say: Speech) -> Markup:
    """What is published for no state at all, listed by level and never added up."""
    if not scene.national:
        return Markup("")
    rows = Markup("").join(
        Markup('<tr><th scope="row">{}</th><td>{}</td></tr>').format(
            LEVELS[line.level](say),
            say.n("{count} figure", "{count} figures", line.figures)
            if line.largest is None or scene.view.measure == "activities"
            else say.n(
                "{count} figure, {largest}",
                "{count} figures, up to {largest}",
                line.figures,
                largest=say.usd_short(line.largest),
            ),
        )
        for line in scene.national
    )
    return Markup(
        '<section class="ma-national ma-reasons"><h2>{}</h2><p>{}</p>'
        "<table><tbody>{}</tbody></table></section>"
    ).format(
        say.t("Published for no state"),
        say.t("National figures overlap, so they are listed and never added."),
        rows,
    )


def ranking_html(atlas: Atlas, scene: Scene, view: View, say: Speech) -> Markup:
    """The ranking of all states, equal to the map, with the selected one marked."""
    return _ranking(atlas, scene, view.state, say)


@lru_cache(maxsize=SCENES_KEPT)
def _ranking(atlas: Atlas, scene: Scene, selected: str, say: Speech) -> Markup:
    head = _cells(
        (
            say.t("Rank"),
            say.t("State"),
            say.t("Number"),
            say.t("Share"),
            say.t("Share of {need}", need=need_label(scene.view, say)),
            say.t("Share ratio"),
        )
    )
    # Escaped cell by cell: two hundred calls of Markup.format cost as much as the rest of a rerun.
    body = Markup(  # noqa: S704
        "".join(
            f'<tr data-state="{state.code}"{MARK if state.code == selected else ""}>'
            f"<td>{escape(say.number(state.rank) if state.rank else '')}</td>"
            f'<th scope="row"><span class="ma-dot" style="background-color:'
            f'{escape(fill_of(scene, state.code))}"></span>'
            f"{escape(atlas.states[state.code].names[say.lang])}</th>"
            f"<td>{escape(value_text(state.value, state.status, scene.view, say))}</td>"
            f"<td>{escape(say.percent(state.measure.share, 1))}</td>"
            f"<td>{escape(say.percent(state.measure.need_share, 1))}</td>"
            f"<td>{escape(say.decimal(state.measure.ratio, 2))}</td></tr>"
            for state in scene.ranked
        )
    )
    total = say.t(
        "Sum of the states: {total}",
        total=number_text(scene.total, scene.view.with_(show="value", per="none"), say),
    )
    return Markup(
        '<div class="ma-scroll" data-pick="ranking" tabindex="0" role="region" aria-label="{name}">'
        '<table class="ma-ranking"><thead><tr>{head}</tr></thead>'
        '<tbody>{body}</tbody></table></div><p class="ma-small">{total}</p>'
    ).format(name=say.t("Ranking of the states"), head=head, body=body, total=total)


def _cells(texts: Iterable[str]) -> Markup:
    return Markup("").join(Markup('<th scope="col">{}</th>').format(text) for text in texts)


def empty_html(text: str) -> Markup:
    """What stands where nothing was chosen yet."""
    return Markup('<p class="ma-empty">{}</p>').format(text)


def paragraphs_html(texts: Iterable[str]) -> Markup:
    """Plain sentences, each a paragraph."""
    told = Markup("").join(Markup("<p>{}</p>").format(text) for text in texts)
    return Markup('<div class="ma-text">{}</div>').format(told)
