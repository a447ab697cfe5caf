"""The data package is valid, complete, joined without gaps, and adds up to the published sums."""

from __future__ import annotations

import csv
import itertools
import json
import re
import shutil
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from geo.atlas.tables import check_package, read_table
from geo.build import __main__ as build
from geo.build import amounts, package
from geo.paths import DATA
from geo.view import YEARS
from tests.research import of_the_research

Row = dict[str, Any]


def raw(path: str, data: Path = DATA) -> list[dict[str, str]]:
    """The cells of a table as text, read without the code under test."""
    with (data / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places_by_activity() -> dict[str, list[Row]]:
    places: dict[str, list[Row]] = defaultdict(list)
    for row in read_table("activity_places"):
        places[row["activity_id"]].append(row)
    return places


def border_states() -> set[str]:
    return {row["code"] for row in read_table("states") if row["northern_border"]}


def indicator(name: str, year: int, series: str) -> dict[str, float]:
    return {
        row["state"]: row["value"]
        for row in read_table("indicators")
        if (row["indicator"], row["year"], row["series"]) == (name, year, series)
    }


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the data package that a test may break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def found_by_frictionless(data: Path) -> Any:
    # Imported when it is asked, as other heavy oracles are: every worker imports every module.
    from frictionless import Package, system

    with system.use_context(trusted=True):
        return Package(str(data / package.PATH)).validate()


@pytest.fixture(scope="module")
def report() -> Any:
    """What frictionless finds in the package as committed."""
    return found_by_frictionless(DATA)


class TestDescription:
    def test_frictionless_finds_the_whole_package_valid(self, report: Any) -> None:
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "note"])[:10]
        assert len(report.tasks) == len(check_package()["resources"])

    def test_frictionless_really_follows_the_keys(self, copy: Path) -> None:
        path = copy / "ledger/activity_places.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\nM116,", "\nM999,"), encoding="utf-8", newline="")
        (copy / package.PATH).write_text(package.render(copy, ""), encoding="utf-8")
        report = found_by_frictionless(copy)
        assert "foreign-key" in str(report.flatten(["type"]))

    def test_every_file_in_the_folder_is_described_and_no_other(self) -> None:
        kept = {"datapackage.json", "passports.yaml", "README.md"}
        found = {str(p.relative_to(DATA)) for p in DATA.rglob("*") if p.is_file()} - kept
        assert found == {resource["path"] for resource in check_package()["resources"]}

    def test_every_resource_says_what_a_row_is_where_it_is_from_and_on_which_terms(self) -> None:
        for resource in check_package()["resources"]:
            for key in ("title", "title_es", "description", "sources", "source_terms", "licenses"):
                assert resource[key], (resource["name"], key)

    def test_every_field_says_what_it_is_and_every_number_has_a_unit_or_is_a_plain_count(
        self,
    ) -> None:
        for resource in check_package()["resources"]:
            for field in resource.get("schema", {"fields": []})["fields"]:
                assert field["description"], (resource["name"], field["name"])
                assert field["type"] != "number" or field["unit"], field["name"]

    def test_tables_are_utf8_with_plain_line_ends_and_no_stray_spaces(self) -> None:
        for resource in check_package()["resources"]:
            content = (DATA / resource["path"]).read_bytes()
            assert b"\r" not in content
            assert content.endswith(b"\n")
            if "schema" in resource:
                for row in raw(resource["path"]):
                    assert all(value == value.strip() for value in row.values()), row

    def test_no_text_points_to_a_document_that_is_not_here(self) -> None:
        for path in DATA.rglob("*.csv"):
            text = path.read_text(encoding="utf-8")
            for word in ("_facts.md", "see section", "in section", "placeholder", "seed says"):
                assert word not in text, (path, word)


