"""What nobody should type into the form is refused beside its field, or does no harm."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, Any, Final, TypeVar

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.atlas import load_atlas
from geo.chapters.contribute.draft import drafted
from geo.chapters.contribute.faults import fault_text
from geo.contribution import FILE, written
from geo.language import speech
from geo.paths import DATA
from tests.browser.atlas_page import LIMIT, AtlasPage
from tests.contributed import SOUND
from tests.covering import thorough
from tests.hostile.tricks import MUST_NOT_PASS, TRICKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from playwright.sync_api import BrowserContext, Page, WebSocket

    from geo.chapters.contribute.draft import Draft
    from tests.hostile.record import Met

Field = tuple[str, str]
Trick = TypeVar("Trick", bound=tuple[Any, ...])

FREE: Final[tuple[Field, ...]] = (
    ("sources", "title"),
    ("sources", "author"),
    ("sources", "note"),
    ("activity", "title_en"),
    ("activity", "title_es"),
    ("activity", "note"),
    ("places", "place"),
)
"""Fields that take any text in one line."""

WRONG: Final[tuple[tuple[str, Field, str], ...]] = (
    ("a date that is none", ("activity", "period_start"), "2018-13"),
    ("a date that is none", ("activity", "period_start"), "2018-02-30"),
    ("a date that is none", ("activity", "period_start"), "31/12/2018"),
    ("a date that is none", ("activity", "period_start"), "mayo de 2018"),
    ("a date that is none", ("activity", "period_start"), "2018-5"),
    ("a year before the Initiative", ("activity", "period_start"), "1995"),
    ("a date that is none", ("activity", "period_end"), "2018-13"),
    ("an end before the start", ("activity", "period_end"), "2012"),
    ("an amount below zero", ("activity", "amount"), "-5"),
    ("an amount in words", ("activity", "amount"), "one million"),
    ("an amount as a formula", ("activity", "amount"), "=1+1"),
    ("an amount with its commas", ("activity", "amount"), "700,000"),
    ("an odd number", ("activity", "amount"), "1e999"),
    ("an odd number", ("activity", "amount"), "NaN"),
    ("an odd number", ("activity", "amount"), "\u0663\u0664"),
    ("another state's municipality", ("places", "cvegeo"), "Tijuana"),
    ("another state's municipality", ("places", "cvegeo"), "02004"),
    ("a municipality that is none", ("places", "cvegeo"), "Atlantis"),
    ("a municipality that is none", ("places", "cvegeo"), "30999"),
    ("a municipality that is none", ("places", "cvegeo"), "<b>Xalapa</b>"),
    ("a script's address", ("sources", "url"), "javascript:alert(1)"),
    ("a script's address", ("sources", "url"), "data:text/html,<script>alert(1)</script>"),
    ("an address that misleads", ("sources", "url"), "https://gob.mx@evil.example/"),
    ("an address that misleads", ("sources", "url"), "https://g\u043eb.mx/a"),
    ("another scheme", ("sources", "url"), "file:///etc/passwd"),
    ("no address", ("sources", "url"), "a newspaper"),
    ("nothing where it is needed", ("sources", "title"), ""),
    ("nothing where it is needed", ("activity", "title_es"), ""),
    ("a table pasted in", ("activity", "period_start"), "M001,2018\nM002,2019"),
    ("a table pasted in", ("activity", "amount"), "700000,MXN\r\n800000,MXN"),
)
"""What is wrong for its own field, whose check has to refuse it."""

NO_FILES: Final = (
    ("a table as a file", "activity_id,title_en\nM001,=1+1\n"),
    ("markup as a file", "<script>alert(1)</script>"),
    ("half of a file", written(SOUND, DATA)[:200]),
    ("a nest without end as a file", "[" * 90_000),
    ("a list as a file", '["activity", {"places": -1}]'),
)
"""What is no file of the form's, put where its text may stand."""

FIELDS: Final = tuple(dict.fromkeys([*FREE, *(field for _, field, _ in WRONG)]))
REFUSED: Final = "refused beside its field, in words"
TAKEN: Final = "taken as plain text"

