"""What a link unfolds to: the tags of every view, as a crawler reads them, and its card."""

from __future__ import annotations

import asyncio
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.middleware import Middleware

from geo.atlas import Atlas, load_atlas
from geo.drawing import build_shelf
from geo.errors import AtlasError
from geo.language import speech
from geo.paper import CARD_SIZE
from geo.scene import build_scene
from geo.server import FrontDoor
from geo.server.address import base_of, base_setting, frame_setting
from geo.server.previews import PAGES, announced
from geo.server.routes import page_routes, routes
from geo.share import Preview, tags_html
from geo.share.files.card import card_figure, card_png
from geo.view import MEASURES, View, read_query, spell_query
from geo.words import fill_of, measure_label, tell
from geo.words.finding import headline
from geo.words.sentence import filters
from geo.words.title import LONGEST
from tests.strategies import one_in, views


class Head(HTMLParser):
    """Collects what a crawler looks at; counts the tags, so that injected ones are seen."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, list[str]] = {}
        self.links: list[tuple[str, str, str]] = []
        self.tags: list[str] = []
        self.titles: list[str] = []
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        if tag == "html":
            self.lang = told["lang"]
        if tag == "meta":
            name = told.get("name") or told.get("property") or ""
            self.meta.setdefault(name, []).append(told.get("content", ""))
        if tag == "link":
            self.links.append((told["rel"], told.get("hreflang", ""), told["href"]))

    def handle_data(self, data: str) -> None:
        # What a drawing on the page is called is no title of the page.
        if self.tags and self.tags[-1] == "title" and "body" not in self.tags and data.strip():
            self.titles.append(data)


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


@pytest.fixture(scope="module")
def served(atlas: Atlas) -> Starlette:
    return serve(atlas)


def serve(atlas: Atlas) -> Starlette:
    shelf = build_shelf(atlas)
    answered = [*page_routes(atlas, shelf), *routes(atlas, shelf)]
    door = Middleware(FrontDoor, routes=answered, version=atlas.version)
    return Starlette(routes=answered, middleware=[door])


def fetch(served: Starlette, address: str, **headers: str) -> httpx.Response:
    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(served)
        async with httpx.AsyncClient(transport=transport, base_url="http://atlas.test") as client:
            return await client.get(address, headers=headers)

    # In a thread of its own: a browser test before may have left a running loop in this one.
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, get()).result()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_page_announces_itself_in_the_language_of_its_link(
    served: Starlette, page: str, lang: str
) -> None:
    head = Head(fetch(served, f"/{page}?lang={lang}").text)
    assert head.lang == lang
    assert len(head.titles) == 1
    assert head.titles[0].endswith("· Mérida Atlas")
    for name in ("description", "og:title", "og:description", "og:url", "og:image"):
        assert len(head.meta[name]) == 1, name
        assert head.meta[name][0], name
    assert head.meta["twitter:card"] == ["summary_large_image"]
    assert {hreflang for rel, hreflang, _ in head.links if rel == "alternate"} == {"en", "es"}


def test_the_two_languages_of_a_page_do_not_announce_the_same_text(atlas: Atlas) -> None:
    for page in PAGES:
        english, spanish = (announced(atlas, page, {"lang": [lang]}) for lang in ("en", "es"))
        assert english.finding != spanish.finding, page
        assert english.description != spanish.description, page


@one_in(2)
@given(view=views())
def test_a_link_unfolds_to_the_sentence_of_its_own_view(view: View) -> None:
    atlas = load_atlas()
    query = parse_qs(urlencode(spell_query(view)))
    preview = announced(atlas, "/", query)
    assert preview.finding == headline(
        atlas, build_scene(atlas, view), speech(view.lang), view.state
    )
    for address in (preview.address, preview.card):
        assert read_query(parse_qs(urlsplit(address).query)) == (view, ())


@one_in(2)
@given(view=views(), page=st.sampled_from([*PAGES]))
def test_a_title_ends_before_messengers_cut_it_and_has_no_stop(view: View, page: str) -> None:
    preview = announced(load_atlas(), page, parse_qs(urlencode(spell_query(view))))
    title = titled(preview)
    assert 0 < len(title) <= LONGEST
    assert not title.endswith(".")
    if not page:
        assert title == tell(load_atlas(), view).title


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("page", sorted(set(PAGES) - {"rebalance"}))
@pytest.mark.parametrize("measure", MEASURES)
def test_a_title_keeps_the_number_of_the_finding(
    atlas: Atlas, page: str, lang: str, measure: str
) -> None:
    preview = announced(atlas, page, {"lang": [lang], "measure": [measure]})
    title, finding = titled(preview), preview.finding
    assert title != PAGES[page].name(speech(lang)), "only the name of the page is left"
    assert set(re.findall(r"[0-9]+", title)) <= set(re.findall(r"[0-9]+", finding))
    assert bool(re.search("[0-9]", title)) == bool(re.search("[0-9]", finding))


def titled(preview: Preview) -> str:
    """What a messenger shows in bold."""
    (title,) = Head(f"<html lang=''>{tags_html(preview, '')}").meta["og:title"]
    return title


def test_a_selected_state_is_named_with_its_number(atlas: Atlas) -> None:
    described = announced(atlas, "/", {"state": ["30"]}).description
    reached = build_scene(atlas, View()).state("30").activities
    assert described.startswith(f"Veracruz: {reached} documented activities, rank ")


def test_the_card_and_the_canonical_address_name_the_host_the_reader_asked(
    served: Starlette,
) -> None:
    answer = fetch(served, "/?state=30", **{"x-forwarded-proto": "https"})
    head = Head(answer.text)
    assert head.meta["og:image"] == ["https://atlas.test/card.png?state=30"]
    assert ("canonical", "", "https://atlas.test/?state=30") in head.links


@given(
    names=st.dictionaries(
        st.sampled_from(["measure", "state", "lang", "claim", "tool", "name", "zz<script>"]),
        st.one_of(
            st.sampled_from(
                ['"><script>alert(1)</script>', "</title><img src=x onerror=a()>", "x" * 1000]
            ),
            st.text(max_size=30),
        ),
    ),
    page=st.sampled_from([*PAGES, "no-such-page", '"><b>']),
    base=st.sampled_from(["", "http://atlas.test"]),
)
def test_nothing_in_an_address_becomes_markup(names: dict[str, str], page: str, base: str) -> None:
    told = {name: [value] for name, value in names.items()}
    preview = announced(load_atlas(), page, told)
    head = Head(f'<html lang="{preview.lang}">{tags_html(preview, base)}')
    assert set(head.tags) <= {"html", "meta", "link"}
    assert len(head.meta["og:title"]) == 1


@pytest.mark.parametrize(
    "host", ['a"><script>', "a b", "evil.test/path", "user@evil.test", "", "x" * 300]
)
def test_a_host_that_is_none_is_never_repeated(host: str) -> None:
    assert base_of({"host": host}, "http") == ""


def test_an_operators_address_goes_before_what_a_request_says() -> None:
    assert base_of({"host": "inside:8501"}, "http", "https://a.example") == "https://a.example"
    assert base_of({"host": "a.example:80", "x-forwarded-proto": "javascript"}, "http") == ""


def test_a_setting_that_cannot_be_used_says_so_and_how_to_write_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MERIDA_ATLAS_URL", "atlas.example/path")
    with pytest.raises(AtlasError, match=r"MERIDA_ATLAS_URL.*Write it like"):
        base_setting()
    monkeypatch.setenv("MERIDA_ATLAS_FRAME_ANCESTORS", "https://a; script-src *")
    with pytest.raises(AtlasError, match=r"MERIDA_ATLAS_FRAME_ANCESTORS.*Write"):
        frame_setting()
    monkeypatch.setenv("MERIDA_ATLAS_FRAME_ANCESTORS", "'self' https://news.example")
    assert frame_setting() == "'self' https://news.example"


def test_the_page_says_who_may_frame_it_once_an_operator_says_so(
    served: Starlette, atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "frame-ancestors" not in fetch(served, "/").headers["content-security-policy"]
    monkeypatch.setenv("MERIDA_ATLAS_FRAME_ANCESTORS", "'self'")
    for address in ("/", "/present", "/nonsense", "/api/v1/values.json"):
        told = fetch(serve(atlas), address).headers["content-security-policy"]
        assert told.endswith("; frame-ancestors 'self'"), address


def test_crawlers_find_the_rules_and_the_list_of_pages(served: Starlette) -> None:
    assert "Sitemap: http://atlas.test/sitemap.xml" in fetch(served, "/robots.txt").text
    listed = fetch(served, "/sitemap.xml").text
    for page in PAGES:
        assert f"<loc>http://atlas.test/{page}</loc>" in listed
        assert f"<loc>http://atlas.test/{page}?lang=es</loc>" in listed


@one_in(10)
@given(view=views())
def test_a_card_has_the_size_messengers_want_and_weighs_little(view: View) -> None:
    card = card_png(load_atlas(), view)
    assert Image.open(io.BytesIO(card)).size == CARD_SIZE
    assert len(card) < 300_000
    assert card_png(load_atlas(), view) == card


def test_a_card_shows_the_colours_of_its_scene(atlas: Atlas) -> None:
    view = View(layers=())
    scene = build_scene(atlas, view)
    picture = Image.open(io.BytesIO(card_png(atlas, view))).convert("RGB")
    counted = Counter(picture.get_flattened_data())
    for code in ("08", "14", "26", "32"):
        fill = fill_of(scene, code)
        assert counted[tuple(bytes.fromhex(fill[1:]))] > 1000, code


@pytest.mark.parametrize("page", ["", "evidence"])
def test_a_card_is_in_the_language_of_the_link_it_unfolds_under(
    served: Starlette, atlas: Atlas, page: str
) -> None:
    drawn = {}
    for lang in ("en", "es"):
        view, say = View(measure="usd", state="30", lang=lang), speech(lang)
        head = Head(fetch(served, f"/{page}?measure=usd&state=30&lang={lang}").text)
        (address,) = head.meta["og:image"]
        drawn[lang] = fetch(served, address.removeprefix("http://atlas.test")).content
        scene, figure, fresh = build_scene(atlas, view), card_figure(atlas, view), io.BytesIO()
        written = " ".join(" ".join(text.get_text().split()) for text in figure.texts)
        assert headline(atlas, scene, say, view.state) in written
        assert measure_label(view, say) in written
        figure.savefig(fresh, format="png", metadata={"Software": None})
        assert drawn[lang] == fresh.getvalue(), "what is sent is what these words were drawn into"
        assert head.meta["og:image:alt"] == [tell(atlas, view).finding]
    assert drawn["en"] != drawn["es"]


def test_any_parameters_give_a_card(served: Starlette) -> None:
    answer = fetch(served, "/card.png?measure=%3Cscript%3E&nonsense=1")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/png"
    again = fetch(served, str(answer.url), **{"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_only_pages_are_announced(served: Starlette, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(atlas: Atlas, path: str, query: Mapping[str, Sequence[str]]) -> Preview:
        asked.append(path)
        return announced(atlas, path, query)

    monkeypatch.setattr("geo.server.routes.pages.announced", noted)
    for address in ("/healthz", "/api/v1/values.json", "/robots.txt", "/evidence"):
        fetch(served, address)
    assert asked == ["/evidence"]


@one_in(5)
@given(view=views())
def test_a_card_says_the_whole_sentence_and_what_limits_it(view: View) -> None:
    atlas = load_atlas()
    scene, say = build_scene(atlas, view), speech(view.lang)
    written = [" ".join(text.get_text().split()) for text in card_figure(atlas, view).texts]
    assert headline(atlas, scene, say, view.state) in written
    foot = written[-1]
    assert foot.startswith(tell(atlas, view).caveat)
    assert filters(view, scene, say) in foot
    assert atlas.version in foot
