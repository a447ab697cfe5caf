"""Headlines of every view and state: each number is the scene's, each text fits where it stands."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from typing import Any, Final

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given

from geo.atlas import Atlas, load_atlas
from geo.language import speech
from geo.paths import HEADING_FONT
from geo.policy import APPROPRIATED_USD
from geo.scene import SCALE, Scene, build_scene, place
from geo.view import LANGS, MEASURES, PERS, SHOWS, STATE_CODES, View
from geo.words import tell
from geo.words.finding import headline, lead_of
from geo.words.title import LONGEST, link_title
from tests.language.test_sentences import BARE_PERCENTAGE, PLURAL_AFTER_ONE
from tests.strategies import one_in, views
from tests.toy_ledger import rows_of, toy_atlas

NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
WIDE, SIZE, LINES = 1340, 30, 2
"""Pixels that a headline has at a window of 1400, its size there, and its most lines."""

FILTERED: Final = (
    View(pillar=(4,)),
    View(from_year=2015),
    View(named="yes"),
    View(found="systematic"),
)
WHOLE_CLAUSES: Final = (
    "appropriated",
    "of the money no state",
    "del dinero nunca",
    "security aid activity",
    "ayuda en seguridad",
)
"""What is said of the whole ledger alone."""


@cache
def real() -> Atlas:
    return load_atlas()


@cache
def wide() -> dict[str, float]:
    """The width of each letter of a heading, in parts of its size."""
    font = TTFont(HEADING_FONT)
    em, metrics = font["head"].unitsPerEm, font["hmtx"]
    return {chr(code): metrics[name][0] / em for code, name in font.getBestCmap().items()}


def lines(text: str, size: float = SIZE, room: float = WIDE) -> int:
    """How many lines a heading takes."""
    count, taken = 1, 0.0
    for word in text.split(" "):
        needs = size * sum(wide().get(letter, 0.6) for letter in word)
        space = size * wide()[" "]
        if taken and taken + space + needs > room:
            count, taken = count + 1, needs
        else:
            taken += (space if taken else 0.0) + needs
    return count


MAPS: Final = tuple(
    View(measure=measure, per=per, show=show)
    for measure, per, show in product(MEASURES, PERS, SHOWS)
)
"""Every way to show a number."""


def numbers(text: str) -> list[float]:
    """The numbers of a text; "million" and "millones" count as what they say."""
    found = []
    for match in NUMBER.finditer(text):
        value = float(match[0].replace(",", ""))
        rest = text[match.end() :]
        found.append(
            value * 1e6
            if re.match(r" mill(?:ion|[oó]n|ones)\b(?! people| de (?:hab|pers))", rest)
            else value
        )
    return found


@lru_cache(maxsize=1)
def known_of_map(scene: Scene, need: str, years: tuple[int | None, ...]) -> list[float]:
    """Every number that the headline of each state of a map may tell, and that of the map."""
    inside = [state for state in scene.states if state.code in scene.border.states]
    off = [state for state in scene.states if state.code not in scene.border.states]
    border = scene.border
    told: list[float] = [
        len(inside),
        len(off),
        len(scene.states),
        scene.total,
        SCALE.get(need, 1),
    ]
    told += [1000, *(year or 0 for year in years)]
    if border.share is not None:
        told += [100 * border.share, 100 * border.need_share]
        told += [border.share / border.need_share, lead_of(real(), scene)[1]]
    needs = [sum(s.measure.need for s in group) for group in (inside, off, scene.states)]
    amounts = [sum(s.measure.amount or 0 for s in group) for group in (inside, off, scene.states)]
    told += [a / n * SCALE[need] for a, n in zip(amounts, needs, strict=True) if n]
    told.append(100 * int((1 - scene.total / float(APPROPRIATED_USD)) * 100) / 100)
    for group in (inside, off, scene.states):
        values = [s.value for s in group if s.value is not None]
        told += [sum(v < 1 for v in values), sum(v > 1 for v in values), len(values)]
        told += [len(scene.states) - len(values), sum(s.status == "zero" for s in group)]
        told += [sum(s.status == "no_data" for s in group)]
    if scene.dominant:
        told.append(scene.dominant.amount)
    # States that share an end of the map.
    values = [s.value for s in scene.states if s.value is not None]
    if values:
        told += [values.count(max(values)), values.count(min(values))]
    return told


def known(scene: Scene, view: View) -> list[float]:
    """Every number that a headline of a view may tell: of the scene alone."""
    years = (view.prices_of, view.from_year, view.to_year)
    told = list(known_of_map(scene, view.need, years))
    shown = [scene.state(view.state)] if view.state else list(scene.states)
    for state in shown:
        measure = state.measure
        told += [
            abs(part)
            for part in (state.value, measure.amount, measure.rate, measure.ratio, measure.gap)
            if part is not None
        ]
        told += [
            100 * part
            for part in (
                measure.share,
                measure.need_share,
                state.value if view.show == "share" else None,
            )
            if part is not None
        ]
    if view.state:
        fair = scene.total * scene.state(view.state).measure.need_share
        told += [fair, int(fair), int(fair) + 1, round(fair), 1]
        told.append(sum(share.state == view.state for share, _ in place(real(), view).dollars))
    return told


def untold(text: str, scene: Scene, view: View) -> list[float]:
    """The numbers of a text that are none of its scene's, to the digits it prints."""
    true = known(scene, view)
    wrong = []
    for match, value in zip(NUMBER.finditer(text), numbers(text), strict=True):
        digits = len(match[0].partition(".")[2])
        unit = value / float(match[0].replace(",", "")) if value else 1
        step = 0.5000001 * unit * 10**-digits
        if not any(abs(value - one) <= step for one in true):
            wrong.append(value)
    return wrong


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "kept", [View(), *FILTERED], ids=["whole", "priority", "years", "named", "alike"]
)
def test_each_number_of_a_headline_is_its_scenes(kept: View, lang: str) -> None:
    wrong = {}
    for shown in MAPS:
        view = kept.with_(measure=shown.measure, per=shown.per, show=shown.show, lang=lang)
        scene = build_scene(real(), view)
        for state in ("", *STATE_CODES):
            text = headline(real(), scene, speech(lang), state)
            if found := untold(text, scene, view.with_(state=state)):
                wrong[text] = found
    assert wrong == {}


