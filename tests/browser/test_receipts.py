"""How it was computed, on the Map page: opened in its place, and fetched only then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from geo.atlas import load_atlas
from geo.view import View
from geo.words import tell
from tests.browser.atlas_page import LIMIT
from tests.browser.promises import scene_of
from tests.browser.test_axe import grave

if TYPE_CHECKING:
    from playwright.sync_api import Request

    from tests.browser.atlas_page import AtlasPage


def test_each_part_opens_in_its_place_and_is_asked_for_only_then(atlas: AtlasPage) -> None:
    asked: list[str] = []

    def note(request: Request) -> None:
        if "receipt.html" in request.url:
            asked.append(request.url)

    atlas.page.on("request", note)
    view = View(state="30", show="ratio", per="population")
    atlas.open_view(view)
    folded = atlas.page.locator("details.ma-receipt")
    expect(folded).to_have_count(4, timeout=LIMIT)
    assert not asked
    for part, said in (
        ("headline", tell(load_atlas(), view).headline),
        ("state", f"= {scene_of(view).state('30').value:.2f}×"),
        ("remainder", tell(load_atlas(), view).remainder),
        ("ranking", "Oaxaca"),
    ):
        one = atlas.page.locator(f'details.ma-receipt[data-part="{part}"]')
        one.locator("summary").focus()
        atlas.page.keyboard.press("Enter")
        expect(one.locator("section")).to_contain_text(said, timeout=LIMIT)
        assert grave(atlas.page, f'details.ma-receipt[data-part="{part}"]') == []
    assert len(asked) == 4
    assert all("state=30" in address for address in asked)
