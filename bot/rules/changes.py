"""What something told of the person changes in what was talked of before: what to leave now, and what stays fine."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from bot.rules.advice import Advice, Line, Profile, joined, merge
from bot.rules.kinship import is_among
from bot.rules.knowledge import Knowledge
from bot.rules.names import several
from bot.rules.routine_guard import held_back, not_to_add
from bot.rules.schema import Verdict

MOST_REASONS = 3


def stays(knowledge: Knowledge, subjects: Sequence[str], person: Profile) -> tuple[Line, ...]:
    """That those of the subjects may stay that are fine with every condition, medicine and allergy of this person by its own
    entry; nothing where none is."""
    entries = [knowledge.safety[one] for one in person.safety]
    fine = tuple(one for one in subjects if entries and all(is_among(knowledge, one, entry.fine) for entry in entries))
    return (Line(key="changes_keep", params={"subjects": several(knowledge, fine)}, recommends=fine),) if fine else ()


def changed_by(knowledge: Knowledge, subjects: Sequence[str], person: Profile) -> Advice:
    """What of the subjects this person should leave now, each with its reason, and which stay; the verdict is that of "does it
    change anything?"."""
    found = [(one, why) for one in subjects if (why := held_back(knowledge, one, person) or not_to_add(knowledge, one, person))]
    held = [one for one, _ in found]
    fine = [one for one in subjects if one not in held and knowledge.subject(one) is not None]
    if not found:
        params = {"subjects": several(knowledge, fine)}
        return Advice(Verdict.NO, (Line(key="changes_nothing", params=params, mentions=tuple(fine)),))
    leave = [one for one, why in found if why.verdict is Verdict.NO]
    ask = [one for one in held if one not in leave]
    lines = []
    for key, ids in (("changes_leave", leave), ("changes_ask", ask)):
        if ids:
            lines.append(Line(key=key, params={"subjects": several(knowledge, ids)}, mentions=tuple(ids)))
    lines += joined([replace(why, lines=why.lines[:1]) for _, why in found[:MOST_REASONS]]).lines
    if fine:
        lines.append(Line(key="changes_keep", params={"subjects": several(knowledge, fine)}, recommends=tuple(fine)))
    return Advice(Verdict.YES, tuple(lines), sources=merge(*(why.sources for _, why in found)), why=tuple(lines[:1]))
