"""What changed, as one table of HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import alone_html, table_html
from geo.language import Say, Speech, speech, t
from geo.share.changes.differences import (
    ADDED,
    CORRECTED,
    SAME,
    TAKEN_AWAY,
    Changes,
    Difference,
    changes_between,
)
from geo.share.changes.forms import CUT_AT, cell_text, summary, verdict_text

COUNTS: Final[dict[str, Say]] = {
    "activities": t("Activities in the ledger"),
    "firm_pairs": t("Documented activities, all states together"),
    "border_share": t("Share of the northern border states"),
}
WAYS: Final[dict[str, Say]] = {
    ADDED: t("Added"),
    TAKEN_AWAY: t("Taken away"),
    CORRECTED: t("Corrected"),
}
"""What happened to a row, a field or a file."""

STYLE: Final = (
    ":root{color-scheme:light dark}body{margin:0 auto;max-width:70rem;padding:1rem 1.2rem 3rem;"
    "font:16px/1.5 system-ui,sans-serif}h1{line-height:1.2}.ma-wide{overflow-x:auto}table{"
    "border-collapse:collapse;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:"
    ".3rem .8rem .3rem 0;border-bottom:1px solid #8884;overflow-wrap:anywhere}"
)


def changes_html(changes: Changes, say: Speech) -> Markup:
    """One table: what is counted and said before and after, then every row that changed."""
    lead = say.t("From data {old} to data {new}.", old=changes.old, new=changes.new)
    columns = (say.t("What"), say.t("Before"), say.t("After"))
    rows = tuple(_rows(changes, say))
    table = table_html(say.t("What changed"), columns, rows)
    return Markup("<p>{} {}</p>{}").format(lead, summary(changes, say), table)


def changes_page(atlas: Atlas, package: str, lang: str) -> bytes:
    """The same from a package that was kept to the data of now, as a page of its own."""
    say = speech(lang)
    body = changes_html(changes_between(Path(package), atlas.data), say)
    title = say.t("What changed")
    return alone_html(lang, title, STYLE, Markup("<h1>{}</h1>{}").format(title, body)).encode()


def _rows(changes: Changes, say: Speech) -> Iterator[tuple[str, str, str]]:
    for one in changes.of("headline"):
        if one.key == say.lang:
            yield say.t("Headline"), one.before, one.after
    for one in changes.of("counts"):
        yield (
            COUNTS[one.key](say),
            _count(one.key, one.before, say),
            _count(one.key, one.after, say),
        )
    for one in changes.of("verdicts"):
        if one.change != SAME:
            name = say.t("Verdict on {claim}", claim=one.key)
            yield name, verdict_text(one.before, say), verdict_text(one.after, say)
    for one in changes.of("files", "columns", "rows"):
        yield _where(one, say), cell_text(one, one.before), cell_text(one, one.after)


def _count(name: str, text: str, say: Speech) -> str:
    return say.percent(float(text), 1) if name == "border_share" else say.number(float(text))


def _where(one: Difference, say: Speech) -> str:
    place = [one.table.removesuffix(".csv"), one.key, one.field]
    told = " · ".join(part for part in place if part)
    return textwrap.shorten(f"{WAYS[one.change](say)}: {told}", CUT_AT, placeholder=" …")
