"""`make shots`: a picture of every page, in both languages and themes, at a desk and on a phone.

python tests/shots.py               all of them, into shots/
python tests/shots.py map sites     those pages only
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tests.browser.atlas_page import MAP_IFRAME, AtlasPage
from tests.chromium import chromium, cut_off
from tests.serving import ROOT, atlas_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = ROOT / "shots"
PAGES = {
    "map": "/",
    "evidence": "/evidence",
    "rebalance": "/rebalance",
    "inequality": "/inequality",
    "sites": "/sites",
    "background": "/background",
    "methods": "/methods",
    "briefing": "/briefing",
}
LANGUAGES = ("en", "es")
Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = {1400: 1000, 390: 844}
"""Width → height of the window in CSS pixels."""


def shoot(
    browser: Browser,
    base_url: str,
    name: str,
    lang: str,
    theme: Theme,
    width: int,
) -> Path:
    """One page as one reader sees it, to its full length."""
    context = browser.new_context(
        base_url=base_url,
        color_scheme=theme,
        viewport={"width": width, "height": WIDTHS[width]},
        locale={"en": "en-US", "es": "es-MX"}[lang],
        device_scale_factor=1,
    )
    attempted = cut_off(context)
    page = context.new_page()
    atlas = AtlasPage(page)
    atlas.open(PAGES[name], **({} if lang == "en" else {"lang": lang}))
    if page.locator(MAP_IFRAME).count():
        atlas.wait_painted().wait_map_still()
    # Streamlit scrolls inside the page: a window as tall as the content shows all of it.
    height = page.evaluate(
        """() => document.querySelector('[data-testid="stMain"]').scrollHeight"""
    )
    page.set_viewport_size({"width": width, "height": max(WIDTHS[width], int(height))})
    atlas.wait_settled()
    if page.locator(MAP_IFRAME).count():
        atlas.wait_map_still()
    path = FOLDER / f"{name}-{lang}-{theme}-{width}.png"
    page.screenshot(path=path)
    context.close()
    if attempted:
        raise SystemExit(f"{path.name}: the page asked outside hosts: {attempted}")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pages", nargs="*", metavar="PAGE", help=f"of {', '.join(PAGES)}")
    names = parser.parse_args().pages or list(PAGES)
    unknown = set(names) - set(PAGES)
    if unknown:
        parser.error(f"no such page: {', '.join(sorted(unknown))} (there are {', '.join(PAGES)})")
    FOLDER.mkdir(exist_ok=True)
    with atlas_server() as server, chromium() as browser:
        for choice in itertools.product(names, LANGUAGES, THEMES, WIDTHS):
            print(shoot(browser, server.url, *choice).relative_to(ROOT))


if __name__ == "__main__":
    main()
