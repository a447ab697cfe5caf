"""Links that were ever published open what they promised. Add to the list; never take out."""

from __future__ import annotations

import csv
from urllib.parse import parse_qs, urlsplit

import pytest

from geo.server.previews import PAGES
from geo.view import View
from tests.serving import ROOT

LISTED = ROOT / "tests" / "published_links.csv"


def published() -> list[dict[str, str]]:
    with LISTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", published(), ids=lambda row: row["link"])
def test_a_published_link_opens_what_it_promised(row: dict[str, str]) -> None:
    address = urlsplit(row["link"])
    page = address.path.strip("/")
    query = parse_qs(address.query)
    assert page in PAGES
    view, _, notices = PAGES[page].read(query)
    if page != "methods":  # Its search is read by the page itself.
        assert notices == ()
    shown = {name: str(getattr(view, name)) for name in View.__slots__} | {"page": page}
    for promise in row["opens"].split(" ") if "(" not in row["opens"] else [row["opens"]]:
        name, value = promise.split("=", 1)
        assert shown[name] == value