PUT: Final = """(typed) => typed.forEach(([key, text]) => {
    const field = document.querySelector(`.st-key-${key} input, .st-key-${key} textarea`);
    const kind = field.tagName === "INPUT" ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
})"""
"""Puts texts into fields as a paste does: no keyboard types a control character."""

FOUND: Final = """(keys) => Object.fromEntries(keys.map((key) => {
    const holder = document.querySelector(`.st-key-${key}`);
    const told = [];
    let next = holder.nextElementSibling;
    while (next && next.querySelector(".ma-fault")) {
        told.push(next.innerText.trim());
        next = next.nextElementSibling;
    }
    return [key, [holder.querySelector("input, textarea").value, told]];
}))"""
"""Of each field what it holds, and what is said right under it."""

FOREIGN: Final = """() => [...document.querySelectorAll('[data-testid="stMain"] *')]
    .filter((one) => one.matches("script, iframe, object, embed, img[src='x']")
        || [...one.attributes].some((at) => at.name.startsWith("on")))
    .map((one) => one.outerHTML.slice(0, 80))"""
"""Elements and attributes that no text of a reader's may become."""


def key_of(field: Field) -> str:
    return f"c_{field[0]}_1_{field[1]}"


def typed(tricks: Sequence[Trick]) -> list[Trick]:
    """All markup, and the first of each other kind; in the thorough profile all.

    Without a browser `tests/hostile/test_contributions.py` tries each text of a trick where any
    text may stand, and each kind in every field.
    """
    first = {trick[0]: trick for trick in reversed(tricks)}
    return [one for one in tricks if thorough() or one[0] == "markup" or one is first[one[0]]]


def rounds() -> Iterator[dict[Field, tuple[str, str]]]:
    """Every trick in a free field and every wrong value in its own, as few forms as do."""
    tricks: dict[Field, list[tuple[str, str]]] = {field: [] for field in FREE}
    for (kind, text), field in zip(typed(TRICKS), cycle(FREE), strict=False):
        tricks[field].append((kind, text))
    for kind, field, text in typed(WRONG):
        tricks.setdefault(field, []).append((kind, text))
    for number in range(max(len(tried) for tried in tricks.values())):
        yield {field: tried[number] for field, tried in tricks.items() if number < len(tried)}


def sound_text(field: Field) -> str:
    part, name = field
    row = SOUND.activity if part == "activity" else getattr(SOUND, part)[0]
    return str(row.get(name, ""))


def checked_here(held: dict[Field, str]) -> Draft:
    """What the check finds of a sound contribution with these texts in its fields."""
    rows = {"activity": SOUND.activity, "places": SOUND.places[0], "sources": SOUND.sources[0]}
    filled = {
        (part, 1, name): text for part, row in rows.items() for name, text in dict(row).items()
        if name not in ("source_ids", "source_id")
    }  # fmt: skip
    filled |= {(part, 1, name): text for (part, name), text in held.items()}
    return drafted(filled, {"words": SOUND.words, "name": "", "contact": ""}, load_atlas())


def finished(frame: str | bytes) -> bool:
    """Whether a message of the server says that a run is over."""
    return isinstance(frame, bytes) and ForwardMsg.FromString(frame).HasField("script_finished")


