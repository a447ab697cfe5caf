"""The words of the Sites page for what the table of sites says in codes or in English only."""

from __future__ import annotations

from typing import Final

from geo.atlas import Site
from geo.language import PRECISIONS, Say, Speech, t

SITE_STATUSES: Final[dict[str, Say]] = {
    "open": t("open"),
    "not_yet": t("not yet open"),
    "unknown": t("opening date unknown"),
    "city": t("a city, nothing that opens"),
}

PAYERS: Final[dict[str, Say]] = {
    "city": t("No payer: a place the essay speaks of, not a project."),
    "not_merida": t("Not Mérida aid."),
    "unknown": t("Not shown to be Mérida aid."),
    "merida": t("Mérida aid is named as payer."),
}

FRAME_NAMES: Final[dict[str, Say]] = {
    "all": t("All sites"),
    "tijuana": lambda _: "Tijuana",
    "juarez": lambda _: "Ciudad Juárez",
    "rio_grande": t("Lower Rio Grande"),
}

SIDES: Final[dict[str, Say]] = {
    "mexico": t("Mexico"),
    "united_states": t("United States"),
    "both": t("both sides"),
}

SIDE_TEXTS: Final[dict[str, Say]] = {
    "Mexico": t("Mexico"),
    "spans the river": t("Both sides: it spans the river"),
    "Mexico (Mexican section of the port; the point is the U.S. port next door)": t(
        "Mexico: the Mexican section of the port; the point drawn is the U.S. port next door"
    ),
    "United States (Texas)": t("United States (Texas)"),
    "Mexico (the point is the U.S. Santa Teresa port next door)": t(
        "Mexico; the point drawn is the U.S. port of Santa Teresa next door"
    ),
    "terminal in San Diego (United States), bridge to Tijuana airport": t(
        "Both sides: terminal in San Diego (United States), bridge to Tijuana airport"
    ),
}
"""What the table says of the side → the same in the reader's language."""

LOCATED_BY: Final[dict[str, Say]] = {
    "Wikipedia (U.S. Otay Mesa port)": t("Wikipedia, the U.S. port of Otay Mesa"),
    "Wikipedia (U.S. Santa Teresa port)": t("Wikipedia, the U.S. port of Santa Teresa"),
}
"""Where a point comes from, where the table says it in English words."""


def side_words(site: Site, say: Speech) -> str:
    """On which side of the border a site is, as fully as the table says it."""
    return SIDE_TEXTS.get(site.side_text, SIDES[site.side])(say)


def precision_words(site: Site, say: Speech) -> str:
    """How precisely a site is located, with where its point comes from."""
    if site.point is None:
        return say.t(
            "No coordinate published, so a stretch and not a point: the river between two "
            "readings of where the bridge is, 15 river miles upstream of downtown Brownsville (its "
            "permit) and 8 miles in a straight line from it (the press)."
        )
    by = site.located_by
    if by in LOCATED_BY:
        by = LOCATED_BY[by](say)
    lat, lon = site.point
    # Two decimals are about a kilometre: no more than what is known.
    digits = 4 if site.precision == 1 else 2
    precision = PRECISIONS[site.precision](say) if site.precision else say.t("precision unknown")
    return say.t(
        "{precision}: {lat}° N, {lon}° W ({source})",
        precision=precision[0].upper() + precision[1:],
        lat=say.number(lat, digits),
        lon=say.number(-lon, digits),
        source=by,
    )


def opened_words(site: Site, say: Speech) -> str:
    """Since when, to the precision known."""
    return say.day(site.opened) if site.opened else say.t("unknown")
