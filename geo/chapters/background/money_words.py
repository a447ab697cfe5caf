"""The words of appropriations: accounts, kinds of figure, parts of a year, where it was read."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from geo.atlas import ACCOUNTS, TOTAL, Figure
from geo.drawing import link_html, when
from geo.language import Say, Speech, t

ACCOUNT_NAMES: Final[dict[str, Say]] = {
    "INCLE": t("International Narcotics Control and Law Enforcement"),
    "FMF": t("Foreign Military Financing"),
    "ESF": t("Economic Support Fund"),
    "IMET": t("International Military Education and Training"),
    TOTAL: t("total"),
    "equipment for police and military": t("equipment for police and military"),
    "funds notified to Congress, Aug 2012": t("funds notified to Congress, August 2012"),
    "package of aid": t("“package of aid”"),
    "military and police aid": t("military and police aid, not only Mérida"),
    "all State aid to Mexico": t("all State Department aid, not only Mérida"),
    "all U.S. aid to Mexico": t("all U.S. aid, not only Mérida"),
    "all assistance": t("all assistance, not only Mérida"),
}
"""An account or what the source calls it → the same in the reader's language."""

STATUSES: Final[dict[str, Say]] = {
    "enacted": t("enacted"),
    "request": t("requested, not appropriated"),
    "reported": t("reported, not shown to be enacted"),
    "allocated": t("allocated"),
    "derived": t("derived"),
    "planned": t("planned or projected"),
}

PART_NAMES: Final[dict[str, Say]] = {
    "omnibus": t("omnibus act only"),
    "supplemental": t("supplemental act only"),
    "bridge": t("bridge fund only"),
    "regular": t("regular act only"),
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
