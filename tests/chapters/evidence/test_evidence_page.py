"""The Evidence page: every claim with its verdict, chart, rows, grid and receipt, in words."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from geo.atlas import load_atlas
from geo.chapters.evidence import claims_html, evidence_page_html, further_html, rule_html
from geo.chapters.evidence.bars import Bar, bars_html
from geo.chapters.evidence.claim import chosen_rows, claim_html, evidence_html, view_of
from geo.chapters.evidence.grid import fails_where, grid_html, grid_sentence, holds_text
from geo.chapters.evidence.objections import (
    EFFECTS,
    OBJECTIONS,
    answer,
    objections_html,
    relabelled,
    relabelled_text,
    seen_text,
)
from geo.chapters.evidence.page import ANSWERS, FACTOR_LINKS, FIRST
from geo.chapters.evidence.query import Asked, read_asked, spell_asked
from geo.chapters.evidence.receipts import FORMULAS, receipt_html
from geo.chapters.evidence.reporting import (
    recall_text,
    reporting_html,
    reporting_sentence,
    vanishing,
)
from geo.chapters.evidence.words import SCOPES, VERDICTS, evidence_headline, fact, why
from geo.equity import completeness
from geo.equity.claims import (
    Effect,
    Verdict,
    finding,
    grid_of,
    load_claims,
    replies,
    under_reporting,
)
from geo.language import Speech, speech
from geo.view import View, read_query, spell_query
from tests.claim_ledgers import activity, atlas_of, atlas_with, by_population, in_three_cities
from tests.markup import EVIL, assert_harmless
from tests.page_run import markup_of, run_page, text_of, untranslated
from tests.research import researched
from tests.serving import ROOT
from tests.toy_ledger import Rows, rows_of

CLAIMS = load_claims()
IDS = CLAIMS.ids
EN, ES = speech("en"), speech("es")
MODULES = tuple(
    path.relative_to(ROOT).as_posix()
    for path in sorted(Path(ROOT, "geo", "chapters", "evidence").glob("*.py"))
)
ALIKE = frozenset(
    {
        "{value}×",
        "{title}, {first}–{last}",
        "{name}: {value}",
        "Gini",
        "US$",
        "no",
        "p",
        "; p = {p}",
        "({amount} ÷ {total}) ÷ {need_share} = {ratio}; {verdict}",
        "{claim}: {verdict}",
        "{value}: {verdict}",
        "{decision}. {reason}",
    }
)


def plain(markup: object) -> str:
    text = re.sub(r"<span class=.ma-drawing.*?</span>", "", str(markup))
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


# The page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_lists_every_claim_with_what_to_quote_in_either_language(lang: str) -> None:
    app = run_page("evidence.py", lang=lang)
    assert not app.exception
    say, shown = speech(lang), " ".join(text_of(app).split())
    assert evidence_headline(load_atlas(), say) in shown
    for claim in CLAIMS.claims:
        assert claim.short[lang] in shown
        found = finding(load_atlas(), claim, CLAIMS.written)
        assert fact(load_atlas(), found, say) in shown


@pytest.mark.parametrize("claim_id", IDS)
def test_a_link_to_a_claim_shows_it_in_full(claim_id: str) -> None:
    app = run_page("evidence.py", claim=claim_id)
    assert not app.exception
    claim, markup = CLAIMS.of(claim_id), markup_of(app)
    assert f"<h4>{claim.says['en']}</h4>" in markup
    assert f'id="receipt-{claim_id}"' in markup
    assert claim.refuted["en"] in markup
    testable = claim.test.kind != "no_data"
    assert ("ma-ev-figure" in plain_of_claim(claim_id)) == testable


def plain_of_claim(claim_id: str) -> str:
    return str(evidence_html(load_atlas(), CLAIMS.of(claim_id), EN))


def test_no_claim_is_open_until_one_is_asked_for() -> None:
    assert 'data-opened="claim=' not in markup_of(run_page("evidence.py"))


@pytest.mark.parametrize("claim_id", IDS)
def test_a_claim_opens_under_its_own_row_and_the_row_closes_it_again(claim_id: str) -> None:
    shown = str(claims_html(load_atlas(), View(lang="es"), Asked(claim_id, 2.5), "", ES))
    row = shown.partition(f'<li id="claim-{claim_id}">')[2]
    own, _, after = row.partition('<div class="ma-opened"')
    assert "<li " not in own, "another row comes before what is opened"
    assert f'data-opened="claim={claim_id}"' in after[:60]
    assert 'data-go="{&#34;claim&#34;:null}"' in own
    assert 'aria-expanded="true"' in own
    assert shown.count('aria-expanded="true"') == 2, "in the answer and in its row"
    folded = shown.partition('<details class="ma-fold ma-ev-more"')[2]
    assert folded.startswith(" open") is (claim_id not in FIRST)


def test_five_claims_come_first_and_all_others_are_folded() -> None:
    shown = str(claims_html(load_atlas(), View(), Asked(), "", EN))
    assert re.findall(r'<li id="claim-(\w+)">', shown) == [
        *FIRST,
        *(claim_id for claim_id in IDS if claim_id not in FIRST),
    ]
    first, folded = shown.split('<details class="ma-fold ma-ev-more"')
    assert len(re.findall(r'<li id="claim-', first)) == len(FIRST) == 5
    assert len(re.findall(r'<li id="claim-', folded)) == len(IDS) - 5


@pytest.mark.parametrize("rows", [None, in_three_cities, by_population, Rows])
def test_every_claim_stands_in_the_line_of_the_answer_that_its_verdict_gives(rows: Any) -> None:
    if rows is Rows:
        atlas = atlas_with(Rows((), (), ()))
    else:
        atlas = atlas_of(rows) if rows else load_atlas()
    shown = str(claims_html(atlas, View(), Asked(), "", EN))
    answer = shown.partition('id="answer">')[2].partition("</section>")[0]
    lines = dict(re.findall(r"<p><b>(.*?)</b>(.*?)</p>", answer))
    told: Counter[Verdict] = Counter()
    for lead, verdicts in ANSWERS:
        for claim in CLAIMS.claims:
            verdict = finding(atlas, claim, CLAIMS.written).verdict
            stands = f">{claim.short['en']}</a>" in lines.get(lead(EN), "")
            assert stands is (verdict in verdicts), claim.claim_id
            told[verdict] += stands
    marks = Counter(re.findall(r'<i class="(\w+)">', answer))
    assert marks == Counter({verdict.value: count for verdict, count in told.items() if count})
    assert sum(marks.values()) == len(IDS)


@pytest.mark.parametrize("asked", [Asked(), Asked("sez", 3.0)])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_page_without_the_app_is_whole_and_the_running_page_shows_the_same(
    asked: Asked, lang: str
) -> None:
    view, say = View(lang=lang), speech(lang)
    whole = str(evidence_page_html(load_atlas(), view, asked, "", say))
    app = run_page("evidence.py", **spell_query(view), **spell_asked(asked))
    shown = plain(markup_of(app))
    # The citation names the address, and the factors stand where the app has its slider.
    drawn = r"<span class=.ma-drawing.*?</span>|<p class=.ma-ev-(factors|cite).*?</p>"
    for text in re.split(r"<[^>]+>", re.sub(drawn, "", whole)):
        assert " ".join(text.split()) in shown, text
    assert whole.count("#reporting") == 1 + len(FACTOR_LINKS)


def test_what_has_left_the_page_is_led_to_from_its_old_anchors() -> None:
    shown = str(further_html(View(lang="es", measure="usd"), ES))
    assert re.search(r'id="inequality"><a href="./inequality\?[^"]*measure=usd', shown)
    assert re.search(r'id="rule"><a href="./methods\?[^"]*lang=es[^"]*#rule"', shown)
    for form in ("csv", "json"):
        assert f'href="/api/v1/claims.{form}?lang=es"' in shown


def test_moving_the_slider_answers_and_spells_the_factor() -> None:
    app = run_page("evidence.py", claim="border")
    app.select_slider(key="w_under").set_value(3.0).run()
    assert reporting_sentence(load_atlas(), 3.0, EN) in " ".join(text_of(app).split())
    assert app.query_params["under"] == "3"
    assert app.query_params["claim"] == "border"


def test_what_of_a_link_cannot_be_used_is_said_and_the_rest_is_shown() -> None:
    app = run_page("evidence.py", claim="nonsense", under="999")
    assert not app.exception
    assert "nonsense" in text_of(app)
    assert "999" in text_of(app)
    assert evidence_headline(load_atlas(), EN) in " ".join(text_of(app).split())


# The address


@pytest.mark.parametrize(
    "asked", [Asked(), Asked("border"), Asked("sez", 2.5), Asked("", 20.0), Asked("confined", 1.5)]
)
def test_what_is_spelled_is_read_back(asked: Asked) -> None:
    spelled = {name: [value] for name, value in spell_asked(asked).items()}
    assert read_asked(spelled) == (asked, ())


def test_defaults_are_not_spelled() -> None:
    assert spell_asked(Asked()) == {}


@pytest.mark.parametrize("under", ["0", "-1", "21", "1.3", "x", "1e3", "٣", "nan", "²"])
def test_a_factor_that_cannot_be_is_a_notice(under: str) -> None:
    asked, notices = read_asked({"under": [under]})
    assert asked.under == 1
    assert [(n.parameter, n.given) for n in notices] == [("under", under)]


# Words


def test_no_sentence_lacks_its_numbers_whatever_the_ledger() -> None:
    ledgers = (
        load_atlas(),
        atlas_with(Rows((), (), ())),
        atlas_of(by_population),
        atlas_of(in_three_cities),
        atlas_with(activity(1, "30001", "prevention")),
    )
    for atlas in ledgers:
        for say in (EN, ES):
            for claim in CLAIMS.claims:
                for period in (CLAIMS.written, CLAIMS.later):
                    found = finding(atlas, claim, period)
                    for text in (fact(atlas, found, say), why(found, CLAIMS, say)):
                        assert "{" not in text
                        assert "nan" not in text.lower().split()
                        assert text.endswith(".")


def test_the_headline_counts_the_verdicts_as_they_are_computed() -> None:
    assert evidence_headline(researched(), EN) == (
        "Of 13 claims in the essay’s first recommendation, public documents bear out 4, fully or "
        "in part; 5 are not borne out and 4 cannot be tested."
    )
    other = evidence_headline(atlas_of(in_three_cities), EN)
    assert "bear out 10, fully or in part" in other


def test_the_sentence_on_the_cities_has_the_numbers_of_the_ledger() -> None:
    found = finding(researched(), CLAIMS.of("prevention_cities"), CLAIMS.written)
    assert fact(researched(), found, EN) == (
        "Aid for crime prevention is documented 25 times in a place in 2008–2016: 64% of it in "
        "Tijuana, Juárez and Monterrey (16). These are 11 municipalities, 3 of them there; 9 of 9 "
        "activities went there."
    )


def test_every_verdict_scope_formula_and_effect_has_words() -> None:
    assert set(VERDICTS) == set(Verdict)
    assert set(EFFECTS) == set(Effect)
    tests = [claim.test for claim in CLAIMS.claims if claim.test.kind != "no_data"]
    assert {test.pillars for test in tests} <= set(SCOPES)
    assert {test.kind for test in tests} == set(FORMULAS)
    assert {r.objection for r in replies(load_atlas())} == {"baseline", *OBJECTIONS}


# Chart and rows


def test_the_rows_of_the_group_are_those_the_statistic_counts() -> None:
    atlas = load_atlas()
    for claim_id in ("prevention_cities", "border", "veracruz", "sez"):
        found = finding(atlas, CLAIMS.of(claim_id), CLAIMS.written)
        rows = chosen_rows(atlas, found)
        assert len(rows) == found.judged[0].outcome.activities
        assert any(inside for _, inside in rows)
    veracruz = finding(atlas, CLAIMS.of("veracruz"), CLAIMS.written)
    assert [a.activity_id for a, inside in chosen_rows(atlas, veracruz) if inside] == ["M043"]


def test_a_ranking_draws_the_group_even_at_its_end_and_sums_up_the_rest() -> None:
    bars = [Bar(f"S{n:02d}", 30.0 - n, None, False) for n in range(20)]
    drawn = str(bars_html([*bars, Bar("Last", 0.0, 2.0, True)], "State", EN, mark="By people"))
    assert "Last" in drawn
    assert "8 more, with 116 in all." in drawn
    widths = [float(w) for w in re.findall(r"span style=\"width:([\d.]+)%", drawn)]
    assert max(widths) == 100


def test_the_link_of_a_claim_spells_a_view_the_map_can_read() -> None:
    for claim in CLAIMS.claims:
        view = view_of(claim.test, 2016, "es")
        assert read_query(spell_query(view)) == (view, ())


def test_titles_and_places_of_the_ledger_are_text_and_never_markup() -> None:
    rows = Rows((), (), ())
    for number in range(6):
        rows += rows_of(
            f"M{number:03d}",
            states=["02"],
            cvegeo="02004",
            area="prevention",
            title=EVIL,
            place=EVIL,
        )
    atlas = atlas_with(rows)
    claim = CLAIMS.of("prevention_cities")
    for say in (EN, ES):
        assert_harmless(str(evidence_html(atlas, claim, say)).replace('"./?', '"/?'))
        assert_harmless(str(receipt_html(atlas, claim, EVIL, say)).replace('"./?', '"/?'))
        assert_harmless(str(claim_html(atlas, claim, say)))


# Robustness, objections, reporting, receipts


def test_the_matrix_has_a_mark_for_every_cell_and_says_each_in_words() -> None:
    atlas = load_atlas()
    for claim in CLAIMS.claims:
        grid, shown = grid_of(atlas, claim), str(grid_html(atlas, claim, EN))
        marks = re.findall(r'<td class="(\w+)" title="([^"]+)"', shown)
        assert len(marks) == len(grid.cells)
        assert all(VERDICTS[Verdict(kind)](EN) in told for kind, told in marks)


def test_the_grid_is_told_in_one_sentence_with_where_it_fails() -> None:
    grid = grid_of(load_atlas(), CLAIMS.of("border"))
    assert grid_sentence(grid, EN).startswith("Counted in 288 ways, 288 of which")
    assert holds_text(grid, EN) == f"{grid.holds} of 288"
    assert fails_where(grid, EN).startswith(f"It fails in {288 - grid.holds}, most often with “")
    never = grid_of(load_atlas(), CLAIMS.of("inequality"))
    assert fails_where(never, EN) == ""


def test_every_objection_is_answered_with_its_own_numbers_and_effect() -> None:
    atlas = load_atlas()
    shown = " ".join(plain(objections_html(atlas, EN)).split())
    first, *rest = replies(atlas)
    for reply in rest:
        assert " ".join(answer(atlas, first, reply, EN).split()) in shown
        assert "{" not in answer(atlas, first, reply, ES)
    for effect in (Effect.WEAKENS, Effect.FALLS, Effect.CANNOT_TELL):
        assert EFFECTS[effect](EN) in shown
    count = Counter(reply.effect for reply in rest)
    assert (
        f"it stands against {count[Effect.STANDS]}, is weakened by {count[Effect.WEAKENS]}, falls "
        f"to {count[Effect.FALLS]}, and {count[Effect.CANNOT_TELL]} cannot be answered" in shown
    )


@pytest.mark.parametrize("say", [EN, ES])
def test_objections_by_equal_effort_say_how_many_other_groups_have_as_much(say: Speech) -> None:
    atlas = load_atlas()
    first, *rest = replies(atlas)
    told = {reply.objection: answer(atlas, first, reply, say) for reply in rest}
    for reply in rest:
        found = relabelled(atlas, reply.selection, reply.outcome.need)
        sentence = relabelled_text(atlas, reply, say)
        assert say.percent(found.p_greater, 1) in sentence
        alike = reply.objection in ("essay_search", "hardest")
        assert (sentence in told[reply.objection]) is alike, reply.objection
    nothing = atlas_with(Rows((), (), ()))
    assert {relabelled_text(nothing, reply, say) for reply in replies(nothing)[1:]} == {""}


def test_the_factor_of_the_south_is_told_at_its_own_value_and_where_it_ends() -> None:
    atlas = researched()
    case = under_reporting(atlas, "population", "south")
    assert (
        f"With 3 times the southern evidence, {3 * case.under:.0f} activities instead of "
        f"{case.under:.0f}" in reporting_sentence(atlas, 3.0, EN)
    )
    told = f"reported {case.vanishes_at():.1f} times too little"
    assert told in reporting_sentence(atlas, 1.0, EN)
    assert vanishing(float("inf"), EN).startswith("No factor")
    assert vanishing(0.8, EN).startswith("There is nothing to vanish")
    for say in (EN, ES):
        assert "{" not in plain(reporting_html(atlas_of(in_three_cities), 5.0, say))


def test_a_receipt_has_formula_inputs_rows_sources_and_a_citation() -> None:
    atlas = load_atlas()
    for claim in CLAIMS.claims:
        shown = str(receipt_html(atlas, claim, "https://example.org/evidence", EN))
        assert f"https://example.org/evidence?claim={claim.claim_id}" in shown
        assert atlas.version in shown
        if claim.test.kind != "no_data":
            assert plain(FORMULAS[claim.test.kind](EN)) in plain(shown)
            assert "/api/v1/activities.csv?" in shown
            assert "ma-sources" in shown


def test_the_claims_keep_the_language_and_the_factor_in_their_links() -> None:
    shown = str(claims_html(load_atlas(), View(lang="es"), Asked("sez", 2.5), "", ES))
    assert shown.count("./evidence?lang=es&amp;claim=") == 2 * (len(IDS) - 1)
    assert shown.count("under=2.5#claim") == 2 * len(IDS)


def test_the_rule_names_every_verdict() -> None:
    shown = str(rule_html(load_atlas(), EN))
    assert all(verdict.value in shown for verdict in Verdict)


def test_spanish_has_no_english_leftovers() -> None:
    assert untranslated((*MODULES, "pages/evidence.py"), same=ALIKE) == []


@pytest.mark.parametrize("say", [EN, ES])
def test_that_only_what_was_looked_for_was_found_is_answered_with_what_was_met_again(
    say: Speech,
) -> None:
    atlas = load_atlas()
    found, (first, *rest) = completeness(atlas), replies(atlas)
    press = next(reply for reply in rest if reply.objection == "press")
    told = answer(atlas, first, press, say)
    for catches in (found.border, found.others):
        assert f"{catches.both} " in told
        assert say.percent(catches.rate.rate) in told
        assert say.number(catches.all[0]) in told
    assert f"p = {say.decimal(found.p, 2)}" in told
    assert seen_text(atlas, say) in recall_text(atlas, say)