@one_in(2)
@given(views())
def test_each_number_of_any_view_is_its_scenes(view: View) -> None:
    scene, telling = build_scene(real(), view), tell(real(), view)
    for text in (telling.headline, telling.title):
        assert untold(text, scene, view) == [], text


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_told_are_the_headlines_and_titles_that_are_looked_at_here(lang: str) -> None:
    """Most tests ask for these alone: all of a telling is ten times as much."""
    for shown in MAPS:
        scene = build_scene(real(), shown)
        for state in ("", "08", "20"):
            telling = tell(real(), shown.with_(state=state, lang=lang))
            assert telling.headline == headline(real(), scene, speech(lang), state)
            assert telling.title == link_title(real(), scene, speech(lang), state)


def whole_percent(part: float | None) -> str:
    return f"{100 * (part or 0):.0f}%"


def test_each_number_stands_in_its_own_place() -> None:
    """The checks above know what may be told; here each number is held to what it is told of."""
    scene = build_scene(real(), View(per="homicides", show="share"))
    border = scene.border
    share, part = whole_percent(border.share), whole_percent(border.need_share)
    assert tell(real(), View(per="homicides", show="share")).headline.startswith(
        f"{share} of the documented activity is in six border states, which hold {part} of the hom"
    )
    lead = tell(real(), View(per="homicides", show="ratio")).headline
    assert f"{part} of the homicides, {share} of the documented activity" in lead
    people = build_scene(real(), View(per="population")).states
    both = [[s for s in people if (s.code in border.states) is on] for on in (True, False)]
    inside, outside = (
        sum(s.activities for s in group) / sum(s.measure.need for s in group) * 1e6
        for group in both
    )
    assert tell(real(), View(per="population")).headline.startswith(
        f"The border has {inside:.1f} documented activities per million people, the other "
        f"{len(both[1])} states {outside:.1f}."
    )


@pytest.mark.parametrize("code", ["08", "30"])
def test_each_number_of_a_state_stands_in_its_own_place(code: str) -> None:
    name, state = real().states[code].names["en"], build_scene(real(), View()).state(code)
    measure, total = state.measure, build_scene(real(), View()).total
    assert measure.share is not None
    share, part = f"{100 * measure.share:.1f}%", f"{100 * measure.need_share:.1f}%"

    def told(**choices: Any) -> str:
        return tell(real(), View(state=code, **choices)).headline

    assert (
        told(show="share")
        == f"{name} has {share} of the documented activity and {part} of the people."
    )
    times = measure.share / measure.need_share
    assert told(show="ratio") == (
        f"{name} has {times:.2f} times its share: {part} of the people, {share} of the documented "
        "activity."
    )
    gap = state.activities - total * measure.need_share
    more = "more" if gap > 0 else "fewer"
    assert told(show="gap") == (
        f"{name} has {abs(gap):.1f} documented activities {more} than its share of the people "
        "would give."
    )
    assert told().startswith(f"{name}: {state.activities} documented activities; its share of ")


def test_the_check_of_numbers_finds_one_that_is_wrong() -> None:
    view = View(state="30", show="share")
    scene, text = build_scene(real(), view), tell(real(), view).headline
    share = re.search(r"[\d.]+%", text)
    assert share is not None
    assert untold(text, scene, view) == []
    assert untold(text.replace(share[0], "77.7%", 1), scene, view) == [77.7]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("shown", MAPS, ids=lambda view: f"{view.measure}-{view.show}-{view.per}")
def test_32_states_have_32_headlines_and_titles_of_their_own(shown: View, lang: str) -> None:
    told = [tell(real(), shown.with_(state=code, lang=lang)) for code in STATE_CODES]
    for code, one in zip(STATE_CODES, told, strict=True):
        name = real().states[code].names[lang]
        assert all(name in text for text in (one.headline, one.title, one.state))
    for part in ("headline", "title", "state"):
        assert len({getattr(one, part) for one in told}) == len(STATE_CODES)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("state", ["", "08", "30"])
