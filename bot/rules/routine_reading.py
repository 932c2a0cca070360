"""From the subjects named in a message to the steps of a routine.

A subject and its form are one step ("vitamin C serum", "a serum with niacinamide"); a time of day holds for what
follows it where the message begins with one ("morning: ...; night: ..."), else for what stands before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple, Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.routine_nights import nights_of
from bot.rules.schema import Ingredient
from bot.rules.steps import Step

TYPE = "product_type"
CONTENT = ("ingredient", "family")
TIME = "time_of_day"
FORM = "form"
CONTAINING = frozenset({"with", "w", "containing", "contains", "that has", "of", "based on"})
ADJACENT = re.compile(r"^[\s\w%./-]{0,24}$")
HEADING_WORDS = ("routine", "time", "s")
HEADING_MARKS = tuple(":=(-\u2013")
LONGEST_HEADING = 20
CLAUSE_END = re.compile(r"[.;\n!?]")


class Mention(NamedTuple):
    """A subject in a message: its label, id and role as the gazetteer gives them, and where it stands."""

    label: str
    id: str
    role: str | None
    start: int
    end: int


class _Found(NamedTuple):
    step: Step
    start: int
    end: int


def read(
    knowledge: Knowledge, text: str, mentions: Sequence[Mention], products: Sequence[tuple[Step, int, int]] = ()
) -> list[Step]:
    """The steps that a message names, in its order, each with its times of day where they are said.

    Args:
        text: the message.
        mentions: what the gazetteer found in it, in order.
        products: products of the shop named in it, as steps with where they stand; what lies inside them is theirs.
    """
    taken = [(start, end) for _, start, end in products]
    free = [one for one in mentions if not any(start <= one.start < end for start, end in taken)]
    found = [_Found(*product) for product in products] + _steps(knowledge, text, free)
    found.sort(key=lambda one: one.start)
    nights = nights_of(text, [(one.start, one.end) for one in found])
    found = [one._replace(step=replace(one.step, nights=own)) for one, own in zip(found, nights)]
    return _timed(text, found, [one for one in free if one.label == TIME])


def carrier(knowledge: Knowledge, subject_id: str) -> str:
    """The product type that an ingredient or family mostly comes in."""
    subject = knowledge.subject(subject_id)
    family = knowledge.families.get(subject.family if isinstance(subject, Ingredient) else subject_id)
    return family.carrier if family else "serum"


def _steps(knowledge: Knowledge, text: str, mentions: Sequence[Mention]) -> list[_Found]:
    subjects = [one for one in mentions if one.label == TYPE or one.label in CONTENT]
    found: list[_Found] = []
    position = 0
    while position < len(subjects):
        one = subjects[position]
        after = subjects[position + 1] if position + 1 < len(subjects) else None
        if one.label == TYPE:
            actives: list[str] = []
            end = one.end
            while after and after.label in CONTENT and _inside(text[end : after.start], first=not actives):
                actives.append(after.id)
                end = after.end
                position += 1
                after = subjects[position + 1] if position + 1 < len(subjects) else None
            found.append(_Found(Step(one.id, tuple(actives)), one.start, end))
        elif after and after.label == TYPE and after.role == FORM and ADJACENT.match(text[one.end : after.start]):
            found.append(_Found(Step(after.id, (one.id,)), one.start, after.end))
            position += 1
        else:
            found.append(_Found(Step(carrier(knowledge, one.id), (one.id,), implied=True), one.start, one.end))
        position += 1
    return found


def _inside(gap: str, first: bool) -> bool:
    """True where a gap says that what follows is in the product before it."""
    if not first:
        return gap.strip().lower() in ("and", "&", "+", "/")
    words = "".join(letter if letter.isalnum() else " " for letter in gap.lower()).split()
    if "%" in gap and words and words[-1].isdigit():
        words = words[:-1]
    return " ".join(words) in CONTAINING or (not words and "(" in gap)


def _is_heading(behind: str) -> bool:
    """True where a time of day opens a list: "morning: cleanser", "evenings - retinol", by what stands behind it."""
    rest = behind.lstrip()
    word = next((one for one in HEADING_WORDS if rest.startswith(one)), "")
    return rest.removeprefix(word).lstrip().startswith(HEADING_MARKS)


def _timed(text: str, found: Sequence[_Found], times: Sequence[Mention]) -> list[Step]:
    """The steps with their times of day."""
    if not found or not times:
        return [one.step for one in found]
    headed = times[0].start < found[0].start or _is_heading(text[times[0].end :][:LONGEST_HEADING])
    groups = _groups(text, times)
    steps = []
    for one in found:
        if headed:
            before = [group for group in groups if group[0] <= one.start]
            said = before[-1][2] if before else ()
        else:
            said = next((ids for start, _, ids in groups if start >= one.end and not _parted(text, one.end, start)), ())
        steps.append(replace(one.step, times=said))
    return steps


def _groups(text: str, times: Sequence[Mention]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Times of day said in one breath ("morning and night") as one: start, end, ids."""
    groups: list[tuple[int, int, tuple[str, ...]]] = []
    for one in times:
        if groups and text[groups[-1][1] : one.start].strip(" ,/&+").lower() in ("", "and", "or"):
            start, _, ids = groups[-1]
            groups[-1] = (start, one.end, tuple(dict.fromkeys((*ids, one.id))))
        else:
            groups.append((one.start, one.end, (one.id,)))
    return groups


def _parted(text: str, start: int, end: int) -> bool:
    """True where a sentence ends between the two places."""
    return bool(CLAUSE_END.search(text[start:end]))
