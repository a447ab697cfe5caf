"""Which states are neighbours: they share a point of their outlines, as a chess queen moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from geo.atlas import load_states
from geo.equity.indices import Vector
from geo.paths import DATA


@dataclass(frozen=True, slots=True)
class Contiguity:
    """Codes in ascending order, and the codes of each one's neighbours, ascending too.

    A neighbour of mine has me as its neighbour; nobody is its own.
    """

    codes: tuple[str, ...]
    neighbours: tuple[tuple[str, ...], ...]

    @property
    def islands(self) -> tuple[str, ...]:
        """Codes of those without any neighbour; their surroundings count as average."""
        return tuple(
            code for code, near in zip(self.codes, self.neighbours, strict=True) if not near
        )

    def of(self, code: str) -> tuple[str, ...]:
        """The neighbours of one state."""
        return self.neighbours[self.codes.index(code)]

    def among(self, codes: Iterable[str]) -> Contiguity:
        """The contiguity of some of them, links to the others gone."""
        kept = set(codes)
        return Contiguity(
            tuple(code for code in self.codes if code in kept),
            tuple(
                tuple(other for other in near if other in kept)
                for code, near in zip(self.codes, self.neighbours, strict=True)
                if code in kept
            ),
        )

    def row_standardised(self) -> Vector:
        """The weights w_ij, shape (n, n): 1 / (neighbours of i) where j is one, else 0.

        Each row adds up to 1, the row of an island to 0.

        >>> Contiguity(("01", "02", "03"), (("02",), ("01", "03"), ("02",))).row_standardised()
        array([[0. , 1. , 0. ],
               [0.5, 0. , 0.5],
               [0. , 1. , 0. ]])
        """
        weights = np.zeros((len(self.codes), len(self.codes)))
        at = {code: i for i, code in enumerate(self.codes)}
        for i, near in enumerate(self.neighbours):
            weights[i, [at[code] for code in near]] = 1 / max(len(near), 1)
        return weights


@lru_cache(maxsize=4)
def queen_neighbours(data: Path = DATA) -> Contiguity:
    """Queen contiguity of the 32 states, from our own boundaries.

    Two states are neighbours when their outlines share at least one point. The boundaries were
    simplified as one coverage, so that what touched before touches still, and no gap or sliver
    lies between neighbours: INEGI's unsimplified outlines give the same 67 pairs. No state of
    Mexico is an island in this sense: Baja California Sur has one neighbour.

    Raises `DataError` where the boundary file is missing or broken.
    """
    import shapely  # Only who asks for neighbours pays for it, not the first map.
    from shapely.geometry import shape

    outlines = {str(f["id"]): shape(f["geometry"]) for f in load_states(data)["features"]}
    codes = tuple(sorted(outlines))
    shapes = [outlines[code] for code in codes]
    near: dict[str, list[str]] = {code: [] for code in codes}
    pairs = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    for i, j in zip(*pairs.tolist(), strict=True):
        if i != j:
            near[codes[i]].append(codes[j])
    return Contiguity(codes, tuple(tuple(sorted(near[code])) for code in codes))