class TestKeys:
    def test_every_source_named_anywhere_exists(self) -> None:
        known = {row["source_id"] for row in read_table("sources")}
        named = set()
        for resource in check_package()["resources"]:
            fields = resource.get("schema", {"fields": []})["fields"]
            if "source_ids" in {field["name"] for field in fields}:
                for row in read_table(resource["name"]):
                    assert set(row["source_ids"]) <= known, row
                    named |= set(row["source_ids"])
        assert len(named) > 100

    def test_every_municipality_is_inegis_and_lies_in_the_state_of_its_row(self) -> None:
        state_of = {row["cvegeo"]: row["state"] for row in read_table("municipalities")}
        assert len(state_of) == 2465
        seen = 0
        for name in (
            "activity_places",
            "not_merida",
            "sites",
            "sez_municipalities",
            "usaid_municipalities",
        ):
            for row in read_table(name):
                if row["cvegeo"]:
                    seen += 1
                    assert state_of[row["cvegeo"]] == row["state"], (name, row)
        assert seen > 180

    def test_every_state_named_anywhere_is_one_of_the_32(self) -> None:
        codes = {row["code"] for row in read_table("states")}
        assert codes == {f"{n:02d}" for n in range(1, 33)}
        for name in ("activity_places", "search_effort", "indicators", "sez_municipalities"):
            assert {row["state"] for row in read_table(name)} <= codes

    def test_every_part_names_its_whole_and_the_overlaps_say_so_too(self) -> None:
        parts = {(r["activity_id"], r["part_of"]) for r in read_table("activities") if r["part_of"]}
        assert parts == {("M115", "M114"), ("M116", "M114")}
        assert parts == {
            (row["activity_id"], row["other_id"])
            for row in read_table("overlaps")
            if row["relation"] == "part_of"
        }

    def test_the_overlaps_named_in_the_research_are_all_there(self) -> None:
        pairs = {frozenset((r["activity_id"], r["other_id"])) for r in read_table("overlaps")}
        expected = [
            {"M014", "M007"}, {"M014", "M035"}, {"M014", "M036"}, {"M061", "M062"},
            {"M058", "M097"}, {"M066", "M039"}, {"M066", "M052"}, {"M046", "M094"},
            {"M004", "M051"}, {"M003"}, {"M080"}, {"M050", "M094"},
        ]  # fmt: skip
        assert {frozenset(pair) for pair in expected} <= pairs

    def test_what_is_not_merida_never_shares_a_key_with_the_ledger(self) -> None:
        outside = {row["activity_id"] for row in read_table("not_merida")}
        assert outside == {"X01", "X02", "X03"}
        assert not outside & {row["activity_id"] for row in read_table("activities")}
        assert not outside & {row["activity_id"] for row in read_table("amounts_usd")}

    def test_every_activity_with_a_place_is_in_the_ledger_and_only_one_has_none(self) -> None:
        ledger = {row["activity_id"] for row in read_table("activities")}
        placed = set(places_by_activity())
        assert placed <= ledger
        assert ledger - placed == {"M113"}

    def test_ids_named_in_texts_exist(self) -> None:
        ledger = {row["activity_id"] for row in read_table("activities")}
        named = set()
        for path in DATA.rglob("*.csv"):
            named |= set(re.findall(r"\bM\d{3}\b", path.read_text(encoding="utf-8")))
        assert named == ledger


