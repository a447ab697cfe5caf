"""The Rebalance page: a scenario in the link, honest words, and a plain line where it cannot be."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from geo.atlas import load_atlas
from geo.chapters.rebalance import change_classes, change_legend, change_payload, ranked_html
from geo.chapters.rebalance.api import COLUMNS, rebalance_csv, rebalance_json
from geo.chapters.rebalance.page import card_html, cross_html, steps_html, take_html, title_html
from geo.chapters.rebalance.words import (
    rebalance_caveat,
    rebalance_headline,
    reserve_note,
    steps,
    trouble_text,
)
from geo.equity.rebalance import MIX, Chosen, Scenario, rebalance
from geo.language import speech
from geo.scene import ZERO_FILL, build_scene, ramp
from geo.view import View
from tests.markup import EVIL, assert_harmless
from tests.page_run import markup_of, run_page, text_of, untranslated
from tests.research import researched
from tests.server.test_api import Client
from tests.serving import ROOT
from tests.toy_ledger import rows_of, toy_atlas

MODULES = (
    "geo/chapters/rebalance/page.py",
    "geo/chapters/rebalance/list.py",
    "geo/chapters/rebalance/paint.py",
    "geo/chapters/rebalance/words.py",
    "pages/_scenario.py",
    "pages/rebalance.py",
)
EN = speech("en")
VIEWS = (View(), View(measure="usd"), View(evidence="attributed"), View(lang="es", state="30"))
SCENARIOS = (
    Scenario(),
    Scenario(by="homicides", sez=50, floor=100, reserve=90),
    Scenario(by=MIX, mix=(60, 40, 0)),
    Scenario(floor=400),
)


def own_of(app: object) -> Chosen:
    chosen: Chosen = app.session_state["reader"].own  # type: ignore[attr-defined]
    return chosen


def notes_of(app: object) -> list[str]:
    """The plain lines of the page: a run may show several in one element."""
    markup = markup_of(app)  # type: ignore[arg-type]
    return [part.split("</p>")[0] for part in markup.split('<p class="ma-note" role="status">')[1:]]


@pytest.fixture
def client() -> Client:
    return Client()


class TestThePage:
    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_it_opens_with_the_arithmetic_and_its_caveat(self, lang: str) -> None:
        app = run_page("rebalance.py", lang=lang)
        assert not app.exception
        shown, say = text_of(app), speech(lang)
        result = rebalance(load_atlas(), View(lang=lang), Scenario())
        assert rebalance_headline(result, View(lang=lang), say) in shown
        assert say.decimal(result.moved / 100, 2) in shown
        assert rebalance_caveat(load_atlas(), View(lang=lang), say) in shown
        assert notes_of(app) == []

    @pytest.mark.parametrize("evidence", ["documented", "attributed"])
    def test_a_scenario_of_dollars_says_in_its_headline_how_many_states_have_no_figure(
        self, evidence: str
    ) -> None:
        view = View(measure="usd", evidence=evidence)
        result = rebalance(load_atlas(), view, Scenario())
        unpublished = sum(not row.known for row in result.rows)
        told = rebalance_headline(result, view, speech("en"))
        assert (f"{unpublished} states without a published figure count as 0" in told) is (
            unpublished > 0
        )
        assert "published figure" not in rebalance_headline(
            rebalance(load_atlas(), View(), Scenario()), View(), speech("en")
        )

    def test_a_link_opens_the_scenario_it_spells(self) -> None:
        app = run_page("rebalance.py", by="poverty", sez="25", floor="1", reserve="60", name="Sur")
        assert not app.exception
        assert own_of(app).scenario == Scenario("poverty", (), 25, 100, 60, "Sur")
        shown = text_of(app)
        for told in ("“Sur”", "people in poverty, 2020", "+25%", "at least 1%", "at least 60%"):
            assert told in shown

    def test_a_second_scenario_stands_beside_the_first_on_a_map_of_its_own(self) -> None:
        app = run_page("rebalance.py", against="by.homicides~name.Other")
        assert not app.exception
        assert len(app.get("component_instance")) == 2
        assert "“Other”" in text_of(app)
        assert "This scenario" in text_of(app)

    @pytest.mark.parametrize(
        ("query", "told"),
        [
            ({"by": "population0"}, "the weights sum to nothing"),
            ({"floor": "4"}, "a floor of 4% for each of 32 states is 128% of the total"),
            ({"floor": "1", "reserve": "95"}, "are 101% of the total"),
            ({"against": "by.population~floor.9"}, "288% of the total"),
        ],
    )
    def test_an_impossible_scenario_is_told_in_one_line_and_offers_no_download(
        self, query: dict[str, str], told: str
    ) -> None:
        app = run_page("rebalance.py", **query)
        assert not app.exception
        (line,) = notes_of(app)
        assert told in line
        assert "nothing changed" in line
        assert "/api/v1/rebalance" not in markup_of(app)

    def test_what_cannot_be_read_of_a_link_is_told(self) -> None:
        (line,) = notes_of(run_page("rebalance.py", by="wealth", reserve="400"))
        assert "“by” cannot be “wealth”" in line
        assert "“reserve” cannot be “400”" in line

    def test_a_view_that_locates_nothing_leaves_nothing_to_redistribute(self) -> None:
        app = run_page("rebalance.py", pillar="5", measure="usd")
        assert not app.exception
        view = View(pillar=(5,), measure="usd")
        if rebalance(load_atlas(), view, Scenario()).total:
            pytest.fail("dollars are published for priority 5 by now: choose another view here")
        assert "nothing to redistribute" in text_of(app)

    def test_the_controls_write_the_scenario(self) -> None:
        app = run_page("rebalance.py")
        app.number_input(key="w_sez").set_value(40).run()
        app.number_input(key="w_floor").set_value(0.75).run()
        app.number_input(key="w_reserve").set_value(70).run()
        app.text_input(key="w_name").set_value("  Half \n south ").run()
        assert not app.exception
        assert own_of(app).scenario == Scenario("population", (), 40, 75, 70, "Half south")

    def test_a_mix_starts_even_and_each_need_has_its_weight(self) -> None:
        app = run_page("rebalance.py")
        app.button_group(key="w_by").set_value(MIX).run()
        assert own_of(app).scenario == Scenario(MIX, (50, 50, 50))
        app = run_page("rebalance.py", by="population50-homicides50-poverty50")
        app.slider(key="w_mix_poverty").set_value(0).run()
        assert own_of(app).scenario.mix == (50, 50, 0)
        for need in ("population", "homicides"):
            app.slider(key=f"w_mix_{need}").set_value(0).run()
        assert not app.exception
        assert "the weights sum to nothing" in text_of(app)

    def test_holding_swapping_and_letting_go_of_a_comparison(self) -> None:
        app = run_page("rebalance.py", by="homicides", name="A")
        app.button(key="w_hold").click().run()
        first = Scenario(by="homicides", name="A")
        assert own_of(app) == Chosen(Scenario(by="homicides"), first)
        app.number_input(key="w_sez").set_value(100).run()
        app.button(key="w_swap").click().run()
        assert own_of(app) == Chosen(first, Scenario(by="homicides", sez=100))
        app.button(key="w_alone").click().run()
        assert not app.exception
        assert own_of(app) == Chosen(first)

    def test_a_name_is_text_and_nothing_else(self) -> None:
        name = "<script>alert(1)</script>{0}**x**"
        app = run_page("rebalance.py", name=name, against=f"by.population~name.{name}")
        assert not app.exception
        assert "<script>" not in markup_of(app)
        assert name in text_of(app).replace("&lt;", "<")


class TestTheParts:
    @pytest.mark.parametrize("view", VIEWS)
    @pytest.mark.parametrize("scenario", SCENARIOS)
    def test_every_part_is_whole_and_harmless(self, view: View, scenario: Scenario) -> None:
        atlas, say = load_atlas(), speech(view.lang)
        result = rebalance(atlas, view, scenario)
        both = [(EVIL, result), ("x", rebalance(atlas, view, Scenario(by="poverty")))]
        chosen = Chosen(Scenario(name=EVIL[:60]), Scenario(name=EVIL[:60]))
        for markup in (
            title_html(EVIL),
            card_html(atlas, result, view, say),
            ranked_html(atlas, both, view, say),
            ranked_html(atlas, both[:1], view, say),
            cross_html(both, say),
            steps_html(atlas, view, say),
        ):
            assert_harmless(str(markup))
        assert "<img" not in str(take_html(atlas, view, chosen, say, possible=True))

    def test_the_list_has_every_state_and_adds_up_to_nothing_lost(self) -> None:
        result = rebalance(load_atlas(), View(), Scenario())
        shown = str(ranked_html(load_atlas(), [("", result)], View(), EN))
        rows = assert_harmless(shown).rows
        assert len(rows) == 1 + 32 + 1
        after = [Decimal(row[2].split()[0]) for row in rows[1:]]
        assert sum(after[:-1]) == after[-1] == build_scene(load_atlas(), View()).total
        change = [Decimal(row[3].replace("−", "-")) for row in rows[1:]]
        assert sum(change[:-1]) == change[-1] == 0
        assert change[:-1] == sorted(change[:-1], reverse=True)

    def test_only_a_possible_scenario_stars_states_at_the_floor(self) -> None:
        atlas = toy_atlas(rows_of("A1", states=["02"], usd="5", separable=True))
        for view in (View(), View(measure="usd")):
            stars = {}
            for floor in (1_000, 10_000):
                result = rebalance(atlas, view, Scenario(floor=floor, by="homicides"))
                shown = str(ranked_html(atlas, [("", result)], view, EN))
                stars[bool(result.trouble)] = shown.count("at the floor")
            assert stars == {False: 2, True: 0}, "one star and its explanation, or neither"

    def test_the_longest_bar_reaches_the_edge_and_none_goes_beyond(self) -> None:
        result = rebalance(load_atlas(), View(measure="usd"), Scenario())
        shown = str(ranked_html(load_atlas(), [("", result)], View(measure="usd"), EN))
        widths = [float(part.split("%")[0]) for part in shown.split('style="width:')[1:]]
        assert len(widths) == 32
        assert max(widths) == 50

    def test_no_published_figure_is_not_written_as_zero(self) -> None:
        view = View(measure="usd")
        shown = str(
            ranked_html(load_atlas(), [("", rebalance(load_atlas(), view, Scenario()))], view, EN)
        )
        assert shown.count("no published figure") == 26
        assert "26 states without a published figure" in shown

    def test_gains_are_blue_losses_brown_and_no_change_white(self) -> None:
        atlas, view = load_atlas(), View()
        result = rebalance(atlas, view, Scenario())
        classes = change_classes([result], view)
        paint = change_payload(atlas, result, classes, view, EN)
        assert paint["fills"] == ramp(classes.count, below=classes.below)
        for row in result.rows:
            at = paint["at"][row.code]
            assert (at == -1) == (row.change == 0)
            if row.change:
                assert (at >= classes.below) == (row.change > 0)
        impossible = rebalance(atlas, view, Scenario(floor=400))
        still = change_payload(atlas, impossible, change_classes([impossible], view), view, EN)
        assert set(still["at"].values()) == {-1}
        assert still["others"] == [ZERO_FILL]

    def test_the_legend_counts_every_state_once(self) -> None:
        for scenario in SCENARIOS:
            result = rebalance(load_atlas(), View(), scenario)
            legend = change_legend([result], change_classes([result], View()), View(), EN)
            assert sum(row.states for row in (*legend.classes, *legend.others)) == 32

    def test_two_maps_share_their_classes(self) -> None:
        atlas, view = load_atlas(), View()
        one, other = (rebalance(atlas, view, Scenario(by=by)) for by in ("population", "poverty"))
        classes = change_classes([one, other], view)
        changes = [row.change / 100 for result in (one, other) for row in result.rows if row.change]
        assert classes.low == min(changes)
        assert classes.uppers[-1] == max(changes)

    def test_the_reader_is_told_whether_a_reserve_made_a_difference(self) -> None:
        told = [
            reserve_note(rebalance(load_atlas(), View(), Scenario(reserve=share)), EN)
            for share in (0, 50, 95)
        ]
        assert told[0] == ""
        assert "changes nothing" in told[1]
        assert "binds" in told[2]

    def test_the_rules_are_told_in_the_order_they_are_applied(self) -> None:
        heads = [step.split(".")[0] for step in steps(load_atlas(), View(), EN)[:5]]
        assert heads == ["Yardstick", "Bonus", "Floor", "Reserve", "Rounding"]

    def test_a_possible_scenario_has_no_complaint(self) -> None:
        for scenario in SCENARIOS[:3]:
            assert trouble_text(load_atlas(), rebalance(load_atlas(), View(), scenario), EN) == ""


class TestTheDownloads:
    def test_the_table_is_what_the_page_shows_to_the_cent(self) -> None:
        view, chosen = View(measure="usd"), Chosen(Scenario(by="homicides"), Scenario(sez=100))
        rows = list(csv.DictReader(io.StringIO(rebalance_csv(load_atlas(), view, chosen))))
        assert tuple(rows[0]) == COLUMNS
        assert [row["scenario"] for row in rows] == ["this"] * 32 + ["against"] * 32
        for which, scenario in (("this", chosen.scenario), ("against", Scenario(sez=100))):
            result = rebalance(load_atlas(), view, scenario)
            own = [row for row in rows if row["scenario"] == which]
            cents = [round(Decimal(row["after"]) * 100) for row in own]
            assert cents == [row.after for row in result.rows]
            assert sum(cents) == result.total
            assert [row["now"] == "" for row in own] == [not row.known for row in result.rows]

    def test_json_says_rules_moves_and_indices_of_both(self) -> None:
        chosen = Chosen(Scenario(by="poverty", name="<b>"), Scenario())
        body = rebalance_json(researched(), View(), chosen)
        assert set(body["scenarios"]) == {"this", "against"}
        this = body["scenarios"]["this"]
        assert this["name"] == "<b>"
        assert this["must_move"] == 77.56
        assert this["indices"]["now"]["hoover"] == pytest.approx(77.56 / 187, abs=1e-4)
        assert this["indices"]["after"]["hoover"] == pytest.approx(0, abs=1e-3)
        assert len(this["states"]) == 32

    def test_the_link_alone_is_enough(self, client: Client) -> None:
        query = {"by": "homicides", "measure": "usd", "lang": "es", "against": "by.poverty"}
        answer = client.get("/api/v1/rebalance.csv", query)
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/csv")
        view = View(measure="usd", lang="es")
        chosen = Chosen(Scenario(by="homicides"), Scenario(by="poverty"))
        assert answer.text == rebalance_csv(load_atlas(), view, chosen)
        body = client.get("/api/v1/rebalance.json", query).json()
        assert body["chosen"] == {"by": "homicides", "against": "by.poverty"}
        assert body["ignored"] == ""

    @pytest.mark.parametrize("query", [{"floor": "4"}, {"against": "by.population0"}])
    def test_an_impossible_scenario_is_refused_in_words(
        self, client: Client, query: dict[str, str]
    ) -> None:
        answer = client.get("/api/v1/rebalance.csv", query)
        assert answer.status_code == 422
        assert answer.text.startswith("Impossible scenario, nothing changed:")
        body = client.get("/api/v1/rebalance.json", query)
        assert body.status_code == 422
        told = [one["impossible"] for one in body.json()["scenarios"].values()]
        assert answer.text in told

    def test_an_unknown_form_is_refused_in_words(self, client: Client) -> None:
        answer = client.get("/api/v1/rebalance.xlsx")
        assert (answer.status_code, answer.text) == (404, "Scenarios come as .csv or .json.")


def test_the_parameters_are_documented_for_readers() -> None:
    readme = Path(ROOT, "docs", "reference.md").read_text(encoding="utf-8")
    for name in ("by", "sez", "floor", "reserve", "name", "against"):
        assert f"`{name}`" in readme
    assert "/api/v1/rebalance.csv" in readme


def test_spanish_has_no_english_leftovers() -> None:
    assert untranslated(MODULES) == []
