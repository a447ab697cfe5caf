"""The addresses of documents: what a link is called is where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from geo.atlas.rules.register import Row, Slip, row_rule

FIELDS: Final = ("url", "source_url")
BEGINNING: Final = re.compile("https?://")
UNWRITTEN: Final = re.compile(r"[<>\"`\\^{|}]")
"""What an address never holds as it is (RFC 3986), and what markup and shells are made with."""

HOST: Final = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]+)\.?")


@row_rule("usaid_municipalities")
@row_rule("sez_municipalities")
@row_rule("appropriations")
@row_rule("amounts_by_area")
@row_rule("sources")
def an_address_leads_to_the_host_it_names(row: Row) -> Iterator[Slip]:
    """A host by its name in plain letters, nobody's name before it, and no markup in it."""
    allowed = "an address as the browser shows it, such as https://www.example.org/page"
    for field in FIELDS:
        address = row.get(field, "")
        if BEGINNING.match(address) and (problem := _misleading(address)):
            told = f"{address[:60]!r} {problem}"
            yield field, told, allowed, "Copy it from the address line of the page."


@lru_cache(maxsize=1024)
def _misleading(address: str) -> str:
    """Why an address may lead elsewhere than it says; empty where it does not."""
    if found := UNWRITTEN.search(address):
        return f"holds {found[0]}, which stands in no address"
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "cannot be read as an address"
    if "@" in parts.netloc:
        return "has a name before its host, which hides where it leads"
    if not HOST.fullmatch(host) and not _is_public(host):
        return "names no host in plain letters"
    return ""


def _is_public(host: str) -> bool:
    """Whether a host is a number that is one and the same machine for everybody."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return False
