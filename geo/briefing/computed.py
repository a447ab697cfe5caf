"""A briefing in one language, as slides: every number computed from the slide's view."""

from __future__ import annotations

from dataclasses import dataclass

from geo.atlas import Atlas
from geo.briefing.scenes import Briefing, SceneFile
from geo.briefing.tested import Tested, by_need, outcomes_of, tested
from geo.equity.claims import load_claims
from geo.language import Speech, speech
from geo.scene import Scene, build_scene
from geo.view import View
from geo.words import Telling, appropriated_range, measure_label, tell, value_text


@dataclass(frozen=True)
class Slide:
    """One slide, ready to be shown; all plain text.

    `finding` is the claim's where the slide tests one; all else of the view is in `telling`.
    `mark` is what has to be said of the slide itself, before all else: that title and notes are a
    reader's own, or that its map shows another thing. It is empty on most.
    """

    key: str
    view: View
    title: str
    number: str
    number_label: str
    finding: str
    notes: str
    telling: Telling
    mark: str

    @property
    def beneath(self) -> str:
        """The small line of a slide: whose words it holds, and the line under the headline."""
        return f"{self.mark} {self.telling.beneath}".strip()

    @property
    def foot(self) -> str:
        """The same for a wall, which shows as much of it as fits.

        What it is where every state was asked alike and what is left out come first.
        """
        told = self.telling
        rest = told.caveat.removeprefix(told.alike).strip()
        return " ".join(filter(None, (self.mark, told.alike, told.filters, rest)))


@dataclass(frozen=True)
class ComputedBriefing:
    """A briefing in one language.

    The appendix waits for questions: one slide for each objection, on nobody's way through.
    """

    title: str
    lang: str
    slides: tuple[Slide, ...]
    appendix: tuple[Slide, ...] = ()


def compute_slides(atlas: Atlas, briefing: Briefing, lang: str, base: str = "") -> ComputedBriefing:
    """Compute every slide of a briefing in `lang`; `base` is the address its links begin with.

    A reader's own file puts words beside the atlas's name: they are marked as the reader's in the
    title and on every slide, in every form they are taken away in.
    """
    say, title, mark = speech(lang), briefing.title[lang], ""
    if briefing.brought:
        mark = say.t("A reader's own slides: titles and notes are theirs, not the atlas's.")
        title = say.t("{title} (a reader's own slides)", title=title)
    slides = tuple(_slide(atlas, one, lang, base, mark) for one in briefing.scenes)
    appendix = () if briefing.brought else _appendix(atlas, lang, base)
    return ComputedBriefing(title, lang, slides, appendix)


def _appendix(atlas: Atlas, lang: str, base: str) -> tuple[Slide, ...]:
    """A slide for each objection to the finding, with the status that was computed for it."""
    # Imported when first asked for: it brings numpy.
    from geo.chapters.evidence import objections_told

    say = speech(lang)
    border = load_claims(atlas.data).groups["border"].titles[lang]
    told_apart = say.t("The map shows the finding before the objection, which no view can show.")
    return tuple(
        Slide(
            f"objection_{one.name}",
            one.view,
            one.said,
            one.value,
            _objected(one.need, one.before, border, say),
            f"{one.effect}. {one.answer}",
            " ".join(filter(None, (one.answer, "" if one.shown else told_apart))),
            tell(atlas, one.view, base),
            "" if one.shown else told_apart,
        )
        for one in objections_told(atlas, say)
    )


def _objected(need: str, before: str, border: str, say: Speech) -> str:
    """What the ratio of an objection is a multiple of, and what it was before."""
    by = (
        say.t("what {group} would have if all states had the same", group=border)
        if need == "equal"
        else by_need(border, need, say)
    )
    return say.t("{by}; {before} before the objection", by=by, before=before)


def _slide(atlas: Atlas, one: SceneFile, lang: str, base: str, mark: str) -> Slide:
    view, say = one.view.with_(lang=lang), speech(lang)
    scene, telling = build_scene(atlas, view), tell(atlas, view, base)
    test = tested(atlas, one.claim, view.to_year, say) if one.claim else None
    number, label = _number(one.number, atlas, scene, view, test, say)
    return Slide(
        one.key,
        view,
        one.title[lang],
        number,
        label,
        _finding(one.number, atlas, telling, test, say),
        f"{one.notes[lang]} {test.why}" if test else one.notes[lang],
        telling,
        mark,
    )


def _finding(name: str, atlas: Atlas, telling: Telling, test: Tested | None, say: Speech) -> str:
    """A slide's sentence: of the claim it tests, of all claims, or of the view."""
    if test:
        return f"{test.verdict}. {test.fact}"
    if name == "claims_supported":
        # Imported when first asked for: it brings numpy.
        from geo.chapters.evidence import evidence_headline

        return evidence_headline(atlas, say)
    return telling.headline


def _number(
    name: str, atlas: Atlas, scene: Scene, view: View, test: Tested | None, say: Speech
) -> tuple[str, str]:
    """A slide's one number, and what it is."""
    if name == "claim_value" and test:
        return test.value, test.label
    if name == "claims_supported":
        return _outcomes(atlas, say)
    if name == "border_ratio":
        part = scene.border.share / scene.border.need_share if scene.border.share else 0.0
        return say.t("{value}×", value=say.decimal(part, 2)), by_need(
            load_claims(atlas.data).groups["border"].titles[say.lang], view.need, say
        )
    if name == "activities":
        return say.number(scene.total, 1), say.t(
            "documented activities; one that reached two states counts in both"
        )
    if name == "placed_money":
        return _placed_money(scene, say)
    if name == "states_reached":
        reached = sum(1 for state in scene.states if state.activities)
        return say.number(reached), say.t("states have a documented activity")
    if name == "border_share":
        return say.percent(scene.border.share), say.t("of it is in the six northern border states")
    if name == "zone_share":
        return say.percent(scene.sez.share), say.t("of it is in states with a declared zone")
    if name == "not_located":
        return say.number(scene.not_located, 1), say.t("activities are counted in no state")
    return _of_state(atlas, scene, view, say)


def _outcomes(atlas: Atlas, say: Speech) -> tuple[str, str]:
    """How many claims hold, and how many come out in each other way."""
    found = outcomes_of(atlas)
    counts = {name: say.number(count) for name, count in found.items()}
    count = say.number(sum(found.values()))
    return counts["hold"], say.n(
        "of {claims} claims holds, {partly} in part, {fail} do not, {untested} cannot be tested",
        "of {claims} claims hold, {partly} in part, {fail} do not, {untested} cannot be tested",
        found["hold"],
        claims=count,
        partly=counts["partly"],
        fail=counts["fail"],
        untested=counts["untested"],
    )


def _placed_money(scene: Scene, say: Speech) -> tuple[str, str]:
    """The money tied to one state: its share of the appropriations where the view is the whole."""
    if not scene.view.comparable:
        return say.at_prices(scene.view.prices_of).usd_short(scene.located_cents / 100), say.t(
            "are tied to one state"
        )
    known = appropriated_range(scene.located_cents, say)
    return say.t("{low} to {high}", **known), say.t(
        "of what was appropriated up to {end} or {last} are tied to one state", **known
    )


def _of_state(atlas: Atlas, scene: Scene, view: View, say: Speech) -> tuple[str, str]:
    state = scene.state(view.state)
    where = atlas.states[view.state].names[say.lang]
    return (
        value_text(state.value, state.status, view, say),
        f"{where}: {measure_label(view, say)}",
    )
