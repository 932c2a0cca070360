"""From the subjects named in a message to the steps of a routine.

A subject and its form are one step ("vitamin C serum", "a serum with niacinamide"); a time of day holds for what
follows it where the message begins with one ("morning: ...; night: ..."), else for what stands before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import List, Mapping, NamedTuple, Sequence, Tuple

from bot.rules.knowledge import Knowledge
from bot.rules.routine import once
from bot.rules.schema import Ingredient
from bot.rules.steps import Step
from bot.understanding.frame import ALLERGIC, CONTENT, FORM, NEGATED, REPLACED, Frame, Mention
from bot.understanding.places import Places, Span, places
from bot.understanding.plain import SENTENCE_ENDS, TIME
from bot.understanding.routine.nights import nights_of

TYPE = "product_type"
PRODUCT = "product"
CONDITION = "condition"
NAMED = (TYPE, *CONTENT, TIME)
JOINTS = ("and", "&", "+", "/")
TIMES_JOINED = ("", "and", "or")
LONGEST_GAP = 24
IN_ONE_NAME = frozenset(" _%./-")
HEADINGS = ("routine", "time", "s")
AFTER_HEADING = tuple(":=(-–")


class Placed(NamedTuple):
    """A step and where the message names it."""

    step: Step
    start: int
    end: int


@dataclass(frozen=True)
class Told:
    """What a message says of the routine: steps it names as used, and steps it takes out."""

    named: Tuple[Step, ...]
    gone: Tuple[Step, ...] = ()

    @property
    def silent(self) -> bool:
        """True when it names no step at all."""
        return not self.named and not self.gone


def told(frame: Frame, knowledge: Knowledge, products: Mapping[str, Step] | None = None) -> Told:
    """The steps that a message names.

    Args:
        products: products of the shop as steps, by handle; those that the message names count where they are given, else
            only what their names say is in them.
    """
    sold = products or {}
    seen = places(frame.text, frame.mentions)
    placed = [Placed(sold[one.id], one.start, one.end) for one in frame.of(PRODUCT) if one.id in sold]
    spoken = [one for one in (_as_step(one, knowledge) for one in frame.of(*NAMED, CONDITION)) if one is not None]
    free = [one for one in spoken if one.role != ALLERGIC and not any(own.start <= one.start < own.end for own in placed)]
    going = [one for one in free if one.label != TIME and (one.role in (NEGATED, REPLACED) or _is_taken_out(seen, one.start))]
    staying = [one for one in free if one not in going]
    replaced = {one.start for one in frame.of(PRODUCT) if one.role in (NEGATED, REPLACED)}
    out = [one for one in placed if one.start in replaced or _is_taken_out(seen, one.start)]
    kept = [one for one in placed if one not in out]
    return Told(
        tuple(once(read(seen, knowledge, staying, kept))), tuple(once(read(seen, knowledge, going, out)))
    )


def _as_step(mention: Mention, knowledge: Knowledge) -> Mention | None:
    """What is no substance as the product type whose step it is ("a scrub"); None for what is no step, such as a laser."""
    if mention.label != CONDITION:
        return mention
    steps = knowledge.conditions[mention.id].steps
    found = next((steps[word] for word in mention.text.lower().split() if word in steps), "")
    return replace(mention, label=TYPE, id=found) if found else None


def _is_taken_out(seen: Places, start: int) -> bool:
    """True behind a word that takes out, unless one that takes in stands between, or something is swapped."""
    if seen.has("swaps"):
        return False
    verbs = sorted((span.start, name) for name in ("removes", "takes_in") for span in seen.of(name) if span.start < start)
    return bool(verbs) and verbs[-1][1] == "removes"


def read(seen: Places, knowledge: Knowledge, mentions: Sequence[Mention], products: Sequence[Placed] = ()) -> List[Step]:
    """The steps that these mentions and products name, in their order, each with its times of day where they are said."""
    found = [*products, *_steps(seen, knowledge, mentions)]
    found.sort(key=lambda one: one.start)
    nights = nights_of(seen, [Span(one.start, one.end) for one in found])
    found = [one._replace(step=replace(one.step, nights=own)) for one, own in zip(found, nights)]
    return _timed(seen, found, [one for one in mentions if one.label == TIME])


def carrier(knowledge: Knowledge, subject_id: str) -> str:
    """The product type that an ingredient or family mostly comes in."""
    subject = knowledge.subject(subject_id)
    family = knowledge.families.get(subject.family if isinstance(subject, Ingredient) else subject_id)
    return family.carrier if family else "serum"


def _steps(seen: Places, knowledge: Knowledge, mentions: Sequence[Mention]) -> List[Placed]:
    subjects = [one for one in mentions if one.label != TIME]
    found: List[Placed] = []
    position = 0
    while position < len(subjects):
        one = subjects[position]
        after = subjects[position + 1] if position + 1 < len(subjects) else None
        if one.label == TYPE:
            actives: List[str] = []
            end = one.end
            while after and after.label in CONTENT and _is_inside(seen, end, after.start, first=not actives):
                actives.append(after.id)
                end = after.end
                position += 1
                after = subjects[position + 1] if position + 1 < len(subjects) else None
            found.append(Placed(Step(one.id, tuple(actives)), one.start, end))
        elif after and after.label == TYPE and after.role == FORM and _is_one_name(seen.text[one.end : after.start]):
            found.append(Placed(Step(after.id, (one.id,)), one.start, after.end))
            position += 1
        else:
            found.append(Placed(Step(carrier(knowledge, one.id), (one.id,), implied=True), one.start, one.end))
        position += 1
    return found


def _is_inside(seen: Places, start: int, end: int, first: bool) -> bool:
    """True where a gap says that what follows is in the product before it: "serum *with 5 %* niacinamide *and* zinc"."""
    gap = seen.text[start:end].strip().lower()
    if not first:
        return gap in JOINTS
    said = [one for one in seen.between(start, end) if one.word.text.isalpha()]
    if not said:
        return gap.startswith("(")
    spans = [one for one in seen.of("contains") if start <= one.start and one.end <= end]
    return any(one.start <= said[0].start and said[-1].end <= one.end for one in spans)


def _is_one_name(gap: str) -> bool:
    """True where an ingredient and its form stand in one name: "vitamin C *15 %* serum"."""
    return len(gap) <= LONGEST_GAP and all(sign.isalnum() or sign.isspace() or sign in IN_ONE_NAME for sign in gap)


def _timed(seen: Places, found: Sequence[Placed], times: Sequence[Mention]) -> List[Step]:
    """The steps with their times of day."""
    if not found or not times:
        return [one.step for one in found]
    headed = times[0].start < found[0].start or _is_heading(seen.text[times[0].end :])
    groups = _groups(seen.text, times)
    steps = []
    for one in found:
        if headed:
            before = [group for group in groups if group[0] <= one.start]
            said = before[-1][2] if before else ()
        else:
            said = next((ids for start, _, ids in groups if start >= one.end and not _is_parted(seen, one.end, start)), ())
        steps.append(replace(one.step, times=said))
    return steps


def _is_heading(rest: str) -> bool:
    """True for what stands behind a time of day that is a heading: ": cleanser", "routine = ..."."""
    rest = rest.lstrip().lower()
    word = next((one for one in HEADINGS if rest.startswith(one)), "")
    return rest[len(word) :].lstrip().startswith(AFTER_HEADING)


def _groups(text: str, times: Sequence[Mention]) -> List[Tuple[int, int, Tuple[str, ...]]]:
    """Times of day said in one breath ("morning and night") as one: start, end, ids."""
    groups: List[Tuple[int, int, Tuple[str, ...]]] = []
    for one in times:
        if groups and text[groups[-1][1] : one.start].strip(" ,/&+").lower() in TIMES_JOINED:
            start, _, ids = groups[-1]
            groups[-1] = (start, one.end, tuple(dict.fromkeys((*ids, one.id))))
        else:
            groups.append((one.start, one.end, (one.id,)))
    return groups


def _is_parted(seen: Places, start: int, end: int) -> bool:
    """True where a sentence ends between the two places."""
    return any(one.word.text in SENTENCE_ENDS for one in seen.between(start, end))
