"""The Contribute evidence page: true to the passports, in both languages, in one session alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from geo.atlas import load_atlas
from geo.chapters.contribute import Draft, asked_of, effect_html, is_needed, needs_html, options
from geo.chapters.contribute.draft import brought, drafted
from geo.chapters.contribute.effect import Effect, verdicts
from geo.chapters.contribute.fields import CHOICES, KIND_OF, TEXTS, UNASKED, WORDS
from geo.contribution import fields_of, text_limits, written
from geo.language import speech
from geo.paths import DATA
from geo.scene import build_scene
from geo.view import View
from geo.words import tell
from tests.contributed import SOUND, one_trial
from tests.page_run import markup_of, run_page, text_of, untranslated, widget

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

MODULES = (
    *(f"geo/chapters/contribute/{name}.py" for name in ("effect", "faults", "fields", "page")),
    *("geo/contribution/file.py", "geo/server/routes/contribution.py", "pages/contribute.py"),
)

CHECK = {"en": "Check it", "es": "Revisar"}
KEPT = "Not part of the atlas until a maintainer has read the source"


@pytest.fixture(autouse=True)
def trials_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a contribution would change is computed once, not for each page that tells it."""
    monkeypatch.setattr("geo.chapters.contribute.effect.trial_atlas", one_trial)


def field(app: AppTest, key: str) -> Any:
    """The control of a key, whatever its kind."""
    for kind in ("text_input", "selectbox", "text_area", "multiselect"):
        for one in app.get(kind):
            if one.key == key:
                return one
    raise KeyError(key)


def filled(app: AppTest, **changed: str) -> AppTest:
    """The form with the sound contribution in it, some fields written otherwise, and sent."""
    rows = {"activity": SOUND.activity, "places": SOUND.places[0], "sources": SOUND.sources[0]}
    for part, row in rows.items():
        for name in asked_of(part):
            if name != "source_ids":
                key = f"c_{part}_1_{name}"
                field(app, key).set_value(changed.pop(f"{part}_{name}", row.get(name, "")))
    for name in TEXTS:
        field(app, f"c_{name}").set_value(changed.pop(name, getattr(SOUND, name)))
    assert not changed
    return sent(app)


def sent(app: AppTest) -> AppTest:
    (button,) = (one for one in app.button if one.label.startswith(tuple(CHECK.values())))
    return button.click().run()


class TestTheFields:
    @pytest.mark.parametrize("part", WORDS)
    def test_every_field_of_the_passports_is_asked_for_or_follows(self, part: str) -> None:
        described = [one["name"] for one in fields_of(part, DATA)]
        assert sorted(described) == sorted(WORDS[part])
        assert set(UNASKED.get(part, ())) < set(described)

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_every_value_that_can_be_chosen_has_its_words(self, lang: str) -> None:
        atlas, say = load_atlas(), speech(lang)
        for part in WORDS:
            for one in fields_of(part, DATA):
                choices = options(atlas, one, say)
                if one["name"] in asked_of(part) and "enum" in one.get("constraints", {}):
                    assert set(choices) == {str(value) for value in one["constraints"]["enum"]}
                    assert set(choices) <= set(CHOICES[one["name"]])

    def test_each_kind_of_source_has_its_sort_of_document(self) -> None:
        source = {one["name"]: one for one in fields_of("sources", DATA)}
        assert set(KIND_OF) == set(source["grade_kind"]["constraints"]["enum"])
        assert set(KIND_OF.values()) <= set(source["kind"]["constraints"]["enum"])

    def test_what_is_needed_is_what_the_passport_has_filled(self) -> None:
        atlas = load_atlas()
        assert is_needed(atlas, "activity", "title_en")
        assert not is_needed(atlas, "activity", "amount")
        html = needs_html(atlas, speech("es"))
        for part in WORDS:
            for name in asked_of(part):
                assert WORDS[part][name][0](speech("es")) in html

    def test_the_texts_beside_the_rows_are_those_of_the_file(self) -> None:
        assert set(TEXTS) == set(text_limits())

    def test_all_of_it_is_spanish(self) -> None:
        assert untranslated(MODULES, same=frozenset({"No", "no"})) == []


