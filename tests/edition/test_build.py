"""An edition is whole, the same each time, made once, and leads nowhere that it is not."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from geo.atlas import Atlas, load_atlas
from geo.edition import Choices, build_edition
from geo.edition import build as building
from geo.edition.addresses import PAGES, page_address, read_address, relative
from geo.edition.held import held_views, key_of, spelled
from geo.edition.page import Edition
from geo.edition.plan import jobs
from geo.errors import DataError
from geo.share import PAGES_POLICY
from geo.view import LANGS
from tests.share.test_editions import SOME
from tests.view.test_published_links import published

LIGHT = Choices(pictures=False)


@cache
def real() -> Atlas:
    return load_atlas()


@cache
def whole() -> Edition:
    """An edition with pictures, as a plan: of it single pages are made."""
    parts = [part for lot in jobs(real(), Choices()) for part in lot]
    files = {part.file for part in parts} | {
        "manifest.json",
        "about/index.html",
        "es/about/index.html",
    }
    return Edition(real(), frozenset(files))


@cache
def held() -> frozenset[str]:
    return frozenset(key_of(spelled(one)) for one in held_views())


def some_lots(atlas: Atlas, choices: Choices) -> list[Any]:
    """A few files of each sort."""
    lots = jobs(atlas, choices)
    wanted: tuple[str, ...] = (
        "index.html",
        "es/index.html",
        "methods/index.html",
        "assets/held/tall_en.js",
    )
    wanted += ("assets/held/usd_more.js", "files/values.csv", "merida-atlas-data.zip")
    return [tuple(part for part in lot if part.file in wanted) for lot in lots]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds make a few files of each sort, which takes a moment."""
    monkeypatch.setattr(building, "jobs", some_lots)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of these few files, for tests that begin with one."""
    out = tmp_path_factory.mktemp("edition")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "jobs", some_lots)
        build_edition(real(), out, LIGHT)
    return out


@pytest.fixture
def built(once: Path, few: None, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(once, tmp_path / "built"))


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.usefixtures("few")
def test_two_builds_are_equal_to_the_byte_and_a_third_makes_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "one", tmp_path / "two"
    files, made = build_edition(real(), first, LIGHT)
    assert made == files - 1  # All but the manifest, which is written each time.
    build_edition(real(), second, LIGHT)
    assert content(first) == content(second)
    stamps = {path: path.stat().st_mtime_ns for path in first.rglob("*.html")}
    assert build_edition(real(), first, LIGHT) == (files, 0)
    assert stamps == {path: path.stat().st_mtime_ns for path in first.rglob("*.html")}
    assert content(first) == content(second)


def test_what_is_damaged_or_gone_is_made_again_and_nothing_else(built: Path) -> None:
    before = content(built)
    (built / "index.html").write_bytes(b"x" * len(before["index.html"]))
    (built / "files" / "values.csv").unlink()
    assert build_edition(real(), built, LIGHT) == (len(before), 2)
    assert content(built) == before


def test_another_address_makes_pages_anew_and_no_table(built: Path) -> None:
    table = (built / "files" / "values.csv").stat().st_mtime_ns
    build_edition(real(), built, Choices(pictures=False, base="https://atlas.example.org/one"))
    assert (built / "files" / "values.csv").stat().st_mtime_ns == table
    page = (built / "es" / "index.html").read_text(encoding="utf-8")
    assert 'rel="canonical"' not in page or "atlas.example.org/one/es/index.html" in page
    assert "atlas.example.org/one/index.html" in (built / "sitemap.xml").read_text()
    build_edition(real(), built, LIGHT)
    assert not (built / "sitemap.xml").exists()


def test_the_manifest_names_every_file_with_its_hash(built: Path) -> None:
    told = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    files = content(built)
    del files["manifest.json"]
    assert {one["path"]: (one["bytes"], one["sha256"]) for one in told["files"]} == {
        name: (len(body), hashlib.sha256(body).hexdigest()) for name, body in files.items()
    }
    assert told["data"] == real().version
    assert all(real().version in told["citation"][lang] for lang in LANGS)
    assert all(len(told["without"][lang]) > 3 for lang in LANGS)


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(DataError, match="no edition"):
        build_edition(real(), tmp_path, LIGHT)
    (tmp_path / "manifest.json").write_text('{"name": "an app"}')
    with pytest.raises(DataError, match="no manifest of an edition"):
        build_edition(real(), tmp_path, LIGHT)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def links(file: str, html: str) -> list[str]:
    """Where a page leads and what it loads, as files of the edition."""
    soup = BeautifulSoup(html, "lxml")
    told = [
        one.get("href") or one.get("src") or one.get("action")
        for one in soup.select("a[href], link[href], img[src], script[src], form[action]")
    ]
    found = []
    for address in told:
        parts = urlsplit(str(address))
        if parts.scheme or parts.netloc or not parts.path:
            continue
        assert not parts.path.startswith("/"), f"{file} leads to {address}"
        found.append(
            posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(parts.path)))
        )
    return found


SHARED = re.compile(r"assets/(edition\.(css|js)|favicon\.svg|symbols/\w+\.svg)")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "href",
    [
        *(f"/{path}" for path in PAGES),
        *("/?state=30", "/?measure=usd&show=gap&per=poverty", "/?to=2012", "/?tool=multiples"),
        *("/evidence?claim=prevention_cities", "/sites?to=2012", "/embed"),
    ],
)
def test_a_page_leads_to_files_of_the_edition_alone(href: str, lang: str) -> None:
    address = read_address(real(), href, lang)
    assert address
    assert address.file in whole().files
    html = whole().page(address)
    for to in links(address.file, html):
        assert to in whole().files or SHARED.fullmatch(to), to
    assert PAGES_POLICY in html.replace("&#39;", "'")
    assert not re.search(r'(src|href)="(https?:)?//[^"]*"[^>]*(stylesheet|preload)', html)
    assert " data-gone" not in html
    assert f'<html lang="{lang}"' in html


@pytest.mark.parametrize("row", published(), ids=lambda row: row["link"])
def test_a_published_link_has_its_page_or_its_values_in_the_edition(row: dict[str, str]) -> None:
    address = read_address(real(), row["link"], LANGS[0])
    assert address
    if address.file in whole().files:
        return
    path = urlsplit(row["link"]).path.strip("/")
    assert path in ("", "methods")  # The ledger's search takes a server: its page is there.
    view, _, _ = PAGES[path].read({name: [text] for name, text in address.query})
    assert key_of(spelled(view)) in held()


def test_pages_for_a_stick_name_no_host_of_their_own() -> None:
    address = page_address(PAGES[""], held_views()[0], PAGES[""].keeps.read({})[0])
    html = whole().page(address)
    assert "canonical" not in html
    assert "og:image" not in html


def test_an_address_is_spelled_from_where_it_is_used() -> None:
    assert relative("index.html", "es/view/state.30.html") == "../../index.html"
    assert relative("es/index.html", "es/index.html") == "index.html"


def test_what_an_earlier_build_wrote_and_this_one_does_not_is_taken_away(built: Path) -> None:
    told = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    stray = {"path": "view/old.html", "bytes": 3, "sha256": "x", "key": "x"}
    told["files"].append(stray)
    (built / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    (built / "view").mkdir()
    (built / "view" / "old.html").write_text("old")
    build_edition(real(), built, LIGHT)
    assert not (built / "view" / "old.html").exists()
    shutil.rmtree(built / "view")


@pytest.mark.usefixtures("few")
def test_what_changed_since_data_of_before_has_a_page_and_leads_to_its_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "changes_between", lambda _old, _new: SOME)
    older = tmp_path / SOME.old
    older.mkdir()
    told = {"data": SOME.old, "files": [], "citation": {}}
    (older / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    out = tmp_path / "now"
    build_edition(real(), out, Choices(pictures=False, since=(tmp_path / "old.zip",)))
    for lang, folder in zip(LANGS, ("", "es/"), strict=True):
        file = f"{folder}changes/{SOME.old}.html"
        page = (out / file).read_text(encoding="utf-8")
        assert next(one.after for one in SOME.of("headline") if one.key == lang)[:4] in page
        reached = links(file, page)
        assert f"../{SOME.old}/{folder}index.html" in reached
        other = next(one for one in LANGS if one != lang)
        assert f"{'es/' if other == 'es' else ''}changes/{SOME.old}.html" in reached
        about = (out / folder / "about" / "index.html").read_text(encoding="utf-8")
        assert f"changes/{SOME.old}.html" in about
    script = (out / "assets" / "edition.js").read_text(encoding="utf-8")
    assert f'"beside":{{"{SOME.old}":"{SOME.old}"}}' in script.replace(": ", ":")
