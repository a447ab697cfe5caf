"""The words of appropriations: accounts, kinds of figure, parts of a year, where it was read."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import ACCOUNTS, TOTAL, Figure
from geo.drawing import link_html, when
from geo.language import Say, Speech

ACCOUNT_NAMES: Final[dict[str, Say]] = {
    "INCLE": lambda say: say.t("International Narcotics Control and Law Enforcement"),
    "FMF": lambda say: say.t("Foreign Military Financing"),
    "ESF": lambda say: say.t("Economic Support Fund"),
    "IMET": lambda say: say.t("International Military Education and Training"),
    TOTAL: lambda say: say.t("total"),
    "equipment for police and military": lambda say: say.t("equipment for police and military"),
    "funds notified to Congress, Aug 2012": lambda say: say.t(
        "funds notified to Congress, August 2012"
    ),
    "package of aid": lambda say: say.t("“package of aid”"),
    "military and police aid": lambda say: say.t("military and police aid, not only Mérida"),
    "all State aid to Mexico": lambda say: say.t("all State Department aid, not only Mérida"),
    "all U.S. aid to Mexico": lambda say: say.t("all U.S. aid, not only Mérida"),
    "all assistance": lambda say: say.t("all assistance, not only Mérida"),
}
"""An account or what the source calls it → the same in the reader's language."""

STATUSES: Final[dict[str, Say]] = {
    "enacted": lambda say: say.t("enacted"),
    "request": lambda say: say.t("requested, not appropriated"),
    "reported": lambda say: say.t("reported, not shown to be enacted"),
    "allocated": lambda say: say.t("allocated"),
    "derived": lambda say: say.t("derived"),
    "planned": lambda say: say.t("planned or projected"),
}

PART_NAMES: Final[dict[str, Say]] = {
    "omnibus": lambda say: say.t("omnibus act only"),
    "supplemental": lambda say: say.t("supplemental act only"),
    "bridge": lambda say: say.t("bridge fund only"),
    "regular": lambda say: say.t("regular act only"),
}


def figure_source(figure: Figure, say: Speech) -> Markup:
    """Where a figure was published: title as a link, date, and whether that was read itself."""
    how = say.t("read in the source") if figure.read else say.t("relayed by another source")
    text = ", ".join(part for part in (when(figure.date, say), how) if part)
    return Markup("{} ({})").format(link_html(figure.title, figure.url), text)


def figure_words(figure: Figure, say: Speech) -> str:
    """What a figure is: account, kind, part of the year, and whether it lacks proof."""
    account = figure.account
    name = account if account in ACCOUNTS else ACCOUNT_NAMES[account](say)
    sentences = [name, STATUSES[figure.status](say)]
    if figure.part:
        sentences.append(PART_NAMES[figure.part](say))
    if figure.unverified:
        sentences.append(say.t("not verified"))
    return ", ".join(sentences)