class TestCompleteness:
    @pytest.mark.parametrize(
        ("name", "rows"),
        [
            ("activities", 209),
            ("activity_places", 259 + 195),
            ("not_merida", 3),
            ("national_facts", 20 + 12),
            ("amounts_by_area", 19 + 2),
            ("appropriations", 82),
            ("published_totals", 12),
            ("essay_checks", 29),
            ("sites", 10),
            ("usaid_municipalities", 49),
            ("sez_municipalities", 25),
            ("search_effort", 32),
            ("search_effort2", 32),
            ("search_questions", 14),
            ("recapture", 118),
            ("exchange_rates", len(YEARS)),
            ("state_name_variants", 478),
            ("states", 32),
        ],
    )
    def test_every_row_of_the_research_is_carried(self, name: str, rows: int) -> None:
        table = read_table(name)
        assert len(of_the_research(table) if name.startswith("activit") else table) == rows

    def test_the_sources_of_the_research_and_its_second_search_and_those_added_for_the_timeline(
        self,
    ) -> None:
        added = {"AMLO18", "BICEN22", "WILSON18", "WOLA21", "WRBPERMIT"}
        known = {row["source_id"] for row in read_table("sources")}
        assert added <= known
        assert len(known - added) >= 198 + 136

    def test_every_indicator_has_all_32_states(self) -> None:
        series = Counter((r["indicator"], r["year"], r["series"]) for r in read_table("indicators"))
        assert set(series.values()) == {32}
        assert len(series) == 3 + 17 + 3 + 4 + 6

    def test_every_indicator_has_a_value_or_a_word_and_never_both(self) -> None:
        for row in read_table("indicators"):
            assert (row["value"] is None) != (row["value_text"] == ""), row

    @pytest.mark.parametrize("name", ["activities", "sites", "essay_checks", "timeline"])
    def test_every_english_text_has_its_spanish(self, name: str) -> None:
        for row in read_table(name):
            for field in (f for f in row if f.endswith("_en")):
                assert bool(row[field]) == bool(row[field[:-3] + "_es"]), (name, field, row)

    def test_the_timeline_runs_in_order_from_agreement_to_end(self) -> None:
        events = read_table("timeline")
        dates = [event["date"] for event in events]
        assert dates == sorted(dates)
        assert (events[0]["kind"], events[-1]["kind"]) == ("agreement", "end")
        assert {"government", "single_window", "essay"} <= {event["kind"] for event in events}
        assert all(event["source_ids"] or event["source_note"] for event in events)

    def test_every_dollar_figure_and_share_of_the_essay_is_there(self) -> None:
        figures = read_table("essay_figures")
        dollars = sorted(int(f["value"]) for f in figures if f["unit"] == "usd")
        assert dollars == [5500000, 13000000, 20000000, 24000000, 100000000, 590000000]
        shares = [f["value"] for f in figures if f["unit"] == "percent"]
        assert shares == [58, 16, 16, 10, None]

    def test_only_the_bypass_without_a_published_coordinate_is_a_stretch(self) -> None:
        for site in read_table("sites"):
            assert (site["lat"] is None) == bool(site["stretch"]), site["site_id"]
        assert [s["site_id"] for s in read_table("sites") if s["stretch"]] == ["west_rail"]