class TestTheDraft:
    def test_what_a_reader_need_not_say_follows(self) -> None:
        atlas = load_atlas()
        draft = drafted(
            {
                ("activity", 1, "weak"): "yes",
                ("activity", 1, "weak_reason"): "undated",
                ("activity", 1, "source_ids"): "DTC16",
                ("places", 1, "state"): "30",
                ("places", 1, "cvegeo"): " xalapa ",
                ("places", 2, "place"): "",
                ("sources", 1, "author"): "Diario de Xalapa",
                ("sources", 1, "date"): "2018",
                ("sources", 1, "grade_kind"): "press",
            },
            {"words": " so \r\nit is ", "name": "", "contact": ""},
            atlas,
        )
        one = draft.contribution
        assert one is not None
        assert one.places == (
            {
                "state": "30",
                "cvegeo": "30087",
                "place_weak": "yes",
                "place_weak_reason": "undated",
            },
        )
        assert one.sources[0]["source_id"] == "DIARIO18"
        assert one.sources[0]["kind"] == "press"
        assert one.activity["source_ids"] == "DTC16;DIARIO18"
        assert one.words == "so \nit is"

    def test_a_text_that_is_no_file_is_refused_in_the_readers_language(self) -> None:
        assert "no es JSON legible" in brought("x", load_atlas(), "es").trouble
        assert brought("\ud800", load_atlas(), "en").trouble
        assert brought(written(SOUND, DATA), load_atlas(), "en").contribution == SOUND


@cache
def drafted_in(lang: str) -> Draft:
    """The sound contribution as it stands once its effect on the first view has been told."""
    return Draft(SOUND).at(load_atlas(), View(lang=lang))


def effect_in(view: View) -> Effect:
    """Its effect on another view, as the page tells it to who has changed the view."""
    effect = drafted_in(view.lang).at(load_atlas(), view).effect
    assert effect is not None
    return effect


class TestTheEffect:
    def test_it_tells_before_and_after_of_the_readers_own_view(self) -> None:
        atlas = load_atlas()
        for view in (View(), View(measure="usd"), View(show="ratio", lang="es")):
            effect = effect_in(view)
            assert effect.counts
            assert effect.states == ("30",)
            assert effect.before.values["30"] != effect.after.values["30"]
            assert effect.after.activities == effect.before.activities + 1
            assert effect.before.border == speech(view.lang).percent(
                build_scene(atlas, view).border.share, 1
            )

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_the_finding_stands_with_its_filters_on_both_sides(self, lang: str) -> None:
        atlas, view = load_atlas(), View(pillar=(4,), lang=lang)
        effect = effect_in(view)
        html = effect_html(atlas, effect, view, speech(lang))
        for told in (tell(atlas, view), tell(one_trial(SOUND, atlas), view)):
            assert told.headline in html.unescape()
            assert told.filters
            assert told.filters in html.unescape()

    def test_a_view_that_leaves_it_out_stays_as_it_is(self) -> None:
        effect = effect_in(View(from_year=2010, to_year=2011))
        assert not effect.counts
        assert effect.before.values == effect.after.values
        assert effect.before.border == effect.after.border

    def test_the_verdicts_that_change_are_those_that_differ_with_it(self) -> None:
        atlas, say = load_atlas(), speech("en")
        before, after = verdicts(atlas, say), verdicts(one_trial(SOUND, atlas), say)
        changed = {(one.claim, one.to_year): one for one in effect_in(View(measure="usd")).verdicts}
        assert effect_in(View(lang="es")).verdicts != effect_in(View()).verdicts
        assert set(changed) == {key for key in before if before[key] != after[key]}
        assert all((one.before, one.after) == (before[k], after[k]) for k, one in changed.items())


