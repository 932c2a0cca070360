"""Checks a whole routine: order, clashes, what is missing, what is too much, and what this person should leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Sequence

from bot.rules.advice import Advice, Line, Profile, line_of, merge
from bot.rules.facts import of_subject
from bot.rules.knowledge import Knowledge
from bot.rules.layering import step_of
from bot.rules.names import name, several
from bot.rules.routine_clashes import Clash, clashes, explained, parted_already
from bot.rules.routine_guard import background, held_back, is_prescribed, ruled_out_by_medicine
from bot.rules.routine_placing import Placed, Placement, place, usual_times
from bot.rules.routine_use import SUNSCREEN, WEEK, crowding, strong_in, uses
from bot.rules.safety import cautions
from bot.rules.schema import Ingredient, Verdict
from bot.rules.steps import MORNING, Step

RANKING = (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL, Verdict.UNKNOWN, Verdict.YES)
MOISTURIZING = ("moisturizer", "facial_oil", "sleeping_mask")
CLEANSING = ("water_cleanser", "oil_cleanser")
LAYERED = ("serum", "ampoule")


@dataclass(frozen=True)
class Held:
    """A step that this person should leave out for now, and why."""

    step: Step
    why: Advice


@dataclass(frozen=True)
class RoutineCheck:
    """What a routine comes down to. `morning` and `night` are in the order of putting on and hold what is missing,
    marked as added; `held` and `out` are in neither: what this person should leave, and what has no room beside the
    rest. `clashes`, `missing`, `too_much` and `notes` are findings, each with its sources; `parted` are clashes that
    the person's own times already avoid."""

    verdict: Verdict
    morning: tuple[Placed, ...]
    night: tuple[Placed, ...]
    clashes: tuple[tuple[Clash, Advice], ...]
    parted: tuple[Clash, ...]
    held: tuple[Held, ...]
    out: tuple[Step, ...]
    missing: tuple[Advice, ...]
    too_much: tuple[Advice, ...]
    notes: tuple[Advice, ...]

    def half(self, time: str) -> tuple[Placed, ...]:
        """One half of the day."""
        return self.morning if time == MORNING else self.night

    @property
    def findings(self) -> tuple[Advice, ...]:
        """Everything there is to say, the gravest first."""
        return (
            *(one.why for one in self.held), *(advice for _, advice in self.clashes), *self.missing, *self.too_much,
            *self.notes,
        )

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of all sources, in the order of the findings."""
        return merge(*(one.sources for one in self.findings))


def check(knowledge: Knowledge, steps: Sequence[Step], profile: Profile) -> RoutineCheck:
    """Checks the steps of a routine for one person. The order in which they are given only matters between steps of
    the same place."""
    steps = once(steps)
    profile = replace(profile, safety=_minded(knowledge, steps, profile))
    held = [Held(step, why) for step in steps if (why := why_held(knowledge, step, profile))]
    kept = [step for step in steps if step not in [one.step for one in held]]
    placement = place(knowledge, kept, profile)
    found = clashes(knowledge, steps)
    open_ones = [item for item in found if not parted_already(*item)]
    missing = _missing(knowledge, placement)
    too_much = [*_too_many_actives(knowledge, steps, profile), *_too_many_layers(knowledge, placement)]
    notes = [*background(knowledge, profile, kept), *_notes(knowledge, kept, placement, profile)]
    told = [explained(knowledge, one, profile) for one, _, _ in open_ones]
    verdicts = [part.verdict for part in (*(one.why for one in held), *told, *missing, *too_much, *notes) if part.verdict]
    return RoutineCheck(
        verdict=min(verdicts, key=RANKING.index) if verdicts else Verdict.YES,
        morning=tuple(placement.morning),
        night=tuple(placement.night),
        clashes=tuple(
            (one, advice) for (one, *both), advice in zip(open_ones, told) if all(step in kept for step in both)
        ),
        parted=tuple(item[0] for item in found if parted_already(*item)),
        held=tuple(held),
        out=tuple(placement.out),
        missing=tuple(missing),
        too_much=tuple(too_much),
        notes=tuple(_fresh(notes, [one.why for one in held])),
    )


def _fresh(notes: Sequence[Advice], told: Sequence[Advice]) -> list[Advice]:
    """The notes that say something that neither what was told nor a note before them says."""
    said = [line for one in told for line in one.lines]
    found = []
    for note in notes:
        if not all(line in said for line in note.lines):
            found.append(note)
            said += note.lines
    return found


def _minded(knowledge: Knowledge, steps: Sequence[Step], profile: Profile) -> tuple[str, ...]:
    """What is known of the person's health with the medicines that are steps; without those that another medicine rules out, which nobody
    goes on with."""
    gone = [step for step in steps if any(ruled_out_by_medicine(knowledge, one, profile) for one in step.actives)]
    staying = _medicines(knowledge, [step for step in steps if step not in gone])
    over = {*_medicines(knowledge, gone)} - {*staying}
    return tuple(one for one in merge(profile.safety, staying) if one not in over)


def _medicines(knowledge: Knowledge, steps: Sequence[Step]) -> tuple[str, ...]:
    """Safety entries for medicines that are themselves steps of the routine, such as tretinoin."""
    names = {name(knowledge, one) for step in steps for one in step.actives if is_prescribed(knowledge, one)}
    return tuple(key for key, entry in knowledge.safety.items() if entry.kind == "medicine" and names & set(entry.phrases))


def once(steps: Sequence[Step]) -> list[Step]:
    """The steps, each product once, with all the times said of it."""
    found: dict[tuple[str, tuple[str, ...], str], Step] = {}
    for step in steps:
        before = found.get(step.what)
        found[step.what] = replace(step, times=merge(before.times, step.times)) if before else step
    return list(found.values())


def why_held(knowledge: Knowledge, step: Step, profile: Profile) -> Advice | None:
    """The gravest reason for which this person should leave a step out; None where there is none."""
    reasons = [why for one in step.ids if (why := held_back(knowledge, one, profile))]
    return min(reasons, key=lambda why: RANKING.index(why.verdict or Verdict.YES)) if reasons else None


def _missing(knowledge: Knowledge, placement: Placement) -> list[Advice]:
    """Sunscreen, moisturizer and cleanser where the routine has none; they are added to the lists."""
    found = []
    kept = [one.step for one in (*placement.morning, *placement.night)]
    if not any(one.step.type == SUNSCREEN for one in placement.morning):
        burning = merge(*([one for one in step.actives if _burns(knowledge, one)] for step in kept))
        rule_id = "sunscreen_with_actives" if burning else "sunscreen_every_day"
        found.append(_add(knowledge, placement, SUNSCREEN, rule_id))
    if not any(_moisturizes(knowledge, one.step) for one in placement.night):
        found.append(_add(knowledge, placement, "moisturizer", "moisturizer_on_top"))
    if not any(one.step.type in CLEANSING for one in placement.night):
        found.append(replace(_add(knowledge, placement, "water_cleanser", "cleanse_first"), verdict=None))
    return found


def _moisturizes(knowledge: Knowledge, step: Step) -> bool:
    return step.type in MOISTURIZING and not strong_in(knowledge, [step])


def _burns(knowledge: Knowledge, subject_id: str) -> bool:
    subject = knowledge.subject(subject_id)
    if isinstance(subject, Ingredient):
        return subject.sun in ("yes", "possible")
    family = knowledge.families.get(subject_id)
    return family is not None and any(_burns(knowledge, member) for member in family.members)


def _add(knowledge: Knowledge, placement: Placement, type_id: str, rule_id: str) -> Advice:
    step = Step(type_id)
    for time in usual_times(knowledge, step):
        half = placement.half(time)
        if step.what not in [one.step.what for one in half]:
            position = sum(step_of(knowledge, one.step.type) <= step_of(knowledge, type_id) for one in half)
            half.insert(position, Placed(step, None, WEEK, WEEK, added=True))
    rule = knowledge.guidelines[rule_id]
    line = Line(key="routine_missing", params={"subject": name(knowledge, type_id)}, recommends=(type_id,))
    return Advice(Verdict.CAREFUL, (line, line_of(knowledge, rule.say)), sources=tuple(rule.sources))


def _too_many_actives(knowledge: Knowledge, steps: Sequence[Step], profile: Profile) -> list[Advice]:
    """More acids, or more strong actives in all, than a week has room for; fewer for sensitive skin and beginners."""
    for rule_id, counted, most in crowding(knowledge, steps, profile):
        if len(counted) > most:
            rule = knowledge.guidelines[rule_id]
            params = {"count": str(len(counted)), "subjects": several(knowledge, counted)}
            line = Line(key=f"routine_{rule_id}", params=params, mentions=counted)
            return [Advice(Verdict.CAREFUL, (line, line_of(knowledge, rule.say)), sources=tuple(rule.sources))]
    return []


def _too_many_layers(knowledge: Knowledge, placement: Placement) -> list[Advice]:
    """More serums and ampoules on top of each other than are of use."""
    rule = knowledge.guidelines["serums_at_most"]
    for half in (placement.morning, placement.night):
        groups = {one.group for one in half}
        for group in groups:
            layers = [one for one in half if one.step.type in LAYERED and one.group in (None, group)]
            if rule.number is not None and len(layers) > rule.number:
                line = Line(key="routine_serums_at_most", params={"count": str(len(layers))})
                return [Advice(Verdict.CAREFUL, (line, line_of(knowledge, rule.say)), sources=tuple(rule.sources))]
    return []


def _notes(knowledge: Knowledge, kept: Sequence[Step], placement: Placement, profile: Profile) -> list[Advice]:
    """What else this person should know: what belongs to the night, what sensitive skin and beginners do."""
    notes = [_at_night(knowledge, step) for step in placement.moved]
    lines, sources = cautions(knowledge, merge(*(step.actives for step in kept)), profile)
    notes += [Advice(Verdict.CAREFUL, (line,), sources=sources) for line in lines]
    strong = strong_in(knowledge, kept)
    if strong and profile.beginner:
        rule = knowledge.guidelines["new_actives"]
        notes.append(Advice(Verdict.CAREFUL, (line_of(knowledge, rule.say),), sources=tuple(rule.sources)))
    for one in strong if profile.sensitive else ():
        ingredient = knowledge.ingredients.get(one)
        if ingredient and "sensitive" not in ingredient.suits:
            line = Line(key="routine_not_for_sensitive", params={"subject": ingredient.name}, recommends=(one,))
            notes.append(Advice(Verdict.CAREFUL, (line,), sources=tuple(ingredient.sources[:2])))
    return notes


def _at_night(knowledge: Knowledge, step: Step) -> Advice:
    subject_id = next(iter(strong_in(knowledge, [step])), step.type)
    line = Line(key="routine_at_night", params={"subject": name(knowledge, subject_id)}, recommends=(subject_id,))
    fact = of_subject(knowledge, "time_of_day", subject_id)
    sources = fact.sources if fact else merge(*(use.sources for use in uses(knowledge, step)))
    return Advice(Verdict.CAREFUL, (line,), sources=tuple(sources))