class TestPublishedSums:
    @pytest.mark.parametrize(
        ("year", "series", "people"),
        [
            (2010, "census", 112336538),
            (2015, "intercensal", 119530753),
            (2020, "census", 126014024),
        ],
    )
    def test_population(self, year: int, series: str, people: int) -> None:
        assert sum(indicator("population", year, series).values()) == people

    def test_area(self) -> None:
        assert sum(Decimal(row["area_km2"]) for row in raw("places/states.csv")) == Decimal(
            "1960646.7"
        )

    @pytest.mark.parametrize(
        ("year", "deaths"),
        [
            (2008, 14229),
            (2010, 26046),
            (2011, 27330),
            (2015, 20263),
            (2016, 24613),
            (2018, 34426),
            (2020, 35787),
        ],
    )
    def test_homicides(self, year: int, deaths: int) -> None:
        assert sum(indicator("homicides", year, "registrations_occurrence").values()) == deaths

    def test_border_and_special_economic_zone_states(self) -> None:
        assert border_states() == {"02", "05", "08", "19", "26", "28"}
        zones = {row["code"] for row in read_table("states") if row["sez"]}
        assert zones == {"04", "07", "12", "16", "20", "27", "30", "31"}
        assert zones == {row["state"] for row in read_table("sez_municipalities")}

    def located(self, *, currency: str, weak: bool) -> dict[str, Decimal]:
        """Amounts per activity that a source ties to one state alone, no part beside its whole."""
        places = places_by_activity()
        return {
            row["activity_id"]: row["amount"]
            for row in of_the_research(read_table("activities"))
            if row["currency"] == currency
            and row["weak"] is weak
            and row["amount_separable"]
            and not row["part_of"]
            and len({place["state"] for place in places[row["activity_id"]]}) == 1
        }

    def test_dollars_tied_to_exactly_one_state(self) -> None:
        dollars = self.located(currency="USD", weak=False)
        assert sum(dollars.values()) == 20_937_046 - 23_000 + 423_425
        by_state: Counter[str] = Counter()
        for activity, amount in dollars.items():
            by_state[places_by_activity()[activity][0]["state"]] += int(amount)
        assert by_state == {
            "08": 14_000_000,
            "14": 314_046,
            "21": 5_000_000,
            "31": 423_425,
            "32": 1_600_000,
        }

    def test_promises_and_gifts_in_pesos_beside_them(self) -> None:
        assert sum(self.located(currency="USD", weak=True).values()) == 6_200_000 + 500_000
        assert sum(self.located(currency="MXN", weak=False).values()) == 2_700_000
        assert sum(self.located(currency="MXN", weak=True).values()) == 48_000_000

    def pairs(self, *found_by: str) -> Counter[bool]:
        """Pairs of state and activity that are not weak, parts left out, by border or not."""
        chosen = {
            row["activity_id"]
            for row in of_the_research(read_table("activities"))
            if not row["part_of"]
        }
        pairs = {
            (row["activity_id"], row["state"])
            for row in read_table("activity_places")
            if not row["place_weak"]
            and row["activity_id"] in chosen
            and (not found_by or row["found_by"] in found_by)
        }
        return Counter(state in border_states() for _, state in pairs)

    def test_documented_presence_in_states(self) -> None:
        assert self.pairs() == {True: 69, False: 118}
        assert self.pairs("systematic") == {True: 12, False: 25}
        assert self.pairs("systematic2") == {True: 7, False: 21}
        assert self.pairs("targeted") == {True: 36, False: 39}
        assert self.pairs("targeted2") == {True: 14, False: 33}
        rows = of_the_research(read_table("activity_places"))
        reached = {row["state"] for row in rows if not row["place_weak"]}
        assert len(reached) == 32

    def touching(self, area: str, *, border: bool) -> tuple[int, int]:
        """Firm activities of a priority, parts left out, and those that touch such states."""
        border_codes = border_states()
        places = places_by_activity()
        firm = [
            row["activity_id"]
            for row in of_the_research(read_table("activities"))
            if row["area"] == area and not row["weak"] and not row["part_of"]
        ]
        return len(firm), sum(
            any(not p["place_weak"] and (p["state"] in border_codes) is border for p in places[a])
            for a in firm
        )

    def test_prevention_touches_the_border_and_the_rule_of_law_the_rest(self) -> None:
        assert self.touching("prevention", border=True) == (12, 10)
        assert self.touching("rule_of_law", border=False) == (71, 54)

    def test_veracruz_has_two_firm_activities_and_eight_weak_ones_none_of_prevention(self) -> None:
        area = {row["activity_id"]: row["area"] for row in read_table("activities")}
        places = of_the_research(read_table("activity_places"))
        rows = [row for row in places if row["state"] == "30"]
        assert [r["activity_id"] for r in rows if not r["place_weak"]] == ["M043", "M162"]
        assert sum(row["place_weak"] for row in rows) == 8
        assert "prevention" not in {area[row["activity_id"]] for row in rows}
        site = next(row for row in read_table("sites") if row["site_id"] == "veracruz")
        assert all(row["activity_id"] in site["check_en"] for row in rows)

    def test_the_search_log_agrees_with_the_ledger_it_was_counted_on(self) -> None:
        every: Counter[str] = Counter()
        firm: Counter[str] = Counter()
        for activity, rows in places_by_activity().items():
            if activity > "M113":
                continue  # the Juárez totals, and whatever else came in after the count
            every.update({row["state"] for row in rows})
            firm.update({row["state"] for row in rows if not row["place_weak"]})
        for row in read_table("search_effort"):
            assert row["activities_found_all"] == every[row["state"]], row
            assert row["activities_found_non_weak"] == firm[row["state"]], row


