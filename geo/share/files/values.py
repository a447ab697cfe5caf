"""The API: the values of any view, as a table, as JSON and as GeoJSON, equal to the page."""

from __future__ import annotations

from typing import Any, Final

from geo.atlas import LEFT_OUT, Atlas, csv_text, json_text, load_states
from geo.language import speech
from geo.scene import Scene, counted_in, place, reaching_each
from geo.view import DOLLARS, Notice, View, spell_query
from geo.words import class_labels, ignored, tell

COLUMNS: Final = (
    "code",
    "name",
    "value",
    "unit",
    "class",
    "status",
    "rank",
    "activities",
    "activities_named",
    "usd",
    "usd_2021",
    "share",
    "need",
    "need_share",
    "ratio",
    "gap",
    "activity_ids",
)
"""The columns of a values table: the contract's first five, then what explains them.

`activities_named` are those of the `activities` that a source clearly calls Mérida's.
"""


def value_rows(atlas: Atlas, scene: Scene, view: View) -> list[dict[str, Any]]:
    """One row per state, in order of the INEGI code; None where there is no number."""
    rows = []
    nominal, constant = (
        place(atlas, view.with_(measure="usd", dollars=dollars)).cents_of for dollars in DOLLARS
    )
    reaching = reaching_each(scene)
    for state in scene.states:
        measure, reached = state.measure, reaching.get(state.code, ())
        rows.append(
            {
                "code": state.code,
                "name": atlas.states[state.code].names[view.lang],
                "value": state.value,
                "unit": scene.unit,
                "class": state.klass,
                "status": state.status,
                "rank": state.rank,
                "activities": state.activities,
                "activities_named": sum(1 for a in reached if a.names_merida == "yes"),
                "usd": _dollars(nominal.get(state.code)),
                "usd_2021": _dollars(constant.get(state.code)),
                "share": measure.share,
                "need": measure.need,
                "need_share": measure.need_share,
                "ratio": measure.ratio,
                "gap": measure.gap,
                "activity_ids": ";".join(a.activity_id for a in reached),
            }
        )
    return rows


def _dollars(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def values_csv(atlas: Atlas, scene: Scene, view: View) -> str:
    """The values of a view as CSV (UTF-8, comma, LF); blank where there is no number."""
    rows = value_rows(atlas, scene, view)
    return csv_text(COLUMNS, ({key: _whole(value) for key, value in row.items()} for row in rows))


def values_json(
    atlas: Atlas, scene: Scene, view: View, notices: tuple[Notice, ...] = ()
) -> dict[str, Any]:
    """The values of a view with what stands beside them: classes, remainder and sources."""
    say, telling = speech(view.lang), tell(atlas, view)
    return {
        "view": spell_query(view),
        "ignored": ignored(notices, say),
        "data_version": atlas.version,
        "sentence": telling.headline,
        "equal_effort": telling.alike,
        "filters": telling.filters,
        "unit": scene.unit,
        "dollars_of": view.prices_of,
        "need": view.need,
        "total": scene.total,
        "named": {
            kind: sum(1 for a, _ in counted_in(scene) if a.names_merida == kind)
            for kind in ("yes", "no", "unknown")
        },
        "classes": {
            "scheme": scene.classes.scheme,
            "asked": scene.classes.asked,
            "closed": "above",
            "ranges": [
                {"class": index, "from": low, "to": high, "label": label}
                for index, ((low, high), label) in enumerate(
                    zip(scene.classes.bounds, class_labels(scene, say), strict=True)
                )
            ],
        },
        "states": value_rows(atlas, scene, view),
        "remainder": {
            "activities": {"located": scene.located, "not_located": scene.not_located},
            "usd": {
                "located": scene.located_cents / 100,
                "not_located": (scene.ledger_cents - scene.located_cents) / 100,
                "ledger_total": scene.ledger_cents / 100,
            },
            "by_reason": [
                {"reason": line.reason, "activities": line.activities, "usd": line.cents / 100}
                for line in scene.remainder
            ],
            "national_figures_never_added": [
                {
                    "level": line.level,
                    "figures": line.figures,
                    "largest_usd": None if line.largest is None else float(line.largest),
                }
                for line in scene.national
            ],
            "left_out_by_filters": scene.selection.left_out,
            "left_out_by_filter": {
                reason: count for reason in LEFT_OUT if (count := getattr(scene.selection, reason))
            },
            "activities_without_amount": scene.without_amount,
        },
        "sources": [
            {"id": source.source_id}
            | {field: getattr(source, field) for field in ("title", "date", "url", "kind")}
            for source in telling.sources
        ],
    }


def values_geojson(atlas: Atlas, scene: Scene, view: View) -> dict[str, Any]:
    """The states' boundaries with the values of a view as properties."""
    shapes = {
        feature["properties"]["code"]: feature["geometry"]
        for feature in load_states(atlas.data)["features"]
    }
    return {
        "type": "FeatureCollection",
        "view": spell_query(view),
        "data_version": atlas.version,
        "features": [
            {
                "type": "Feature",
                "id": row["code"],
                "properties": row,
                "geometry": shapes[row["code"]],
            }
            for row in value_rows(atlas, scene, view)
        ],
    }


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def as_json(value: Any) -> bytes:
    """Compact JSON in UTF-8."""
    return json_text(value).encode()
