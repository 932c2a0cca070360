"""Lays an owner's words over the knowledge: the one place through which statements go on their way into answers.

A statement that is switched off stays where it is, with a sentence that says nothing in the place of its own: nothing less fitting is said
instead, and no rule that counts with it is another. Of a pair the rule itself goes, as what then holds is at least as careful. A reworded one
has its tags, sources and verdict still, so that the gate holds it back from whoever it held it back from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.rules.knowledge import Knowledge
from bot.rules.schema import Fact, Verdict
from bot.rules.statements import Statement, statements
from bot.statements.allowed import kept, refusals
from bot.statements.file import Own, Owns

GONE = "the project has no such statement any more"
CHANGED = "the project’s statement was changed since, so that your words may not fit it any more"


@dataclass(frozen=True)
class Spoken:
    """What is said.

    Attributes:
        knowledge: with the owner's words in it.
        instead: texts of the project's by what is said in their place, for what a conversation remembers of before.
        ignored: what of the owner's file does not count, by the statement's address, with why.
    """

    knowledge: Knowledge
    instead: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)


def spoken(knowledge: Knowledge, owns: Owns, silence: str) -> Spoken:
    """The knowledge as the owner has it said.

    Args:
        knowledge: the project's.
        owns: what the owner's file says.
        silence: the sentence in the place of one that is switched off.
    """
    if not owns:
        return Spoken(knowledge)
    known = {one.address: one for one in statements(knowledge)}
    ignored = {address: why for address, one in owns.items() if (why := _why_not(knowledge, known.get(address), one))}
    groups: dict[str, dict[str, Any]] = {}
    instead: dict[str, str] = {}
    for address, own in owns.items():
        if address in ignored:
            continue
        statement, texts = known[address], tuple(own.say or ())
        group = groups.setdefault(statement.file, dict(getattr(knowledge, statement.file)))
        if own.silent and statement.file == "pairs":
            del group[statement.entry]
        else:
            group[statement.entry] = _entry(group[statement.entry], statement, texts, silence)
        instead |= {old: texts[place] if texts else silence for place, old in enumerate(statement.texts)}
    pairs = groups.get("pairs", knowledge.pairs)
    index = {frozenset((one.a, one.b)): one for one in pairs.values()}
    return Spoken(replace(knowledge, **groups, pair_index=index), instead, ignored)


def _why_not(knowledge: Knowledge, statement: Statement | None, own: Own) -> str:
    if statement is None:
        return GONE
    if own.silent:
        return kept(knowledge, statement)
    if tuple(own.was or ()) != statement.texts:
        return kept(knowledge, statement) or CHANGED
    return next(iter(refusals(knowledge, statement, own.say or ())), "")


def _entry(entry: Any, statement: Statement, texts: Sequence[str], silence: str) -> Any:
    """An entry with these texts in a statement of its, or with silence where there are none."""
    if statement.file == "pairs":
        return entry.copy(update={"reason": texts[0]})
    if statement.file == "concerns" and not statement.field:
        return entry.copy(update={"advice": list(texts) or [silence]})
    fact = _fact(entry.fact if statement.field == "fact" else entry.what if statement.field == "what" else entry.facts[statement.kind], texts, silence)
    if statement.field in ("fact", "what"):
        return entry.copy(update={statement.field: fact})
    return entry.copy(update={"facts": {**entry.facts, statement.kind: fact}})


def _fact(fact: Fact, texts: Sequence[str], silence: str) -> Fact:
    if texts:
        return fact.copy(update={"say": texts[0], "more": list(texts[1:])})
    # Its tags stay: by them a message is known to be about it, so that it is not answered as something else that comes near.
    return fact.copy(update={"say": silence, "more": [], "verdict": Verdict.UNKNOWN, "sources": []})