class TestMoney:
    def test_every_amount_of_the_ledger_has_its_row_in_dollars(self) -> None:
        with_amount = [r["activity_id"] for r in raw("ledger/activities.csv") if r["amount"]]
        assert [r["activity_id"] for r in raw(amounts.PATH)] == with_amount
        assert len(with_amount) >= 21

    def test_dollars_are_recomputed_from_pesos_at_the_mean_rate_of_the_year(self) -> None:
        rates = {r["year"]: Decimal(r["mxn_per_usd"]) for r in raw("exchange_rates.csv")}
        periods = {r["activity_id"]: r for r in raw("ledger/activities.csv")}
        pesos = 0
        for row in raw(amounts.PATH):
            if row["currency"] == "USD":
                assert Decimal(row["amount_usd"]) == Decimal(row["amount"])
                assert (row["rate"], row["rate_year"], row["why_blank"]) == ("", "", "")
            elif row["amount_usd"]:
                pesos += 1
                activity = periods[row["activity_id"]]
                year = (activity["period_start"] or activity["period_end"])[:4]
                assert row["rate_year"] == year
                assert Decimal(row["rate"]) == rates[year]
                exact = Decimal(row["amount"]) / rates[year]
                assert abs(Decimal(row["amount_usd"]) - exact) <= Decimal("0.005")
        assert pesos >= 4

    def test_undated_pesos_are_not_converted_and_say_why(self) -> None:
        row = next(r for r in read_table("amounts_usd") if r["activity_id"] == "M111")
        assert row["amount_usd"] is None
        assert "undated" in row["why_blank"]

    def test_one_conversion_by_hand(self) -> None:
        row = next(r for r in read_table("amounts_usd") if r["activity_id"] == "M064")
        assert row["amount_usd"] == Decimal("36381.21")  # 700,000 / 19.2407

    def test_a_currency_without_a_rate_is_named_with_its_row(self, copy: Path) -> None:
        path = copy / "ledger/activities.csv"
        text = path.read_text(encoding="utf-8")
        assert ",2000000,MXN," in text
        path.write_text(text.replace(",2000000,MXN,", ",2000000,EUR,"), encoding="utf-8")
        with pytest.raises(Exception, match=r"activities\.csv, row 55, field currency.*EUR"):
            amounts.render(copy)

    def test_arithmetic_and_figures_without_a_source_are_marked_unverified(self) -> None:
        rows = {row["row_id"]: row for row in read_table("appropriations")}
        for row in rows.values():
            if "DERIVED" in row["note"] or "not a source" in row["note"] or not row["source_title"]:
                assert row["is_unverified"], row
        assert sum(row["is_unverified"] for row in rows.values()) == 8
        assert all(row["status"] != "enacted" for row in rows.values() if row["is_unverified"])

    def test_fiscal_years_are_read_from_their_text(self) -> None:
        rows = read_table("appropriations")
        spans = {row["fiscal_year"]: (row["fy_start"], row["fy_end"]) for row in rows}
        assert spans["FY2012"] == (2012, 2012)
        assert spans["FY2008-FY2017"] == (2008, 2017)
        assert spans["FY2009 bridge (counted as FY2008 by CRS and State)"] == (2008, 2008)
        assert spans["FY2013-FY2016 (Pena Nieto to early 2017)"] == (2013, 2016)
        assert spans["since 2008"] == (2008, None)
        assert all(row["fy_end"] is None or row["fy_start"] <= row["fy_end"] for row in rows)


