"""The amounts of the ledger in dollars, each with the rate and year that were used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from geo.atlas import converted, csv_text, yearly_prices
from geo.build.package import read_sound
from geo.errors import DataError

PATH = "ledger/amounts_usd.csv"
COLUMNS = (
    *("activity_id", "amount", "currency", "amount_usd", "rate", "rate_year", "why_blank"),
    *("amount_usd_2021", "price_years"),
)


def render(data: Path) -> str:
    """The text of `ledger/amounts_usd.csv`: one row per activity that has an amount."""
    return csv_text(COLUMNS, _rows(data))


def _rows(data: Path) -> Iterator[Mapping[str, str]]:
    prices = yearly_prices(read_sound("price_index", data).values())
    rates = {row["year"]: row["mxn_per_usd"] for row in read_sound("exchange_rates", data).values()}
    for number, activity in read_sound("activities", data).items():
        if not activity["amount"]:
            continue
        row = converted(activity, rates, prices)
        if row is None:
            year = (activity["period_start"] or activity["period_end"])[:4]
            raise DataError(
                "data/ledger/activities.csv",
                f"{activity['amount']} {activity['currency']} of {year} cannot be converted: no "
                "such rate.",
                "Add the year to data/exchange_rates.csv, or correct currency and period.",
                row=number,
                field="amount",
            )
        yield row
