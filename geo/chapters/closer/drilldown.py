"""From a state down to its municipalities: which ones an activity names, and which none does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from geo.atlas import Activity, Atlas, Municipality, municipalities_of
from geo.drawing import DrilledState, dot_html, each, panel_html, pick_table_html, told_html
from geo.language import PRIORITY_NAMES, Speech
from geo.policy import SCENES_KEPT
from geo.scene import Scene, counted_in, ramp
from geo.words import period_text, unnamed_text


@dataclass(frozen=True, slots=True, eq=False)
class Drilldown:
    """A state's municipalities with the selected activities that name them.

    `named` holds only municipalities with evidence, most activities first; `silent` counts the
    others, of which no municipal evidence is known, which is not zero. `state_only` are the
    activities that reach the state and name no municipality of it.
    """

    code: str
    named: tuple[tuple[Municipality, tuple[Activity, ...]], ...]
    silent: int
    state_only: tuple[Activity, ...]

    @property
    def most(self) -> int:
        """The most activities that one municipality has."""
        return max((len(found) for _, found in self.named), default=0)


@lru_cache(maxsize=SCENES_KEPT)
def drill(atlas: Atlas, scene: Scene, code: str) -> Drilldown:
    """The municipalities of a state under a view, by INEGI code."""
    found: dict[str, list[Activity]] = {}
    state_only = []
    for activity, places in counted_in(scene):
        inside = {at.cvegeo for at in places if at.state == code}
        for cvegeo in sorted(inside - {""}):
            found.setdefault(cvegeo, []).append(activity)
        if inside == {""}:
            state_only.append(activity)
    known = municipalities_of(code, atlas.data)
    named = [(one, tuple(found[one.cvegeo])) for one in known if one.cvegeo in found]
    named.sort(key=lambda pair: (-len(pair[1]), pair[0].name))
    return Drilldown(code, tuple(named), len(known) - len(named), tuple(state_only))


def drilled_state(atlas: Atlas, scene: Scene, code: str, say: Speech) -> DrilledState:
    """What the map needs to show it."""
    made = drill(atlas, scene, code)
    return {
        "state": code,
        "at": {one.cvegeo: len(found) - 1 for one, found in made.named},
        "fills": ramp(made.most),
        "labels": {
            one.cvegeo: say.n(
                "{count} documented activity", "{count} documented activities", len(found)
            )
            for one, found in made.named
        },
        "silent": say.t("no municipal evidence known"),
    }


def drill_html(atlas: Atlas, scene: Scene, code: str, say: Speech) -> Markup:
    """The municipalities with evidence as a table, and what is known only of the state."""
    title = say.t("Municipalities")
    if not code:
        return panel_html(
            title,
            told_html(say.t("Choose a state on the map, in the menu or in the ranking below.")),
        )
    made = drill(atlas, scene, code)
    return panel_html(
        say.t("{title} of {state}", title=title, state=atlas.states[code].names[say.lang]),
        told_html(*drill_words(atlas, made, say)),
        _table(made, say) if made.named else Markup(""),
    )


def drill_words(atlas: Atlas, made: Drilldown, say: Speech) -> list[str]:
    """How many municipalities an activity names, and how many activities name none."""
    words = [
        say.t(
            "{named} of the {all} municipalities of {state} are named by an activity. Of the other "
            "{silent} no municipal evidence is known, which is not zero: they are dotted.",
            named=say.number(len(made.named)),
            all=say.number(len(made.named) + made.silent),
            state=atlas.states[made.code].names[say.lang],
            silent=say.number(made.silent),
        )
    ]
    if made.state_only:
        words.append(
            say.n(
                "{count} activity reaches the state and names no municipality of it.",
                "{count} activities reach the state and name no municipality of it.",
                len(made.state_only),
            )
        )
    return words


def _facts(activity: Activity, say: Speech) -> str:
    facts = (
        activity.activity_id,
        PRIORITY_NAMES[activity.area](say),
        period_text(activity, say),
        unnamed_text(activity, say),
    )
    return " · ".join(fact for fact in facts if fact)


def _table(made: Drilldown, say: Speech) -> Markup:
    fills = ramp(made.most)
    rows = [
        (
            dot_html(fills[len(found) - 1], one.name),
            say.number(len(found)),
            Markup("<ul>{}</ul>").format(
                each(
                    "<li>{} <small>{}</small></li>",
                    ((activity.titles[say.lang], _facts(activity, say)) for activity in found),
                )
            ),
        )
        for one, found in made.named
    ]
    columns = (say.t("Municipality"), say.t("Activities"), say.t("Which ones"))
    return pick_table_html("municipalities", say.t("Municipalities"), columns, rows)
