"""The reader's state: the view and the page's own choices, kept in step with the address.

The address is the only spelling of the view. It is read when a reader arrives, goes back or
edits it; after a change of a widget it is written. Nothing else is kept between runs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from geo.atlas import Atlas, load_atlas
from geo.chapters import Chapter
from geo.language import Speech, speech
from geo.view import CONTROLS, FINGERPRINT, LANGS, Notice, View, language_met, last_of, read_query

STATE = "reader"


@dataclass(frozen=True)
class Reader:
    """A reader at one moment: the view, its address as last written, the page, and notices.

    `own` is what the page keeps beside the view, None where it keeps nothing.
    `mark` is the fingerprint of the link the reader came by, until the first change.
    `controls` says whether an embedded map has any.
    `changed` tells the next run that a widget changed the view; `arrived` tells the run under way
    that the page is being opened, and `new` that the server has not met this reader before.
    """

    view: View
    spelled: dict[str, str]
    page: Chapter
    own: Any = None
    notices: tuple[Notice, ...] = ()
    mark: str = ""
    controls: bool = False
    changed: bool = False
    arrived: bool = True
    new: bool = True
    fresh: bool = True


def atlas() -> Atlas:
    """The loaded atlas, shared by all readers."""
    return load_atlas()


def arrive(page: Chapter) -> None:
    """Bring the view and the address into step at the start of a run of a page.

    On the way to another page the view goes along; what the page kept does not.
    """
    query = asked()
    address = {name: ",".join(values) for name, values in query.items()}
    reader: Reader | None = st.session_state.get(STATE)
    new = reader is None
    arrived = reader is None or reader.page.path != page.path
    if reader is None:
        reader = _read(query, page)
    elif reader.changed and not arrived:
        reader = replace(reader, changed=False)
    elif arrived and (reader.changed or not address):
        reader = replace(reader, changed=False, page=page, own=page.keeps.read({})[0])
    elif arrived or address != reader.spelled:
        reader = _read(query, page)
    spelled = _spell(_spelled(page, reader), address)
    reader = replace(reader, spelled=spelled, arrived=arrived, new=new, fresh=True)
    st.session_state[STATE] = reader


def keep_step() -> None:
    """Bring address and title into step at the start of a fragment, which may run without the page.

    What needs more than the fragment, a change of language, asks for the whole page instead.
    """
    reader: Reader = st.session_state[STATE]
    if reader.fresh:
        st.session_state[STATE] = replace(reader, fresh=False)
        return
    spoken = reader.spelled.get("lang", LANGS[0])
    if reader.view.lang != spoken:
        st.rerun()
    spelled = _spell(_spelled(reader.page, reader), reader.spelled)
    st.session_state[STATE] = replace(
        reader, spelled=spelled, changed=False, arrived=False, new=False
    )
    st.set_page_config(page_title=title())


def expected_language() -> str:
    """The language the run will speak, before it is known which page it opens."""
    reader: Reader | None = st.session_state.get(STATE)
    query = asked()
    if reader is not None and (reader.changed or not query):
        return reader.view.lang
    return read_query(met(query))[0].lang


def is_first() -> bool:
    """Whether no page has run yet for this reader, as far as this server knows."""
    return STATE not in st.session_state


def _now() -> Reader:
    reader: Reader = st.session_state[STATE]
    return reader


def _changed(**what: Any) -> None:
    st.session_state[STATE] = replace(_now(), notices=(), mark="", changed=True, **what)


def change(**choices: Any) -> None:
    """Change the view from a widget's callback; what a link got wrong is then forgotten."""
    _changed(view=view().with_(**choices))


def change_own(own: Any) -> None:
    """Change what the page keeps beside the view, from a widget's callback."""
    _changed(own=own)


def own() -> Any:
    """What the page keeps beside the view."""
    return _now().own


def title() -> str:
    """The title of the document, the same as the served page has."""
    return _now().page.title(atlas(), view(), own())


def told() -> tuple[str, str]:
    """Finding and description of the page, the same as its link unfolds to."""
    return _now().page.told(atlas(), view(), own(), say())


def view() -> View:
    """The view of the run under way."""
    return _now().view


def notices() -> tuple[Notice, ...]:
    """What of the link could not be used; forgotten at the reader's first change."""
    return _now().notices


def mark() -> str:
    """The fingerprint of the link the reader came by; forgotten at the first change."""
    return _now().mark


def controls() -> bool:
    """Whether the link asked for an embedded map with controls."""
    return _now().controls


def arrived() -> bool:
    """Whether this run opens the page, and is no change of what is on it."""
    return _now().arrived


def is_new() -> bool:
    """Whether this is the first run for this reader, as far as this server knows."""
    return _now().new


def say() -> Speech:
    """The reader's language."""
    return speech(view().lang)


def _spell(spelled: dict[str, str], address: dict[str, str]) -> dict[str, str]:
    if address != spelled:
        st.query_params.from_dict(spelled)
    return spelled


def _spelled(page: Chapter, reader: Reader) -> dict[str, str]:
    """The address of the reader's choices; English too is named where another would be met."""
    spelled = page.spell(reader.view, reader.own)
    return spelled if _browser_asks_for() == LANGS[0] else spelled | {"lang": reader.view.lang}


def _browser_asks_for() -> str:
    return language_met(st.context.headers.get("Accept-Language") or "")


def asked() -> dict[str, list[str]]:
    """The parameters of the address with all their values."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def met(query: dict[str, list[str]]) -> dict[str, list[str]]:
    """`query` with the language that the browser asks for, where it names none."""
    return query if last_of(query, "lang") else query | {"lang": [_browser_asks_for()]}


def _read(query: dict[str, list[str]], page: Chapter) -> Reader:
    query = met(query)
    chosen, own, notices = page.read(query, atlas().state_named)
    mark = query.get(FINGERPRINT, [""])[-1]
    controls = query.get(CONTROLS, [""])[-1] == "true"
    return Reader(chosen, {}, page, own, notices, mark, controls)
