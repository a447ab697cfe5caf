"""The values of a view as the script of the Map page puts them in place, made as the page is made.

No number is computed and no sentence is made in the browser: what stands here comes from the same
functions as the page, the API and the paint, and a test compares all of them.
"""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from geo.atlas import Atlas, json_text
from geo.chapters.map import (
    chips_html,
    finding_html,
    legend_html,
    national_html,
    nothing_left_html,
    paint_payload,
    panel_told,
    profile_html,
    remainder_html,
    remainder_lead_html,
    state_panel_html,
    what_html,
)
from geo.drawing import note_html
from geo.edition.held import key_of, spelled
from geo.language import speech
from geo.scene import build_scene
from geo.view import LANGS, STATE_CODES, View
from geo.words import choices_named, description_html, need_label, number_text, tell

RANK: Final = "{rank}"
LONG: Final = re.compile(r'class="ma-headline([^"]*)"')

Rewritten = Callable[[str, str], str]
"""HTML of the live atlas and its language → the same with addresses of the edition."""


def values_of(atlas: Atlas, view: View, rewritten: Rewritten) -> dict[str, Any]:
    """What of the Map page follows the view, but for the state that is chosen.

    `html` are the parts of the page by where they stand. The columns of the ranking are in the
    order of the INEGI codes, `order` is that of the ranking. `measured` are the distinct texts
    beside a state's number, with `{rank}` for its rank, and `is` says which of them is a state's.
    """
    scene, say, telling = build_scene(atlas, view), speech(view.lang), tell(atlas, view)
    paint = paint_payload(atlas, scene, view, say)
    told = {code: panel_told(atlas, scene, code, say) for code in STATE_CODES}
    ranks = {s.code: say.number(s.rank) if s.rank else "" for s in scene.states}
    measured = {
        code: one.measured.replace(one.ranked, one.ranked.replace(ranks[code], RANK, 1))
        if one.ranked
        else one.measured
        for code, one in told.items()
    }
    texts = list(dict.fromkeys(measured.values()))
    plain = scene.view.with_(show="value", per="none")
    parts = {
        "head": finding_html(telling) + what_html(scene, view, say),
        "legend": legend_html(telling.legend, scene, say),
        "chips": chips_html(choices_named(view, say), say) + nothing_left_html(scene, view, say),
        "panel": state_panel_html(atlas, scene, view, say),
        "remainder": remainder_html(telling, say),
        "lead": remainder_lead_html(telling, say),
        "filters": note_html(telling.filters),
        "described": description_html(atlas, scene, say, view.state),
        "national": national_html(scene, say),
    }
    return {
        "html": {name: rewritten(str(part), view.lang) for name, part in parts.items()},
        "headline": telling.headline,
        "rest": telling.caveat[len(telling.alike) :].strip(),
        "fills": list(paint["fills"]),
        "at": [paint["at"][code] for code in STATE_CODES],
        "order": [STATE_CODES.index(state.code) for state in scene.ranked],
        "rank": [ranks[code] for code in STATE_CODES],
        "value": [told[code].value for code in STATE_CODES],
        "words": "".join("1" if told[code].kind else "0" for code in STATE_CODES),
        "share": [told[code].facts[0][1] for code in STATE_CODES],
        "need": [told[code].facts[1][1] for code in STATE_CODES],
        "ratio": [told[code].facts[2][1] for code in STATE_CODES],
        "other": [told[code].traits[0] for code in STATE_CODES],
        "measured": texts,
        "is": [texts.index(measured[code]) for code in STATE_CODES],
        "column": say.t("Share of {need}", need=need_label(view, say)),
        "sum": say.t("Sum of the states: {total}", total=number_text(scene.total, plain, say)),
    }


def findings_of(atlas: Atlas, view: View) -> list[list[str]]:
    """Of each state, under a view: its finding, what that is by even search, how it is set."""
    found = []
    for code in STATE_CODES:
        telling = tell(atlas, view.with_(state=code))
        kind = LONG.search(str(finding_html(telling)))
        found.append([telling.headline, telling.alike, kind[1] if kind else ""])
    return found


def pack_js(name: str, views: Iterable[View], make: Callable[[View], Any]) -> bytes:
    """A script that hands over what is made of each view, by language and key, compressed."""
    held: dict[str, dict[str, Any]] = {lang: {} for lang in LANGS}
    for view in views:
        key = key_of(spelled(view))
        first = make(view)
        held[view.lang][key] = first
        for lang in LANGS:
            if lang == view.lang:
                continue
            told = make(view.with_(lang=lang))
            if isinstance(told, dict):
                # What is the same in both languages stands in the first alone.
                told = {part: text for part, text in told.items() if text != first[part]}
            held[lang][key] = told
    return script_js(name, held)


def script_js(name: str, told: Any) -> bytes:
    """A script that hands `told` to `edition.js`: a page of a file may load nothing else."""
    packed = gzip.compress(json_text(told).encode(), 9, mtime=0)
    text = base64.b64encode(packed).decode("ascii")
    return f'window.atlasHeld("{name}","{text}");\n'.encode()


def profiles_of(atlas: Atlas, lang: str, rewritten: Rewritten) -> list[str]:
    """The need and evidence of each state under no filter."""
    view = View(lang=lang)
    scene, say = build_scene(atlas, view), speech(lang)
    return [rewritten(str(profile_html(atlas, scene, c, say)), lang) for c in STATE_CODES]
