"""The controls: one widget for each choice of the view, all in step with the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from geo.language import (
    EVIDENCE_NAMES,
    FOUND_NAMES,
    KINDS,
    LAYER_NAMES,
    MEASURE_NAMES,
    NAMED_NAMES,
    NEED_NAMES,
    PRIORITY_NAMES,
    RECIPIENTS,
    SCHEME_NAMES,
    SHOW_NAMES,
    SPLIT_NAMES,
    WEAK_NAMES,
    Say,
    folded,
)
from geo.view import (
    CLASS_COUNTS,
    DOLLARS,
    EVIDENCE,
    FOUND,
    GIVEN,
    LAYERS,
    MEASURES,
    NAMED,
    PAYER_NAMES,
    PERS,
    PILLAR_NUMBERS,
    PILLARS,
    SCHEMES,
    SHOWS,
    SPLITS,
    STATE_CODES,
    WEAK,
    YEARS,
    normal_given,
    normal_layers,
    normal_pillars,
)
from geo.words import DOLLARS_NAMES
from pages import _reader


def seed(key: str, value: Any, *, always: bool = False) -> None:
    """Bring a widget into step with the view; in a reader's first run, leave it to its default."""
    if not _reader.is_new() and (always or st.session_state.get(key) != value):
        st.session_state[key] = value


def heed(chosen: Any, shown: Any, take: Callable[[Any], None]) -> None:
    """Follow a choice that came without its session: the server forgot a tab that slept too long.

    The browser then sends the state of its widgets to a session that has none yet, so no callback
    tells of the choice that woke it.
    """
    if _reader.is_new() and chosen != shown:
        take(chosen)
        st.rerun()


def bound(
    widget: Callable[..., Any],
    label: str,
    *given: Any,
    key: str,
    shown: Any,
    take: Callable[[Any], None],
    read: Callable[[Any], Any] = lambda chosen: chosen,
    options: Sequence[Any] | None = None,
    always: bool = False,
    seeded: bool = False,
    **looks: Any,
) -> None:
    """A widget in step with a choice: it shows what holds, and `take` is told what is chosen.

    `given` and `looks` are the widget's own arguments. `read` turns what the widget holds into
    the choice; with `options` nothing else is one. It is seeded `always` or not at all as `seed`
    says, and by the caller where `seeded`.
    """
    if not seeded:
        seed(key, shown, always=always)
    chosen = widget(
        label, *given, key=key, on_change=lambda: take(read(st.session_state[key])), **looks
    )
    if options is None or chosen in options:
        heed(read(chosen), shown, take)


def _picked(field: str, options: Sequence[Any], of: str) -> Callable[[Any], None]:
    """Takes a choice over into the view's `field`, where it is not what the view holds `of` it.

    The text of an option that no longer reads so is no choice, nor is what the view has anyway:
    a hasty reader's browser still tells of a widget that has just left the page.
    """

    def take(value: Any) -> None:
        if value in options and value != getattr(_reader.view(), of):
            _reader.change(**{field: value})

    return take


def _buttons(
    field: str,
    options: Sequence[Any],
    label: str,
    names: Callable[[Any], str],
    *,
    hint: str | None = None,
    **looks: Any,
) -> None:
    shown = getattr(_reader.view(), field)
    bound(
        st.segmented_control,
        label,
        options,
        key=f"w_{field}",
        shown=shown,
        take=_picked(field, options, field),
        default=shown,
        format_func=names,
        required=True,
        help=hint,
        **looks,
    )


def _menu(
    field: str,
    options: Sequence[Any],
    label: str,
    names: Callable[[Any], str],
    *,
    of: str = "",
    hint: str | None = None,
) -> None:
    shown = getattr(_reader.view(), of or field)
    # Set in every run, not only when it differs: the browser sends a menu's choice back as its
    # text, which means nothing once the same option reads otherwise (another language, say).
    bound(
        st.selectbox,
        label,
        options,
        key=f"w_{of or field}",
        shown=shown,
        take=_picked(field, options, of or field),
        options=options,
        always=True,
        index=options.index(shown),
        format_func=names,
        help=hint,
    )


def _pills(
    field: str,
    options: Sequence[Any],
    label: str,
    names: Callable[[Any], str],
    read: Callable[[Any], Any],
    *,
    hint: str | None = None,
) -> None:
    key, shown = f"w_{field}", getattr(_reader.view(), field)
    if sorted(map(str, st.session_state.get(key) or [])) != sorted(map(str, shown)):
        seed(key, list(shown))
    bound(
        st.pills,
        label,
        options,
        key=key,
        shown=shown,
        take=lambda value: _reader.change(**{field: value}),
        read=read,
        seeded=True,
        default=list(shown),
        format_func=names,
        selection_mode="multi",
        help=hint,
    )


def _named(table: Mapping[Any, Say]) -> Callable[[Any], str]:
    say = _reader.say()
    return lambda option: table[option](say)


def measure(*, bare: bool = False) -> None:
    """Activities or dollars; `bare` in a row that has no room for a label."""
    say = _reader.say()
    _buttons(
        "measure",
        MEASURES,
        say.t("Measure"),
        _named(MEASURE_NAMES),
        hint=None
        if bare
        else say.t(
            "Activities: events, deliveries, courses and programmes that a source documents in a "
            "state; one counts once in each state it reaches. Dollars: amounts that a source ties "
            "to the state; pesos are converted at the year's average rate."
        ),
        label_visibility="collapsed" if bare else "visible",
    )


def dollars() -> None:
    """Dollars as published, or at the prices of one year."""
    say = _reader.say()
    _menu(
        "dollars",
        DOLLARS,
        say.t("Which dollars"),
        _named(DOLLARS_NAMES),
        hint=say.t("Where dollars are shown. Constant: by U.S. consumer prices (CPI-U)."),
    )


