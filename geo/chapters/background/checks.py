"""What the essay states, and what checking it found: every statement of the list, with sources."""

from __future__ import annotations

import re
from typing import Any, Final

from markupsafe import Markup

from geo.atlas import Atlas
from geo.drawing import Column, citation_html, folded_html, table_html
from geo.language import Speech

KEY: Final = re.compile(r"[A-Z][A-Z0-9_]{2,}")
"""What may be the key of a source in a text of the checks; whether it is one, the sources say."""


def checks_html(atlas: Atlas, say: Speech) -> Markup:
    """All statements of the essay that were checked, folded: what it says and what was found."""
    rows = atlas.table("essay_checks")
    columns = (
        Column(say.t("No.")),
        Column(say.t("The essay says"), kind="what"),
        Column(say.t("Its own source")),
        Column(say.t("What checking found"), kind="what"),
        Column(say.t("Sources")),
    )
    table = table_html(
        say.t("Statements of the essay"),
        columns,
        (
            (
                row["essay_ref"],
                row[f"stated_{say.lang}"],
                row["essays_own_source"],
                row[f"check_{say.lang}"],
                _sources(atlas, row, say),
            )
            for row in rows
        ),
        kind="ma-checks",
        tall=True,
    )
    return folded_html(say.n("{count} statement", "{count} statements", len(rows)), table, kind="")


def _sources(atlas: Atlas, row: dict[str, Any], say: Speech) -> Markup:
    named = dict.fromkeys(KEY.findall(row["check_en"]))
    return Markup(" · ").join(
        citation_html(atlas, source_id, say) for source_id in named if source_id in atlas.sources
    )