class TestBuild:
    def test_what_is_committed_is_what_the_build_makes(self) -> None:
        assert build.stale() == []
        assert build.main(["--check"]) == 0

    def test_rebuilding_changes_no_byte(self, copy: Path) -> None:
        build.build(copy, tables_only=True)
        for path in (amounts.PATH, package.PATH):
            assert (copy / path).read_bytes() == (DATA / path).read_bytes()

    def test_an_edited_ledger_makes_the_dollars_stale_until_they_are_rebuilt(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = copy / "ledger/activities.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(",700000,MXN,", ",800000,MXN,"), encoding="utf-8", newline="")
        assert build.main(["--check"], copy) == 1
        said = capsys.readouterr().err
        assert "data/ledger/amounts_usd.csv is stale" in said
        assert "data/ledger/activities.csv was altered" in said
        assert "make data" in said
        build.main(["--tables-only"], copy)
        assert build.stale(copy) == []

    def test_a_file_altered_by_hand_is_named(self, copy: Path) -> None:
        written = json.loads((copy / package.PATH).read_text(encoding="utf-8"))
        paths = [resource["path"] for resource in written["resources"]]
        for path in paths:
            (copy / path).write_bytes((copy / path).read_bytes() + b"\n")
        told = build.stale(copy)
        assert [p for p in paths if not any(f"data/{p} was altered" in one for one in told)] == []

    def test_a_changed_passport_makes_the_description_stale(self, copy: Path) -> None:
        path = copy / package.PASSPORTS
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: Sources", "title: All sources"), encoding="utf-8")
        assert build.stale(copy) == [
            "data/datapackage.json is stale: it does not follow from data/passports.yaml."
        ]

    def test_boundaries_built_by_other_scripts_are_stale(self, copy: Path) -> None:
        path = copy / package.PATH
        written = json.loads(path.read_text(encoding="utf-8"))
        written["boundaries_inputs"] = "0"
        path.write_text(json.dumps(written), encoding="utf-8")
        assert any("data/boundaries/" in fault for fault in build.stale(copy))

    def test_a_missing_hand_kept_file_is_named(
        self, copy: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (copy / "sources.csv").unlink()
        assert build.main(["--check"], copy) == 1
        assert "data/sources.csv" in capsys.readouterr().err

    def test_a_missing_description_is_stale(self, copy: Path) -> None:
        (copy / package.PATH).unlink()
        assert build.stale(copy) == ["data/datapackage.json is missing or is no data package."]

    def test_a_missing_boundary_file_is_named(self, copy: Path) -> None:
        (copy / "boundaries/states.geojson").unlink()
        assert any("data/boundaries/states.geojson is missing" in f for f in build.stale(copy))


def test_keys_are_unique_where_the_passport_says_so() -> None:
    for resource in check_package()["resources"]:
        key = resource.get("schema", {}).get("primaryKey")
        if key:
            values = [tuple(row[field] for field in key) for row in raw(resource["path"])]
            doubled = [v for v, n in Counter(values).items() if n > 1]
            assert not doubled, (resource["name"], doubled)


def test_weak_places_and_weak_activities_agree() -> None:
    places = places_by_activity()
    for row in read_table("activities"):
        own = places[row["activity_id"]]
        assert bool(row["weak_reason"]) is row["weak"]
        assert all(bool(p["place_weak_reason"]) is p["place_weak"] for p in own)
        if row["weak"]:
            assert all(place["place_weak"] for place in own), row["activity_id"]
        elif own:
            assert any(not place["place_weak"] for place in own), row["activity_id"]


def test_points_lie_in_or_beside_mexico() -> None:
    rows = itertools.chain(read_table("activity_places"), read_table("sites"))
    points = [(row["lat"], row["lon"]) for row in rows if row["lat"] is not None]
    assert len(points) > 100
    assert all(14 < lat < 33 and -118 < lon < -86 for lat, lon in points)