def test_every_map_has_a_headline_of_its_own(state: str, lang: str) -> None:
    ways = [v for v in MAPS if v.per != "population" or v.show == "value"]
    with_figure = [v for v in ways if v.measure == "activities" or state != "30"]
    told = [tell(real(), view.with_(state=state, lang=lang)).headline for view in with_figure]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("lang", LANGS)
def test_a_headline_takes_at_most_two_lines_at_1400(lang: str) -> None:
    long = {}
    for shown in MAPS:
        scene = build_scene(real(), shown)
        for state in ("", *STATE_CODES):
            text = headline(real(), scene, speech(lang), state)
            if lines(text) > LINES:
                long[text] = lines(text)
    assert long == {}


@given(views())
def test_no_title_is_longer_than_messengers_show(view: View) -> None:
    title = tell(real(), view).title
    assert 10 < len(title) <= LONGEST, title
    assert not title.endswith(".")


@pytest.mark.parametrize("lang", LANGS)
def test_titles_fit_for_every_map_and_state(lang: str) -> None:
    scenes = [
        build_scene(real(), shown.with_(dollars=dollars))
        for shown in MAPS
        for dollars in ("nominal", "constant")
    ]
    titles = [
        link_title(real(), scene, speech(lang), state)
        for scene in scenes
        for state in ("", *STATE_CODES)
    ]
    assert [title for title in titles if len(title) > LONGEST] == []


@pytest.mark.parametrize("lang", LANGS)
def test_numbers_agree_and_percentages_have_their_article(lang: str) -> None:
    wrong = []
    for shown, state in product(MAPS, ("", *STATE_CODES)):
        telling = tell(real(), shown.with_(state=state, lang=lang))
        for text in (telling.headline, telling.title, telling.alike, telling.state):
            bare = lang == "es" and BARE_PERCENTAGE.search(text)
            if bare or PLURAL_AFTER_ONE[lang].search(text):
                wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("view", FILTERED)
@pytest.mark.parametrize("lang", LANGS)
def test_what_holds_of_the_whole_is_said_of_no_part(view: View, lang: str) -> None:
    for shown in MAPS:
        for state in ("", "08", "20"):
            part = view.with_(measure=shown.measure, per=shown.per, show=shown.show, lang=lang)
            text = headline(real(), build_scene(real(), part), speech(lang), state)
            assert not [clause for clause in WHOLE_CLAUSES if clause in text], text


def test_only_where_each_source_names_merida_does_a_headline_say_so() -> None:
    for lang in LANGS:
        for shown in MAPS:
            text = tell(real(), shown.with_(lang=lang)).headline
            assert "Mérida" not in text
    assert "name Mérida" in tell(real(), View(named="yes")).headline
    assert "Iniciativa Mérida" in tell(real(), View(named="yes", lang="es")).headline
    assert "Mérida" not in tell(real(), View(named="yes", pillar=(4,))).headline


class TestAState:
    def test_one_without_any_activity_is_told_beside_how_many_have_none(self) -> None:
        atlas = toy_atlas(rows_of("A", states=["01"]) + rows_of("B", states=["01", "02"]))
        text = tell(atlas, View(state="03")).headline
        without = sum(1 for s in build_scene(atlas, View()).states if s.status == "zero")
        assert text.startswith("No activity was found for ")
        assert f"{without} of {len(atlas.states)} states have none" in text
        assert text.endswith("that is not the same as none given.")

    def test_spanish_says_u_before_ocho_and_once_and_agrees_with_one(self) -> None:
        say = speech("es")
        assert [say.either(n, n + 1) for n in (7, 10, 17, 79, 1)] == [
            "7 u 8",
            "10 u 11",
            "17 o 18",
            "79 u 80",
            "1 o 2",
        ]
        texts = [tell(real(), View(state=code, lang="es")).headline for code in STATE_CODES]
        assert not [
            t for t in texts if re.search(r"\bo (?:8|11)\b|: 1 actividades|: \d\d+ actividad ", t)
        ]

    def test_its_line_where_all_were_asked_alike_is_its_own(self) -> None:
        for lang in LANGS:
            lines_of = {tell(real(), View(state=code, lang=lang)).alike for code in STATE_CODES}
            assert len(lines_of) == len(STATE_CODES)

    @given(views(measure="activities", show="value", per="none", evidence="documented"))
    def test_the_number_is_that_of_its_map(self, view: View) -> None:
        code = view.state or "30"
        scene = build_scene(real(), view)
        text = tell(real(), view.with_(state=code, lang="en")).headline
        reached = scene.state(code).activities
        if scene.border.share is None:
            assert "has a known state" in text
        elif reached:
            assert f": {reached} " in text
        else:
            assert "was found for" in text


def test_a_headline_of_another_ledger_tells_its_numbers() -> None:
    rows = rows_of("A", states=["01"])
    for number in range(7):
        rows += rows_of(f"B{number}", states=["02"])
    told: Any = tell(toy_atlas(rows), View(state="02")).headline
    assert ": 7 documented activities;" in told
