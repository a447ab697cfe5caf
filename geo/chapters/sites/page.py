"""The Sites page: the finding, the map's paint, the list beside it, and a card for each site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from markupsafe import Markup

from geo.atlas import Atlas, Site, frame_bounds, load_sites
from geo.chapters.sites.words import (
    PAYERS,
    SITE_STATUSES,
    opened_words,
    precision_words,
    side_words,
)
from geo.drawing import SitesPaint, each, more_html, paragraph_html, sources_html, symbol_uri
from geo.language import SITE_KINDS, Speech
from geo.scene import ZERO_FILL
from geo.view import View, address_of

GROUND: Final = ("#f6efdd", "#e7d6ac")
"""Fills of a state inside the country and of one on the northern border."""

LAYERS_SHOWN: Final = ("sites", "cities", "border", "neighbours")


def sites_told(atlas: Atlas, view: View, _own: None, say: Speech) -> tuple[str, str]:
    """What the page shows first, and what limits it."""
    return _headline(atlas, say), _caveat(atlas, view.to_year, say)


def _headline(atlas: Atlas, say: Speech) -> str:
    """How many sites there are, and for how many facilities Mérida money was shown."""
    count = say.number(len(load_sites(atlas)))
    built, shown = _facilities(atlas, say)
    if shown:
        return say.t(
            "Of the {count} places the essay names, {built} are border facilities, and for {shown} "
            "of them a source names Mérida money.",
            count=count,
            built=built,
            shown=shown,
        )
    return say.t(
        "Of the {count} places the essay names, {built} are border facilities, and not one of "
        "these was shown to be paid with Mérida money.",
        count=count,
        built=built,
    )


def _facilities(atlas: Atlas, say: Speech) -> tuple[str, str]:
    """How many border facilities there are, and for how many Mérida money was shown; else empty."""
    built = [site for site in load_sites(atlas) if site.is_facility]
    shown = sum(site.payer == "merida" for site in built)
    return say.number(len(built)), say.number(shown) if shown else ""


def sites_titled(atlas: Atlas, _view: View, _own: None, say: Speech) -> Iterator[str]:
    """For how many of the border facilities Mérida money was shown."""
    built, shown = _facilities(atlas, say)
    yield (
        say.t(
            "Of {built} border facilities, Mérida money was shown for {shown}",
            built=built,
            shown=shown,
        )
        if shown
        else say.t(
            "Of {built} border facilities, Mérida money was shown for none",
            built=built,
        )
    )


def _caveat(atlas: Atlas, year: int, say: Speech) -> str:
    """How many facilities were open at the end of the year chosen."""
    built = [site for site in load_sites(atlas) if site.is_facility]
    opened = sum(site.status(year) == "open" for site in built)
    counted = say.t(
        "At the end of {year}, {opened} of the {built} facilities were open.",
        year=year,
        opened=say.number(opened),
        built=say.number(len(built)),
    )
    rule = say.t(
        "They stand on the map as sites and never as aid: no dollar of theirs is in any number of "
        "this atlas."
    )
    return f"{counted} {rule}"


def site_payload(atlas: Atlas, say: Speech, *, year: int, chosen: str, frame: str) -> SitesPaint:
    """The paint of the map: the sites in front, the states as ground.

    A site that was not open at the end of `year` is drawn hollow.
    """
    sites = load_sites(atlas)
    border = set(atlas.border)
    return {
        "lang": say.lang,
        "fills": GROUND,
        "others": [ZERO_FILL],
        "at": {code: int(code in border) for code in atlas.states},
        "labels": {code: [state.names[say.lang]] for code, state in atlas.states.items()},
        "layers": LAYERS_SHOWN,
        "selected": "",
        "alt": say.t("Map of the {count} sites of the essay", count=say.number(len(sites))),
        "sites": {
            site.site_id: {
                "label": f"{site.names[say.lang]} · {SITE_STATUSES[site.status(year)](say)}"
                if site.is_facility
                else site.names[say.lang],
                "hollow": site.status(year) in ("not_yet", "unknown"),
            }
            for site in sites
        },
        "site": chosen,
        "focus": frame_bounds(sites, frame),
    }


def glance_html(atlas: Atlas, year: int, chosen: str, say: Speech) -> Markup:
    """The list beside the map, and its legend: symbol, name and status of each site."""
    sites = load_sites(atlas)
    groups = (
        (say.t("Border facilities"), [site for site in sites if site.is_facility]),
        (say.t("Cities"), [site for site in sites if not site.is_facility]),
    )
    lists = each(
        "<h3>{}</h3><ul>{}</ul>",
        (
            (title, Markup("").join(_glance(atlas, site, year, chosen, say) for site in listed))
            for title, listed in groups
        ),
    )
    return Markup('<section class="ma-glance" aria-label="{name}">{lists}</section>').format(
        name=say.t("Sites at a glance"), lists=lists
    )


def key_html(year: int, say: Speech) -> Markup:
    """What the signs on the map mean, under it."""
    return Markup('<p class="ma-small">{key} {line}</p>').format(
        key=say.t(
            "Hollow: not open at the end of {year}. Dashed ring: somewhere within about 25 km. "
            "Red line: a stretch of the river, no point known. Shaded: northern border states.",
            year=year,
        ),
        line=say.t(
            "The boundary is simplified for drawing; which side a site is on, its card says."
        ),
    )


def _glance(atlas: Atlas, site: Site, year: int, chosen: str, say: Speech) -> Markup:
    status = site.status(year)
    text = SITE_STATUSES[status](say) if site.is_facility else _where(atlas, site, say)
    picked = site.site_id == chosen
    more = f"{side_words(site, say)}. {PAYERS[site.payer](say)}" if picked else ""
    return Markup(
        '<li class="{picked}"><img src="{symbol}" alt="" width="24" height="24">'
        '<div><a href="#site-{id}">{name}</a><span class="ma-status {status}">{told}</span>{more}'
        "</div></li>"
    ).format(
        picked="chosen" if picked else "",
        symbol=symbol_uri(site.kind, hollow=status in ("not_yet", "unknown")),
        id=site.site_id,
        name=site.names[say.lang],
        status=status,
        told=text,
        more=paragraph_html(more, "ma-small"),
    )


def cards_html(atlas: Atlas, view: View, chosen: str, say: Speech) -> Markup:
    """A card for each site, facilities first, as the list beside the map has them."""
    sites = load_sites(atlas)
    built = [site for site in sites if site.is_facility]
    cities = [site for site in sites if not site.is_facility]
    return Markup("").join(
        Markup(
            '<section class="ma-cards"><h2>{title}</h2><p class="ma-lead">{lead}</p>'
            '<div class="ma-card-grid {size}">{cards}</div></section>'
        ).format(
            title=title,
            size="narrow" if listed is cities else "",
            lead=lead,
            cards=Markup("").join(_card(atlas, site, view, chosen, say) for site in listed),
        )
        for title, lead, listed in (
            (
                say.t("Border facilities"),
                say.t("In order of opening. Who paid for each one is on its card."),
                built,
            ),
            (
                say.t("Cities the essay names"),
                say.t(
                    "The three to which, it says, the vast majority of the resources for "
                    "preventing and controlling crime went, and the one whose state has not "
                    "benefitted."
                ),
                cities,
            ),
        )
    )


def _card(atlas: Atlas, site: Site, view: View, chosen: str, say: Speech) -> Markup:
    status = site.status(view.to_year)
    chip = Markup("")
    if site.is_facility:
        chip = Markup('<span class="ma-status {}">{}</span>').format(
            status, _status_in(site, view.to_year, say)
        )
    return Markup(
        '<article class="ma-card{chosen}" id="site-{id}"><header><img src="{symbol}" alt="" '
        'width="34" height="34"><div><p class="ma-kind">{kind}</p><h3>{name}</h3>{chip}</div>'
        '</header><dl>{facts}</dl><div class="ma-essay"><h4>{says}</h4><p>{essay}</p></div>'
        '<div class="ma-check"><h4>{checked}</h4><p>{check}</p></div>{sources}{more}</article>'
    ).format(
        chosen=" chosen" if site.site_id == chosen else "",
        id=site.site_id,
        symbol=symbol_uri(site.kind, hollow=status in ("not_yet", "unknown")),
        kind=SITE_KINDS[site.kind](say),
        name=site.names[say.lang],
        chip=chip,
        facts=each("<div><dt>{}</dt><dd>{}</dd></div>", _facts(atlas, site, say)),
        says=say.t("The essay says"),
        essay=site.essay[say.lang],
        checked=say.t("Checking found"),
        check=site.check[say.lang],
        sources=sources_html(atlas, source_ids(atlas, site), say),
        more=_on_the_map(atlas, site, view, say),
    )


def _status_in(site: Site, year: int, say: Speech) -> str:
    return say.t("End of {year}: {status}", year=year, status=SITE_STATUSES[site.status(year)](say))


def _facts(atlas: Atlas, site: Site, say: Speech) -> Iterable[tuple[str, str | Markup]]:
    yield say.t("Where"), _where(atlas, site, say)
    yield say.t("Side of the border"), side_words(site, say)
    if site.is_facility:
        yield say.t("Since"), opened_words(site, say)
    paid = Markup("<strong>{}</strong> {}").format(PAYERS[site.payer](say), site.paid[say.lang])
    yield say.t("Who paid"), paid
    yield say.t("How precisely located"), precision_words(site, say)


def _where(atlas: Atlas, site: Site, say: Speech) -> str:
    if not site.state:
        return say.t("Outside Mexico")
    state = atlas.states[site.state].names[say.lang]
    names = {row["cvegeo"]: row["name"] for row in atlas.table("municipalities")}
    town = names.get(site.cvegeo)
    return f"{town}, {state}" if town else state


def source_ids(atlas: Atlas, site: Site) -> tuple[str, ...]:
    """The sources of a card: its own, and those of the activities its check names."""
    found = list(site.sources)
    for activity in atlas.ledger.activities:
        if activity.activity_id in site.cited:
            found += [source for source in activity.sources if source in atlas.sources]
    return tuple(dict.fromkeys(found))


def _on_the_map(atlas: Atlas, site: Site, view: View, say: Speech) -> Markup:
    if not site.state:
        return Markup("")
    name = say.t("{state} on the map of aid", state=atlas.states[site.state].names[say.lang])
    return more_html(address_of(view.with_(state=site.state)), name)
