"""Links in which a page's own choices, or the view's, say what they open."""

from __future__ import annotations

from typing import Final

OWN_CHOICES: Final = (
    ("", {"tool": "compare", "with": "from.2017_to.2021", "to": "2016"}),
    ("", {"tool": "municipalities", "state": "08", "measure": "usd"}),
    ("", {"tool": "need", "per": "poverty"}),
    ("evidence", {"claim": "veracruz"}),
    ("evidence", {"claim": "border", "under": "2.5"}),
    ("rebalance", {"by": "homicides", "sez": "25"}),
    ("rebalance", {"by": "poverty", "name": "Sur & este", "against": "by.homicides~floor.1.5"}),
)
"""Page and parameters, at least one of which is the page's own."""


def queried(query: dict[str, str], lang: str) -> dict[str, list[str]]:
    """Parameters as a server reads them, with the language."""
    return {name: [value] for name, value in (query | {"lang": lang}).items()}
