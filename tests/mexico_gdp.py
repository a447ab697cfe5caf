"""Examples that PySAL ships, first of all `mexico`: income per head of 32 states, 1940 to 2000.

PySAL's documentation publishes figures of them, which makes it an oracle for ours.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import numpy as np

YEARS = tuple(range(1940, 2010, 10))

CODES = {
    "Aguascalientes": "01",
    "Baja California": "02",
    "Baja California Sur": "03",
    "Campeche": "04",
    "Coahuila": "05",
    "Colima": "06",
    "Chiapas": "07",
    "Chihuahua": "08",
    "Distrito Federal": "09",
    "Durango": "10",
    "Guanajuato": "11",
    "Guerrero": "12",
    "Hidalgo": "13",
    "Jalisco": "14",
    "Mexico": "15",
    "Michoacan": "16",
    "Morelos": "17",
    "Nayarit": "18",
    "Nuevo Leon": "19",
    "Oaxaca": "20",
    "Puebla": "21",
    "Quertaro": "22",
    "Quintana Roo": "23",
    "San Luis Potosi": "24",
    "Sinaloa": "25",
    "Sonora": "26",
    "Tabasco": "27",
    "Tamaulipas": "28",
    "Tlaxcala": "29",
    "Veracruz": "30",
    "Yucatan": "31",
    "Zacatecas": "32",
}
"""The data set's spelling of each state → INEGI code."""


def column(table: str, name: str) -> list[Any]:
    import libpysal

    with closing(libpysal.io.open(libpysal.examples.get_path(table))) as file:
        return list(file.by_col(name))


def weights(gal: str = "mexico.gal") -> Any:
    """PySAL's weights in one of its files; the states' ids are their row numbers as text."""
    import libpysal

    with closing(libpysal.io.open(libpysal.examples.get_path(gal))) as file:
        return file.read()


def codes() -> list[str]:
    """INEGI codes in the order of the data set's rows."""
    return [CODES[name] for name in column("mexico.csv", "State")]


def income(year: int) -> np.ndarray:
    return np.array(column("mexico.csv", f"pcgdp{year}"), dtype=float)


def regions() -> np.ndarray:
    """Hanson's regions of 1998; 1 is exactly the six states on the northern border."""
    return np.array(column("mexico.csv", "hanson98"), dtype=int)
