"""The drawer of further choices: the buttons that open it, and its head; see `assets/drawer.js`."""

from __future__ import annotations

from markupsafe import Markup

from geo.language import Speech
from geo.view import View


def drawer_head_html(say: Speech) -> Markup:
    """The heading of the drawer, with the button that closes it."""
    return Markup(
        '<div class="ma-drawer-head" data-drawer="{title}"><h2>{title}</h2>'
        '<button type="button" data-drawer-close>{close}</button></div>'
    ).format(title=say.t("More choices"), close=say.t("Close"))


def drawer_buttons_html(view: View, chosen: int, say: Speech) -> Markup:
    """What opens the drawer: the years, which it begins with, and all the rest.

    `chosen` says how many of the choices in it are not the first map's.
    """
    more = say.t("More choices")
    return Markup(
        '<div class="ma-opens"><button type="button" class="ma-pull ma-pull-years" '
        'data-drawer-open="years" aria-label="{years}: {span}">{span}</button>'
        '<button type="button" class="ma-pull" data-drawer-open="">{more}</button></div>'
    ).format(
        years=say.t("Years"),
        span=f"{view.from_year}–{view.to_year}",
        more=f"{more} · {chosen}" if chosen else more,
    )
