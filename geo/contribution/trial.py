"""The atlas as it would be with a contribution: made in memory, shared with nobody."""

from __future__ import annotations

from dataclasses import replace

from geo.atlas import (
    Atlas,
    Ledger,
    Source,
    build_ledger,
    converted,
    sound_table,
    with_rows,
    yearly_prices,
)
from geo.contribution.check import refuse, settled, tables_of, with_contribution
from geo.contribution.contribution import PARTS, Contribution
from geo.contribution.file import FILE


def trial_atlas(contribution: Contribution, atlas: Atlas) -> Atlas:
    """An atlas of its own with the rows of a contribution among those of `atlas`.

    What is computed of it is kept with it and goes with it (`geo.atlas.memory`). Raises `DataError`
    for a contribution that the check refuses.
    """
    refuse(contribution, FILE, atlas.data)
    now = tables_of(atlas.data)
    tables = with_contribution(contribution, now)
    written = settled(contribution, now)
    rows = {name: tuple(tables[name].rows.values()) for name in PARTS.values()}
    new = {name: rows[name][len(now[name].rows) :] for name in rows}
    rates = {row["year"]: row["mxn_per_usd"] for row in now["exchange_rates"].texts.values()}
    prices = yearly_prices(now["price_index"].texts.values())
    dollars = [converted(row, rates, prices) for row in written["activities"] if row["amount"]]
    before = sound_table("amounts_usd", atlas.data)
    after = with_rows(before, [row for row in dollars if row])
    memory: dict[object, object] = {}
    amounts = tuple(after.rows.values())
    added = build_ledger(new["activities"], new["activity_places"], amounts).activities
    activities = sorted((*atlas.ledger.activities, *added), key=lambda one: one.activity_id)
    sources = {
        row["source_id"]: Source(**{key: row[key] for key in Source.__dataclass_fields__})
        for row in new["sources"]
    }
    return replace(
        atlas,
        ledger=Ledger(tuple(activities), atlas.ledger.national, memory),
        sources={**atlas.sources, **sources},
        tables={**rows, "amounts_usd": amounts},
        memory=memory,
    )