class TestThePage:
    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_a_row_is_filled_in_checked_and_seen_before_and_after(self, lang: str) -> None:
        app = run_page("contribute.py", lang=lang)
        assert not app.exception
        assert "ma-twins" not in markup_of(app)
        app = filled(app)
        assert not app.exception
        text = text_of(app)
        assert "ma-twins" in markup_of(app)
        assert (KEPT in text) == (lang == "en")
        assert f'action="/contribution.json?lang={lang}"' in markup_of(app)
        assert "ma-fault" not in markup_of(app)

    def test_what_is_wrong_stands_beside_its_field_and_nothing_else_is_shown(self) -> None:
        app = filled(run_page("contribute.py", lang="es"), activity_title_en="", sources_url="x")
        html = markup_of(app)
        assert html.count('class="ma-fault"') == 2
        assert "Este dato es obligatorio." in html
        assert "No está escrito en la forma que se necesita aquí." in html
        assert "ma-twins" not in html
        assert "/contribution.json" not in html
        app = filled(app)
        assert "ma-fault" not in markup_of(app)
        assert "ma-twins" in markup_of(app)

    def test_what_is_brought_fills_the_form_and_stays_when_the_language_changes(self) -> None:
        app = run_page("contribute.py", lang="en", measure="usd")
        two = replace(SOUND, places=(*SOUND.places, {**SOUND.places[0], "place": "Puebla"}))
        widget(app, "text_area", "c_file").set_value(written(two, DATA))
        (opened,) = (one for one in app.button if one.label == "Open it")
        app = opened.click().run()
        assert not app.exception
        assert field(app, "c_places_2_place").value == "Puebla"
        assert field(app, "c_activity_1_area").value == "prevention"
        assert app.number_input(key="c_count").value == 2
        app.query_params["lang"] = "es"
        app = app.run()
        assert not app.exception
        assert field(app, "c_activity_1_area").value == "prevention"
        assert field(app, "c_places_2_place").value == "Puebla"

    def test_nothing_of_a_file_is_lost_when_it_is_checked_again(self) -> None:
        second = {**SOUND.sources[0], "source_id": "DIARIO18_2", "title": "Two"}
        both = replace(
            SOUND,
            activity={**SOUND.activity, "source_ids": "DTC16;DIARIO18;DIARIO18_2"},
            sources=(*SOUND.sources, second),
        )
        app = run_page("contribute.py")
        widget(app, "text_area", "c_file").set_value(written(both, DATA))
        (opened,) = (one for one in app.button if one.label == "Open it")
        app = sent(opened.click().run())
        assert not app.exception
        again = app.session_state["contribution"].contribution
        assert again.sources == both.sources
        assert again.activity == both.activity
        assert again.places == both.places
        assert again.words == both.words

    def test_a_text_that_is_no_file_is_told_in_one_line(self) -> None:
        app = run_page("contribute.py")
        widget(app, "text_area", "c_file").set_value("<script>")
        (opened,) = (one for one in app.button if one.label == "Open it")
        app = opened.click().run()
        assert "is not readable JSON at line 1" in text_of(app)

    def test_another_reader_sees_nothing_of_it(self) -> None:
        mine = filled(run_page("contribute.py"))
        assert "Radios for the municipal police" in markup_of(mine)
        other = run_page("contribute.py")
        assert "Radios" not in markup_of(other)
        assert "Radios" not in markup_of(run_page("methods.py"))
        assert not {key for key in mine.query_params if key not in ("measure", "lang", "state")}

    def test_it_stays_with_its_reader_from_page_to_page(self) -> None:
        app = filled(run_page("contribute.py"))
        app = app.switch_page("methods.py").run()
        app = app.switch_page("contribute.py").run()
        assert field(app, "c_activity_1_title_en").value == SOUND.activity["title_en"]
        assert "ma-twins" in markup_of(app)

    def test_it_is_led_to_where_something_may_be_missed_and_not_from_the_navigation(self) -> None:
        assert 'href="/contribute?measure=usd&amp;state=30&amp;lang=en"' in markup_of(
            run_page("map.py", measure="usd", state="30")
        )
        assert "/contribute?" in markup_of(run_page("methods.py", lang="es"))

    def test_the_state_that_is_looked_at_is_the_one_that_is_asked_for(self) -> None:
        assert field(run_page("contribute.py", state="20"), "c_places_1_state").value == "20"