def show() -> None:
    """Number, share, ratio or gap."""
    say = _reader.say()
    _menu("show", SHOWS, say.t("Show"), _named(SHOW_NAMES))


def per(*, against: bool = False, bare: bool = False) -> None:
    """The need that aid is compared with; with `against`, as one that there always is."""
    say = _reader.say()
    view = _reader.view()
    relative = against or view.show in ("ratio", "gap")
    _menu(
        "per",
        PERS[1:] if relative else PERS,
        say.t("Compare with"),
        _named(NEED_NAMES),
        # Two menus, so that what the browser still says of one is never taken for the other.
        of="need" if relative else "per",
        hint=None
        if bare
        else say.t(
            "Population: Census 2020. Homicides: deaths by year of occurrence, summed over the "
            "years chosen. People in poverty: CONEVAL's municipal rates of 2020 × Census 2020."
        ),
    )


def evidence() -> None:
    """Which evidence counts, and how what names several states is shared."""
    say = _reader.say()
    view = _reader.view()
    _buttons(
        "evidence",
        EVIDENCE,
        say.t("Aid to several states"),
        _named(EVIDENCE_NAMES),
        hint=say.t(
            "Some activities name several states and not how much each got. Left out, only what a "
            "source ties to the one state counts. Shared out, they are split by the rule below."
        ),
    )
    if view.evidence == "attributed":
        _buttons("split", SPLITS, say.t("Share it out"), _named(SPLIT_NAMES))
    weak()
    found()
    named()


def weak() -> None:
    """Whether weak evidence counts."""
    say = _reader.say()
    _buttons(
        "weak",
        WEAK,
        say.t("Weak sources"),
        _named(WEAK_NAMES),
        hint=say.t(
            "Offers, plans, undated reports, federal institutions and other evidence that does "
            "not show that aid reached the state."
        ),
    )


def found() -> None:
    """Which search's finds count."""
    say = _reader.say()
    _menu(
        "found",
        FOUND,
        say.t("Search"),
        _named(FOUND_NAMES),
        hint=say.t(
            "The equal-effort searches asked the same questions for every state, eight in the "
            "first and six in the second. The targeted ones followed the essay's places, or met "
            "something by the way. They are biased in opposite ways."
        ),
    )


def named() -> None:
    """Whether only what a source calls Mérida counts."""
    say = _reader.say()
    _menu(
        "named",
        NAMED,
        say.t("What the sources call it"),
        _named(NAMED_NAMES),
        hint=say.t(
            "The ledger counts security aid of the U.S. government to Mexican states. Many sources "
            "name the agency that gave it and not the Initiative."
        ),
    )


def given() -> None:
    """Who paid, what for and who received it: what few readers ask, behind one button."""
    say, view = _reader.say(), _reader.view()
    chosen = sum(len(getattr(view, name)) for name in GIVEN)
    label = say.t("Payer, kind, recipient")
    with st.expander(f"{label} · {chosen}" if chosen else label, key="given"):
        _given(
            "funder",
            say.t("Who paid"),
            PAYER_NAMES,
            say.t("As the sources say it: the Initiative, an agency, several, or nobody named."),
        )
        _given("kind", say.t("Kind of aid"), KINDS, say.t("What the activity mainly gave."))
        _given(
            "recipient",
            say.t("Who received it"),
            RECIPIENTS,
            say.t(
                "The level of government, or civil society; several levels are their own choice."
            ),
        )


def _given(field: str, label: str, names: Mapping[str, Say], hint: str) -> None:
    say = _reader.say()

    def name(option: str) -> str:
        told = names[option](say)
        return told[:1].upper() + told[1:]

    options = GIVEN[field]
    _pills(field, options, label, name, lambda chosen: normal_given(field, chosen), hint=hint)


def pillars() -> None:
    """Which of the five priorities."""
    say = _reader.say()
    _pills(
        "pillar",
        PILLAR_NUMBERS,
        say.t("Priorities"),
        lambda number: f"{number} · {PRIORITY_NAMES[PILLARS[number]](say)}",
        normal_pillars,
        hint=say.t(
            "Numbered as in the essay. None chosen means all, with what is filed under several."
        ),
    )


def years() -> None:
    """The span of years."""
    say = _reader.say()
    view = _reader.view()
    shown = (view.from_year, view.to_year)
    bound(
        st.select_slider,
        say.t("Years"),
        YEARS,
        key="w_years",
        shown=shown,
        take=lambda span: _reader.change(from_year=span[0], to_year=span[1]),
        value=shown,
        help=say.t(
            "An activity counts when its period touches the span, with its whole amount. Undated "
            "ones count only with the whole period."
        ),
    )


def layers() -> None:
    """What is drawn over the states."""
    say = _reader.say()
    _pills("layers", LAYERS, say.t("Layers"), _named(LAYER_NAMES), normal_layers)


def classes() -> None:
    """How values are grouped into colours."""
    say = _reader.say()
    _menu("scheme", SCHEMES, say.t("Class breaks"), _named(SCHEME_NAMES))
    _buttons("k", CLASS_COUNTS, say.t("Classes"), str)


def state() -> None:
    """The selected state, for whoever does not use the map."""
    say = _reader.say()
    atlas = _reader.atlas()
    names = {"": say.t("All Mexico")} | {
        code: state.names[say.lang] for code, state in atlas.states.items()
    }
    ordered = sorted(STATE_CODES, key=lambda code: folded(names[code]))
    _menu("state", ("", *ordered), say.t("State"), names.__getitem__)