class Form:
    """The page with the form, and the socket it speaks by."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sockets: list[WebSocket] = []
        page.on("websocket", lambda opened: self.sockets.append(opened))

    def run(self, button: str) -> None:
        """Press a button of a form, and wait until what it asked for is on the page."""
        with self.sockets[-1].expect_event("framereceived", finished, timeout=LIMIT):
            self.page.get_by_role("button", name=button).click()
        AtlasPage(self.page).wait_settled()

    def found(self, fields: Iterable[Field]) -> dict[Field, tuple[str, list[str]]]:
        """Of each field what it holds, and what is said right under it."""
        keys = {field: key_of(field) for field in fields}
        held = self.page.evaluate(FOUND, list(keys.values()))
        return {field: (held[key][0], held[key][1]) for field, key in keys.items()}


@pytest.fixture
def form(context: BrowserContext) -> Form:
    """The form, filled with what the check has nothing against."""
    page = context.new_page()
    page.add_init_script("window.alert = () => { window.alerted = true; };")
    form = Form(page)
    AtlasPage(page).open("/contribute", lang="en", state="30")
    page.get_by_role("button", name="Check it").wait_for(timeout=LIMIT)
    page.locator("summary").filter(has_text="Go on with a file").click()
    page.locator(".st-key-c_file textarea").fill(written(SOUND, DATA))
    form.run("Open it")
    expect(page.locator(".st-key-c_activity_1_title_en input")).to_have_value(
        SOUND.activity["title_en"], timeout=LIMIT
    )
    return form


def fill_and_check(form: Form, once: dict[Field, tuple[str, str]]) -> dict[Field, list[str]]:
    """What is said under each field once a form with these texts was checked.

    Each field still holds what it held, and what is under it is what the check finds of it.
    """
    page = form.page
    texts = {field: sound_text(field) for field in FIELDS}
    texts |= {field: text for field, (_, text) in once.items()}
    page.evaluate(PUT, [[key_of(field), text] for field, text in texts.items()])
    held = {field: value for field, (value, _) in form.found(FIELDS).items()}
    draft = checked_here(held)
    faults = {field: draft.faults_at(field[0], 1, field[1]) for field in FIELDS}
    form.run("Check it")
    counts = [[key_of(field), len(found)] for field, found in faults.items()]
    page.wait_for_function(
        f"(counts) => counts.every(([key, n]) => ({FOUND})([key])[key][1].length === n)",
        arg=counts,
        timeout=LIMIT,
    )
    for field, (value, told) in form.found(FIELDS).items():
        assert value == held[field], f"{field} has lost {held[field]!r}"
        for fault, said in zip(faults[field], told, strict=True):
            assert fault_text(fault, speech("en"))
            assert said.startswith(fault_text(fault, speech("en"))), said
    assert page.evaluate(FOREIGN) == []
    assert "Traceback" not in page.locator('[data-testid="stMain"]').inner_text()
    assert page.locator('[data-testid="stException"]').count() == 0
    return {field: told for field, (_, told) in form.found(once).items()}


@pytest.mark.covering
def test_whatever_is_typed_is_refused_beside_its_field_or_harmless_and_never_lost(
    form: Form, met: Met
) -> None:
    tried, alone = 0, []
    for once in rounds():
        for field, told in fill_and_check(form, once).items():
            if not told and field not in FREE:
                # Some rules look at a row only once all of its fields are what they may be.
                alone.append({field: once[field]})
                continue
            kind, text = once[field]
            as_typed = form.found([field])[field][0] == text
            assert told or not (as_typed and kind in MUST_NOT_PASS), (kind, text)
            met(f"the form in a browser with {kind}", REFUSED if told else TAKEN)
            tried += 1
    for once in alone:
        (kind, text), (told,) = *once.values(), fill_and_check(form, once).values()
        assert told, (kind, text)
        met(f"the form in a browser with {kind}", REFUSED)
        tried += 1
    held = {field: value for field, (value, _) in form.found(FIELDS).items()}
    assert tried == len(typed(TRICKS)) + len(typed(WRONG))
    for kind, text in NO_FILES:
        form.page.locator(".st-key-c_file textarea").fill(text)
        form.run("Open it")
        expect(form.page.locator(".ma-note").filter(has_text=FILE)).to_have_count(1, timeout=LIMIT)
        for field, (value, _) in form.found(FIELDS).items():
            assert value == held[field], f"{field} has lost {held[field]!r}"
        met(f"the form in a browser with {kind}", "refused above the form, in words")
    sources = form.page.locator(".st-key-c_activity_1_source_ids")
    chosen = sources.locator('[data-baseweb="tag"]').count()
    sources.locator("input").fill("NOBODY99")
    form.page.keyboard.press("Enter")
    assert sources.locator('[data-baseweb="tag"]').count() == chosen
    met("the form in a browser with a source that is none", "cannot be chosen")
    assert form.page.evaluate(FOREIGN) == []
    assert form.page.evaluate("() => window.alerted") is None
