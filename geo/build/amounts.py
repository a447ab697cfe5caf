"""The amounts of the ledger in dollars, each with the rate and year that were used."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from geo.atlas import years_of
from geo.build.package import read_sound
from geo.errors import DataError
from geo.policy import BASE_YEAR

PATH = "ledger/amounts_usd.csv"
COLUMNS = (
    *("activity_id", "amount", "currency", "amount_usd", "rate", "rate_year", "why_blank"),
    *("amount_usd_2021", "price_years"),
)
CENT = Decimal("0.01")
UNDATED = "undated: no year to take a rate from"


def render(data: Path) -> str:
    """The text of `ledger/amounts_usd.csv`: one row per activity that has an amount.

    Pesos are divided by the mean rate (MXN per USD) of the year of `period_start`, or of
    `period_end` where that is blank, and rounded to the cent, ties to even: MXN 700,000 of 2018
    at 19.2407 are USD 36,381.21. Undated pesos stay unconverted and say why.

    The dollars of `BASE_YEAR` are the dollars shared in equal parts over the years of the
    activity's period, each part times the price index of `BASE_YEAR` over that of its year. Years
    that the index does not reach yet are left out.
    """
    prices = {
        int(row["year"]): Decimal(row["cpi_u"]) for row in read_sound("price_index", data).values()
    }
    rates = {row["year"]: row["mxn_per_usd"] for row in read_sound("exchange_rates", data).values()}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, activity in read_sound("activities", data).items():
        if activity["amount"]:
            nominal = _converted(activity, rates, number)
            writer.writerow([*nominal, *_priced(activity, nominal[3], prices)])
    return text.getvalue()


def _converted(activity: Mapping[str, str], rates: Mapping[str, str], number: int) -> list[str]:
    amount = activity["amount"]
    currency = activity["currency"]
    head = [activity["activity_id"], amount, currency]
    if currency == "USD":
        return [*head, _cents(Decimal(amount)), "", "", ""]
    year = (activity["period_start"] or activity["period_end"])[:4]
    if not year:
        return [*head, "", "", "", UNDATED]
    if currency != "MXN" or year not in rates:
        raise DataError(
            "data/ledger/activities.csv",
            f"{amount} {currency} of {year} cannot be converted: no such rate.",
            "Add the year to data/exchange_rates.csv, or correct currency and period.",
            row=number,
            field="amount",
        )
    return [*head, _cents(Decimal(amount) / Decimal(rates[year])), rates[year], year, ""]


def _priced(activity: Mapping[str, str], dollars: str, prices: Mapping[int, Decimal]) -> list[str]:
    span = years_of(activity["period_start"], activity["period_end"])
    if not dollars or span is None or span[0] > max(prices):
        return ["", ""]
    first, last = span[0], min(span[1], max(prices))
    priced = _cents(Decimal(dollars) * price_factor(prices, first, last))
    return [priced, str(first) if first == last else f"{first}-{last}"]


def price_factor(prices: Mapping[int, Decimal], first: int, last: int) -> Decimal:
    """What a dollar of these years, spent in equal parts, is in dollars of `BASE_YEAR`.

    >>> price_factor({2020: Decimal(50), 2021: Decimal(100)}, 2020, 2021)
    Decimal('1.5')
    """
    years = range(first, last + 1)
    return sum((prices[BASE_YEAR] / prices[year] for year in years), Decimal(0)) / len(years)


def _cents(amount: Decimal) -> str:
    return str(amount.quantize(CENT, rounding=ROUND_HALF_EVEN))
