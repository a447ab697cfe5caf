"""The Contribute evidence page: a form, what the check finds, and before and after."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from geo.chapters.contribute import (
    PARTS,
    TEXTS,
    Draft,
    asked_of,
    brought,
    drafted,
    effect_html,
    fault_html,
    hint,
    is_needed,
    label,
    needs_html,
    options,
    picker_html,
    result_html,
    send_html,
)
from geo.contribution import fields_of, text_limits
from geo.drawing import note_html
from geo.policy import LONGEST_CELL, MOST_CONTRIBUTED_BYTES, MOST_CONTRIBUTED_PLACES
from pages import _reader
from pages._head import head
from pages._show import show

DRAFT: Final = "contribution"
"""Where the session keeps the draft; it goes with the session, and stands in no address."""

COUNT: Final = "c_count"
FILE: Final = "c_file"
LANG: Final = "c_lang"
MORE: Final = ("count", "count_unit", "lat", "lon", "coord_source", "place_note")
"""Fields of a place that few documents fill."""

LONG: Final = ("title_en", "title_es", "note", "place_note")
"""Fields that get the width of the form."""

atlas, view, say = _reader.atlas(), _reader.view(), _reader.say()


def draft() -> Draft:
    """What this session has."""
    found: Draft = st.session_state.get(DRAFT) or Draft()
    return found


def key_of(part: str, number: int, field: str) -> str:
    """The key of a field's widget."""
    return f"c_{part}_{number}_{field}"


def rows_of(part: str) -> int:
    """How many rows of a part the form has: places as asked for, documents as they were brought."""
    if part == "places":
        return max(1, min(int(st.session_state.get(COUNT) or 1), MOST_CONTRIBUTED_PLACES))
    one = draft().contribution
    return max(1, len(one.sources)) if one and part == "sources" else 1


def check() -> None:
    """The form was sent: keep it as a draft, with what the check finds."""
    filled = {
        (part, number, field): as_text(st.session_state.get(key_of(part, number, field)))
        for part in PARTS
        for number in range(1, rows_of(part) + 1)
        for field in asked_of(part)
    }
    texts = {name: str(st.session_state.get(f"c_{name}") or "") for name in TEXTS}
    st.session_state[DRAFT] = drafted(filled, texts, atlas)


def as_text(value: Any) -> str:
    """What a widget holds, as it would stand in a table."""
    return ";".join(value) if isinstance(value, list | tuple) else str(value or "")


def bring() -> None:
    """The text of a file was given: fill the form from it, or say why it is none."""
    opened = brought(str(st.session_state.get(FILE) or ""), atlas, view.lang)
    st.session_state[DRAFT] = opened
    if opened.contribution is not None:
        fill(opened)


def fill(opened: Draft) -> None:
    """Bring every field into step with a draft."""
    one = opened.contribution
    if one is None:
        return
    st.session_state[COUNT] = max(1, len(one.places))
    rows = {"activity": (one.activity,), "places": one.places, "sources": one.sources}
    new = {row.get("source_id", "") for row in one.sources}
    for part, given in rows.items():
        for number, row in enumerate(given, 1):
            for field in asked_of(part):
                value: Any = row.get(field, "")
                if field == "source_ids":
                    value = [key for key in value.split(";") if key in atlas.sources]
                    value = [key for key in value if key not in new]
                st.session_state[key_of(part, number, field)] = value
    for name in TEXTS:
        st.session_state[f"c_{name}"] = getattr(one, name)


def ask(part: str, number: int, field: str) -> None:
    """One field with its help, and under it what is wrong with it."""
    described = next(one for one in fields_of(part, atlas.data) if one["name"] == field)
    name = label(part, field, say) + (" *" if is_needed(atlas, part, field) else "")
    key, told = key_of(part, number, field), hint(part, field, say)
    choices = options(atlas, described, say)
    if field == "source_ids":
        titles = {key: f"{key} · {one.title}" for key, one in atlas.sources.items()}
        st.multiselect(
            name,
            list(titles),
            format_func=titles.__getitem__,
            key=key,
            placeholder="",
            help=told,
        )
    elif choices:
        if st.session_state.get(key) not in ("", None, *choices):
            st.session_state[key] = ""
        words = {"": "–", **choices}
        st.selectbox(name, list(words), format_func=words.__getitem__, key=key, help=told)
    else:
        st.text_input(name, key=key, max_chars=LONGEST_CELL, help=told)
    for fault in draft().faults_at(part, number, field):
        show(fault_html(atlas, fault, say))


def ask_all(part: str, number: int, fields: tuple[str, ...]) -> None:
    """Fields in two columns, long ones over both."""
    pair: list[str] = []
    for field in (*fields, ""):
        if field and field not in LONG:
            pair.append(field)
        if pair and (len(pair) == 2 or field in LONG or not field):
            for column, one in zip(st.columns(2), pair, strict=False):
                with column:
                    ask(part, number, one)
            pair = []
        if field in LONG:
            ask(part, number, field)


def form() -> None:
    """The whole form; what is typed is sent when it is to be checked, and not before."""
    with st.form("contribute", border=False):
        for part, title in PARTS.items():
            for number in range(1, rows_of(part) + 1):
                several = f" {number}" if rows_of(part) > 1 else ""
                st.subheader(title(say) + several, anchor=False)
                fields = tuple(one for one in asked_of(part) if one not in MORE or part != "places")
                ask_all(part, number, fields)
                if part == "places":
                    with st.expander(say.t("More about this place"), expanded=more(number)):
                        ask_all(part, number, MORE)
        st.subheader(say.t("Beside the rows"), anchor=False)
        st.text_area(
            label("", "words", say),
            key="c_words",
            max_chars=text_limits()["words"],
            help=hint("", "words", say),
        )
        for column, name in zip(st.columns(2), ("name", "contact"), strict=True):
            with column:
                st.text_input(
                    label("", name, say),
                    key=f"c_{name}",
                    max_chars=text_limits()[name],
                    help=hint("", name, say),
                )
        for name in TEXTS:
            for fault in draft().faults_at(name, 0, name):
                show(fault_html(atlas, fault, say))
        st.form_submit_button(
            say.t("Check it, and show what it would change"), on_click=check, type="primary"
        )


def more(number: int) -> bool:
    """Whether something is filled in, or wrong, among what few documents fill."""
    return any(
        st.session_state.get(key_of("places", number, field))
        or draft().faults_at("places", number, field)
        for field in MORE
    )


if (
    st.session_state.get(LANG) != view.lang
    or key_of("activity", 1, "title_en") not in st.session_state
):
    # Opened anew, or in another language, in which a choice is another text.
    st.session_state[LANG] = view.lang
    fill(draft())
    st.session_state.setdefault(key_of("places", 1, "state"), view.state)
st.session_state[DRAFT] = now = draft().at(atlas, view)

head(*_reader.told())
show(needs_html(atlas, say))
with st.expander(say.t("Go on with a file you made here before")):
    show(picker_html(FILE, say))
    with st.form("bring", border=False):
        st.text_area(
            say.t("Or put its text here"), key=FILE, max_chars=MOST_CONTRIBUTED_BYTES, height=100
        )
        st.form_submit_button(say.t("Open it"), on_click=bring)
if now.trouble:
    show(note_html(now.trouble))
st.number_input(say.t("How many places"), 1, MOST_CONTRIBUTED_PLACES, key=COUNT, step=1, width=220)
form()
if now.contribution is not None:
    show(result_html(atlas, now.faults, say))
    if now.effect is not None:
        show(effect_html(atlas, now.effect, view, say), send_html(now.contribution, atlas, say))
