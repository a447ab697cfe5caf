"""A link made with other data opens the edition of that time, where the operator keeps it."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette

from geo.atlas import Atlas, load_atlas
from geo.errors import AtlasError
from geo.language import speech
from geo.server.drawing_desk import DrawingDesk
from geo.server.routes.editions import edition_routes
from geo.share import since_html
from geo.share.changes import Changes, changes_html
from geo.share.changes import page as changes_pages
from geo.share.changes.differences import Difference
from geo.share.editions import SETTING, as_it_was, editions_setting, kept_package
from geo.view import LANGS, View

if TYPE_CHECKING:
    from pathlib import Path

THEN = "0123456789ab"

SOME = Changes(
    THEN,
    "ba9876543210",
    (
        Difference("headline", "corrected", "", "en", "", "Nine had it.", "Ten have <it>."),
        Difference("headline", "corrected", "", "es", "", "Nueve la tenían.", "Diez la tienen."),
        Difference("counts", "corrected", "", "border_share", "", "0.3500", "0.3700"),
        Difference("verdicts", "corrected", "", "unequal 2016", "", "supported", "partly"),
        Difference("rows", "corrected", "ledger/activities.csv", "M001", "amount", "5", "6"),
        Difference("rows", "added", "ledger/activities.csv", "M300", "", "", '{"title": "New"}'),
    ),
)


@cache
def real() -> Atlas:
    return load_atlas()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of editions with one of other data."""
    edition = tmp_path / THEN
    (edition / "es").mkdir(parents=True)
    (edition / "merida-atlas-data.zip").write_bytes(b"a package")
    (edition / "index.html").write_text("<h1>As it was</h1>", encoding="utf-8")
    monkeypatch.setenv(SETTING, str(tmp_path))
    return tmp_path


def get(address: str) -> httpx.Response:
    async def asked() -> httpx.Response:
        app = Starlette(routes=edition_routes(DrawingDesk(real()), real()))
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas") as client:
            return await client.get(address)

    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, asked()).result()


def links(markup: Any) -> list[str]:
    return [str(link["href"]) for link in BeautifulSoup(str(markup), "html.parser").select("a")]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("lang", LANGS)
def test_a_link_of_other_data_leads_to_its_edition_and_to_what_changed(lang: str) -> None:
    view = View(measure="usd", state="08", lang=lang)
    told = since_html(f"{THEN}.97", real(), view, speech(lang))
    folder = "" if lang == "en" else "es/"
    assert links(told) == [
        f"/editions/{THEN}/{folder}index.html?measure=usd&state=08",
        f"/changes.html?data={THEN}&lang={lang}",
    ]


@pytest.mark.usefixtures("kept")
def test_data_of_which_no_edition_is_kept_have_no_way() -> None:
    told = since_html("aaaaaaaaaaaa.97", real(), View(), speech("en"))
    assert "aaaaaaaaaaaa" in told
    assert links(told) == []
    assert since_html(f"{real().version}.1", real(), View(), speech("en")) == ""


def test_editions_at_an_address_are_led_to_and_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "https://example.org/editions/")
    told = since_html(f"{THEN}.97", real(), View(lang="es"), speech("es"))
    assert links(told) == [f"https://example.org/editions/{THEN}/es/index.html"]
    assert kept_package(THEN) is None


@pytest.mark.parametrize("version", ["../../etc", "..", "0123456789AB", "", "0123456789ab/.."])
@pytest.mark.usefixtures("kept")
def test_a_version_is_no_way_out_of_the_folder(version: str) -> None:
    assert kept_package(version) is None
    assert as_it_was(version, View()) == ""


def test_a_setting_that_is_neither_folder_nor_address_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for wrong in ("/no/such/folder", "ftp://example.org", "https://example.org/a b"):
        monkeypatch.setenv(SETTING, wrong)
        with pytest.raises(AtlasError, match="Write the folder"):
            editions_setting()
    monkeypatch.delenv(SETTING)
    assert editions_setting() == ""


@pytest.mark.parametrize("lang", LANGS)
def test_one_table_says_headline_counts_verdicts_and_rows(lang: str) -> None:
    soup = BeautifulSoup(str(changes_html(SOME, speech(lang))), "html.parser")
    assert len(soup.select("table")) == 1
    rows = [[cell.get_text() for cell in row.select("th, td")] for row in soup.select("tbody tr")]
    assert len(rows) == len(SOME.differences) - 1  # The headline in the other language.
    assert rows[0][1:] == (
        ["Nine had it.", "Ten have <it>."]
        if lang == "en"
        else ["Nueve la tenían.", "Diez la tienen."]
    )
    assert ["35.0%", "37.0%"] in [row[1:] for row in rows]
    assert ["", "title: New"] in [row[1:] for row in rows]


def test_what_changed_has_a_page_where_the_package_is_kept(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[Path] = []

    def between(old: Path, _new: Path) -> Changes:
        compared.append(old)
        return SOME

    monkeypatch.setattr(changes_pages, "changes_between", between)
    answer = get(f"/changes.html?data={THEN}.5&lang=es")
    assert answer.status_code == 200
    assert "Diez la tienen." in answer.text
    assert compared == [kept / THEN / "merida-atlas-data.zip"]
    missing = get("/changes.html?data=aaaaaaaaaaaa")
    assert missing.status_code == 404
    assert "aaaaaaaaaaaa" in missing.text


@pytest.mark.usefixtures("kept")
def test_an_edition_is_given_out_with_the_policy_of_its_pages() -> None:
    page = get(f"/editions/{THEN}/index.html")
    assert "As it was" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert get(f"/editions/{THEN}/").status_code == 200
    assert get("/editions/../share/test_editions.py").status_code == 404
    assert get("/editions/aaaaaaaaaaaa/index.html").status_code == 404


def test_without_a_folder_nothing_is_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert get(f"/editions/{THEN}/index.html").status_code == 404
