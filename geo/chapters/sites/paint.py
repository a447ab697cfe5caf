"""The paint of the Sites page: the same map, with the sites in front and the states as ground."""

from __future__ import annotations

from typing import Final

from geo.atlas import Atlas, frame_bounds, load_sites
from geo.chapters.sites.words import SITE_STATUSES
from geo.drawing import SitesPaint
from geo.language import Speech
from geo.scene import ZERO_FILL

GROUND: Final = ("#f6efdd", "#e7d6ac")
"""Fills of a state inside the country and of one on the northern border."""

LAYERS_SHOWN: Final = ("sites", "cities", "border", "neighbours")


def site_payload(atlas: Atlas, say: Speech, *, year: int, chosen: str, frame: str) -> SitesPaint:
    """What the paint says; a site that was not open at the end of `year` is drawn hollow."""
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
