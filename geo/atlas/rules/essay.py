"""The essay: its figures and statements, the sites it names, the time it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from geo.atlas.rules.ledger import ACTIVITY_ID, wrong_state
from geo.atlas.rules.register import Row, Slip, by_key, row_rule, rule
from geo.atlas.tables import Table
from geo.errors import DataError
from geo.policy import LATEST_END
from geo.view import LANGS

CITY: Final = "city"
PAYERS: Final = ("not Mérida", "not aid", "Payer not found")
"""Words of `who_paid_en` that decide what is said of a site: any other would claim Mérida money."""


@row_rule("essay_figures", "essay_checks")
def a_figure_of_the_essay_says_what_its_check_found(row: Row, checks: Table) -> Iterator[Slip]:
    """The words of a check are the same in both tables, and a share is a share."""
    status, words = row["check_status"], row["check_en"]
    check = by_key(checks, "essay_ref").get(row["check_ref"])
    for field in ("check_en", "check_es"):
        if check and row[field] != check[field]:
            problem = f"it is not what row {row['check_ref']} of {checks.file} found"
            allowed = f"the words there: {check[field][:60]!r}"
            mend = "Write the same words in both tables, or correct check_ref."
            yield field, problem, allowed, mend
    source = check["essays_own_source"] if check else ""
    if source and row["essay_source"] != source:
        problem = f"{row['essay_source']!r} is not the source in {checks.file}"
        yield "essay_source", problem, source, "Correct it here or there."
    if row["unit"] == "percent" and row["value"] is not None and row["value"] > 100:
        yield "value", f"{row['value']} is no share", "1 to 100 percent", "Correct it."
    if not re.match(r"(part \d|priority [1-5]|note \d+)", row["essay_ref"]):
        problem = f"{row['essay_ref']!r} is no place of the essay"
        allowed = "part, priority or note with its number, such as priority 2"
        yield "essay_ref", problem, allowed, "Correct it."
    if (status == "not_checked") != words.startswith("Source not read") or (
        words.startswith("Not found") and status != "not_found"
    ):
        problem = f"{status} does not go with {words[:40]!r}"
        allowed = "not_checked where the source was not read, not_found where nothing was found"
        yield "check_status", problem, allowed, "Correct check_status or the words."


@rule("essay_checks")
def statements_of_the_essay_are_numbered_in_its_order(checks: Table) -> Iterator[DataError]:
    """From 1, without a gap."""
    for at, (number, row) in enumerate(checks.rows.items(), 1):
        if checks.complete and row["essay_ref"] != str(at):
            problem = f"{row['essay_ref']} follows {at - 1}"
            yield checks.fault(number, "essay_ref", problem, str(at), "Number them in order.")
            return


SIDES: Final = {
    "mexico": ("Mexico",),
    "united_states": ("United States",),
    "both": ("spans", "terminal"),
}
"""Side of a site → how the words on its side begin."""


@row_rule("sites", "municipalities")
def a_site_has_a_point_or_a_stretch_and_says_who_paid(
    row: Row, municipalities: Table
) -> Iterator[Slip]:
    """Cities and facilities hold what their kind needs, and no wording claims Mérida money."""
    point, city, precision = row["lat"] is not None, row["kind"] == CITY, row["location_precision"]
    if point == bool(row["stretch"]) or point != (row["lon"] is not None):
        field = "lon" if point and row["lon"] is None else "lat"
        problem = "a site is known by a point or by a stretch"
        allowed = "lat and lon, or a stretch, and not both"
        yield field, problem, allowed, "Fill in lat and lon, or the stretch."
    if point != (precision is not None):
        known = f"the site is known by a {'point' if point else 'stretch'}"
        problem = f"location_precision is {precision or 'blank'}, but {known}"
        allowed = "1 to 4 for a point, blank for a stretch"
        yield "location_precision", problem, allowed, "Correct it."
    yield from wrong_state(row, municipalities)
    wanted = {
        "opened": not city,
        **({} if city else {"source_ids": True}),
        "who_paid_en": not city,
        "who_paid_es": not city,
        "state": row["side"] != "united_states",
    }
    for field, filled in wanted.items():
        if bool(row[field]) != filled:
            what = "a site on the other side" if field == "state" else f"a {row['kind']}"
            problem = f"{field} is {'filled' if row[field] else 'blank'} for {what}"
            allowed = f"{field} {'filled' if filled else 'blank'} here"
            yield field, problem, allowed, f"Correct {field}, or the kind or side of the site."
    if city and (row["side"] != "mexico" or not row["cvegeo"]):
        field = "side" if row["side"] != "mexico" else "cvegeo"
        problem = "the essay's cities are Mexican municipalities"
        yield field, problem, "side mexico, with a cvegeo", "Correct it."
    if precision == 4 or (city and precision != 3):
        problem = f"{precision} is not how well such a site is known"
        yield "location_precision", problem, "3 for a city, 1 to 3 for a facility", "Correct it."
    if not row["side_of_border"].startswith(SIDES[row["side"]]):
        problem = f"side is {row['side']}, but side_of_border is {row['side_of_border'][:40]!r}"
        yield "side", problem, "the same side in both", "Correct side or side_of_border."
    if row["who_paid_en"] and not any(word in row["who_paid_en"] for word in PAYERS):
        problem = f"{row['who_paid_en'][:60]!r} would be a claim that Mérida paid"
        allowed = f"words with one of: {', '.join(PAYERS)}"
        mend = "Say it with one of these, or change geo/atlas/sites.py if it was shown."
        yield "who_paid_en", problem, allowed, mend
    english, spanish = (set(ACTIVITY_ID.findall(row[f"check_{lang}"])) for lang in LANGS)
    for code in english ^ spanish:
        problem = f"{code} stands in one of check_en and check_es only"
        yield "check_es", problem, "the same activities in both languages", "Correct one of them."
    if row["opened"] and not 1990 <= int(row["opened"][:4]) <= LATEST_END:
        problem = f"{row['opened']} is out of range"
        yield "opened", problem, f"years from 1990 to {LATEST_END}", "Correct the year."


@rule("timeline")
def the_timeline_runs_from_the_agreement_to_the_end(events: Table) -> Iterator[DataError]:
    """In order of dates, each with a source or a note on it."""
    before = ""
    for number, row in events.rows.items():
        if row["date"] < before:
            problem = f"{row['date']} stands after {before}"
            allowed = f"{before} or later: the rows stand in order"
            yield events.fault(number, "date", problem, allowed, "Correct it or move the row.")
        before = max(before, row["date"])
        if not row["source_ids"] and not row["source_note"]:
            problem = "the event has no source"
            allowed = "a source, or a note on how it is known"
            yield events.fault(number, "source_ids", problem, allowed, "Fill it in.")
        if not 2006 <= int(row["date"][:4]) <= LATEST_END:
            problem = f"{row['date']} is outside the time of the Initiative"
            allowed = f"2006 to {LATEST_END}"
            yield events.fault(number, "date", problem, allowed, "Correct the year.")
    rows = list(events.rows.items())
    for at, kind in ((0, "agreement"), (-1, "end")):
        if rows and events.complete:
            for number, row in rows:
                if (row["kind"] == kind) != (row is rows[at][1]):
                    problem = f"kind is {row['kind']!r} in {row['event_id']}"
                    allowed = f"{kind} for the {'first' if at == 0 else 'last'} event, and only it"
                    yield events.fault(number, "kind", problem, allowed, "Correct the kind.")


@rule("activities", "sites", "overlaps", "national_facts", "essay_checks", "essay_figures")
def activities_named_in_a_text_are_there(activities: Table, *tables: Table) -> Iterator[DataError]:
    """`M042` in a text is an activity of the ledger."""
    known = {row["activity_id"] for row in activities.texts.values()}
    for table in (activities, *tables):
        for number, row in table.rows.items():
            for field, value in row.items():
                if isinstance(value, str) and "M" in value and field not in KEYS:
                    for code in set(ACTIVITY_ID.findall(value)) - known:
                        problem = f"{code} is no activity of the ledger"
                        allowed = f"an activity_id of {activities.file}"
                        mend = "Correct the id, or add the activity."
                        yield table.fault(number, field, problem, allowed, mend)


KEYS: Final = ("activity_id", "other_id", "part_of")
"""Fields that are keys themselves."""
