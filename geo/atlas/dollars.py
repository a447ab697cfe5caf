"""An amount in dollars: pesos divided by the mean rate of their year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

CENT: Final = Decimal("0.01")
UNDATED: Final = "undated: no year to take a rate from"


def converted(activity: Mapping[str, str], rates: Mapping[str, str]) -> dict[str, str] | None:
    """The row of `amounts_usd` for an activity as it is written; None where no rate is known.

    Pesos are divided by the mean rate (MXN per USD) of the year of `period_start`, or of
    `period_end` where that is blank, and rounded to the cent, ties to even: MXN 700,000 of 2018
    at 19.2407 are USD 36,381.21. Undated pesos stay unconverted and say why.
    """
    row = {name: activity[name] for name in ("activity_id", "amount", "currency")}
    amount = Decimal(row["amount"])
    if row["currency"] == "USD":
        return row | _said(amount)
    year = (activity["period_start"] or activity["period_end"])[:4]
    if not year:
        return row | _said(None, why=UNDATED)
    if row["currency"] != "MXN" or year not in rates:
        return None
    return row | _said(amount / Decimal(rates[year]), rates[year], year)


def _said(dollars: Decimal | None, rate: str = "", year: str = "", why: str = "") -> dict[str, str]:
    usd = "" if dollars is None else str(dollars.quantize(CENT, rounding=ROUND_HALF_EVEN))
    return {"amount_usd": usd, "rate": rate, "rate_year": year, "why_blank": why}
