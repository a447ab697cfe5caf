"""The sites of the essay: what each is, whether it was open in a year, who paid, where to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from geo.atlas.atlas import Atlas
from geo.atlas.rules import ACTIVITY_ID

CITY: Final = "city"
"""The kind of a site that is a place the essay speaks of, and no facility."""

Status = Literal["open", "not_yet", "unknown", "city"]
Payer = Literal["city", "not_merida", "unknown", "merida"]

FRAME_MARGIN: Final = 0.12
"""How much wider than its sites a frame is on each side, in degrees."""

FRAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "all": (),
    "tijuana": ("tijuana", "mesa_de_otay", "cbx"),
    "juarez": ("juarez", "san_jeronimo", "tornillo"),
    "rio_grande": ("laredo", "west_rail"),
}
"""Where the map can be taken: a name → the sites to be seen there; none named means all."""


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """One site. `opened` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or empty; texts by language.

    `point` is (latitude, longitude) in degrees and None where only a stretch is known, whose
    points `stretch` lists; `precision` is 1 exact, 2 within about 25 km, 3 municipality.
    `cited` are the activities of the ledger that the check names.
    """

    site_id: str
    kind: str
    names: Mapping[str, str]
    point: tuple[float, float] | None
    stretch: tuple[tuple[float, float], ...]
    precision: int | None
    side: str
    side_text: str
    state: str
    cvegeo: str
    opened: str
    located_by: str
    paid: Mapping[str, str]
    essay: Mapping[str, str]
    check: Mapping[str, str]
    sources: tuple[str, ...]
    cited: tuple[str, ...]

    @property
    def is_facility(self) -> bool:
        """Whether it is something that was built, so that it opened and somebody paid."""
        return self.kind != CITY

    def status(self, year: int) -> Status:
        """Whether it was open at the end of a year; unknown without a date of opening."""
        if not self.is_facility:
            return "city"
        if not self.opened:
            return "unknown"
        return "open" if int(self.opened[:4]) <= year else "not_yet"

    @property
    def payer(self) -> Payer:
        """Who paid, as far as it decides what may be said: never Mérida unless shown.

        The table says "not Mérida" or "not aid" where another payer is known, and "not found"
        where none is; any other wording would be a claim of Mérida money.
        """
        if not self.is_facility:
            return "city"
        text = self.paid["en"].casefold()
        if "not mérida" in text or "not aid" in text:
            return "not_merida"
        return "unknown" if not text or "not found" in text else "merida"


@lru_cache(maxsize=4)
def load_sites(atlas: Atlas) -> tuple[Site, ...]:
    """All sites: facilities in order of opening, then the cities in the table's order."""
    sites = [_site(row, atlas) for row in atlas.table("sites")]
    return tuple(sorted(sites, key=lambda site: (not site.is_facility, site.opened or "9999")))


def _site(row: Mapping[str, object], atlas: Atlas) -> Site:
    text = {name: str(value) for name, value in row.items() if isinstance(value, str)}
    pairs = text["stretch"].removeprefix("LINESTRING").strip(" ()").split(",")
    line = [pair.split() for pair in pairs if pair]
    lat, lon, precision = row["lat"], row["lon"], row["location_precision"]
    return Site(
        site_id=text["site_id"],
        kind=text["kind"],
        names=_both(text, "name"),
        point=(lat, lon) if isinstance(lat, float) and isinstance(lon, float) else None,
        stretch=tuple((float(y), float(x)) for x, y in line),
        precision=precision if isinstance(precision, int) else None,
        side=text["side"],
        side_text=text["side_of_border"],
        state=text["state"],
        cvegeo=text["cvegeo"],
        opened=text["opened"],
        located_by=text["coordinate_source"],
        paid=_both(text, "who_paid"),
        essay=_both(text, "essay_says"),
        check=_both(text, "check"),
        sources=_known(row["source_ids"], atlas),
        cited=tuple(dict.fromkeys(ACTIVITY_ID.findall(text["check_en"]))),
    )


def _both(text: Mapping[str, str], name: str) -> dict[str, str]:
    return {lang: text[f"{name}_{lang}"] for lang in ("en", "es")}


def _known(ids: object, atlas: Atlas) -> tuple[str, ...]:
    listed = ids if isinstance(ids, tuple) else ()
    return tuple(source_id for source_id in listed if source_id in atlas.sources)


def frame_bounds(sites: Iterable[Site], name: str) -> list[list[float]]:
    """South-west and north-east corner (latitude, longitude) that show the sites of a frame."""
    wanted = FRAMES[name]
    points = [
        point
        for site in sites
        if not wanted or site.site_id in wanted
        for point in ([site.point] if site.point else site.stretch)
    ]
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    margin = FRAME_MARGIN if wanted else 4 * FRAME_MARGIN
    return [
        [round(min(lats) - margin, 4), round(min(lons) - margin, 4)],
        [round(max(lats) + margin, 4), round(max(lons) + margin, 4)],
    ]
