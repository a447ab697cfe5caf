"""An amount in dollars: pesos divided by the mean rate of their year, and dollars of one year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from geo.atlas.ledger import years_of
from geo.policy import BASE_YEAR

CENT: Final = Decimal("0.01")
UNDATED: Final = "undated: no year to take a rate from"


def yearly_prices(rows: Iterable[Mapping[str, str]]) -> dict[int, Decimal]:
    """The price index of each year, from the rows of `price_index` as they are written."""
    return {int(row["year"]): Decimal(row["cpi_u"]) for row in rows}


def converted(
    activity: Mapping[str, str], rates: Mapping[str, str], prices: Mapping[int, Decimal]
) -> dict[str, str] | None:
    """The row of `amounts_usd` for an activity as it is written; None where no rate is known.

    Pesos are divided by the mean rate (MXN per USD) of the year of `period_start`, or of
    `period_end` where that is blank, and rounded to the cent, ties to even: MXN 700,000 of 2018
    at 19.2407 are USD 36,381.21. Undated pesos stay unconverted and say why.

    The dollars of `BASE_YEAR` are the dollars shared in equal parts over the years of the
    activity's period, each part times the price index of `BASE_YEAR` over that of its year. Years
    that the index does not reach yet are left out.
    """
    row = {name: activity[name] for name in ("activity_id", "amount", "currency")}
    amount = Decimal(row["amount"])
    if row["currency"] == "USD":
        said = _said(amount)
    elif not (year := (activity["period_start"] or activity["period_end"])[:4]):
        said = _said(None, why=UNDATED)
    elif row["currency"] != "MXN" or year not in rates:
        return None
    else:
        said = _said(amount / Decimal(rates[year]), rates[year], year)
    return row | said | _priced(activity, said["amount_usd"], prices)


def _said(dollars: Decimal | None, rate: str = "", year: str = "", why: str = "") -> dict[str, str]:
    usd = "" if dollars is None else _cents(dollars)
    return {"amount_usd": usd, "rate": rate, "rate_year": year, "why_blank": why}


def _priced(
    activity: Mapping[str, str], dollars: str, prices: Mapping[int, Decimal]
) -> dict[str, str]:
    span = years_of(activity["period_start"], activity["period_end"])
    if not dollars or span is None or span[0] > max(prices):
        return {"amount_usd_2021": "", "price_years": ""}
    first, last = span[0], min(span[1], max(prices))
    priced = _cents(Decimal(dollars) * price_factor(prices, first, last))
    years = str(first) if first == last else f"{first}-{last}"
    return {"amount_usd_2021": priced, "price_years": years}


def price_factor(prices: Mapping[int, Decimal], first: int, last: int) -> Decimal:
    """What a dollar of these years, spent in equal parts, is in dollars of `BASE_YEAR`.

    >>> price_factor({2020: Decimal(50), 2021: Decimal(100)}, 2020, 2021)
    Decimal('1.5')
    """
    years = range(first, last + 1)
    return sum((prices[BASE_YEAR] / prices[year] for year in years), Decimal(0)) / len(years)


def _cents(amount: Decimal) -> str:
    return str(amount.quantize(CENT, rounding=ROUND_HALF_EVEN))
