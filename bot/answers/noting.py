"""What came of a question, noted while it is answered, for the shop's owner to see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

from bot.answers.answer import Answer, Statements, Words
from bot.answers.services import SERVICES
from bot.answers.shop.policy import say_policy
from bot.answers.shop.topics import is_unsaid, topic_asked
from bot.answers.turn import Turn
from bot.rules.safety import red_flags
from bot.rules.schema import Verdict
from bot.store.review_models import ANSWERED, ASKED_BACK, BEYOND, LOST, UNKNOWN, UNSAID
from bot.understanding.frame import kind_of_intent
from bot.understanding.support import HUMAN
from bot.understanding.topics import SHOP_TOPIC

OUT_OF_SCOPE = "out_of_scope"
UNDECIDED = frozenset({"lost", "did_you_mean"})
"""Kinds of which the likeliest guess says more."""
WORST_FIRST = (LOST, UNSAID, UNKNOWN, BEYOND, ASKED_BACK, ANSWERED)


@dataclass(frozen=True)
class Note:
    """A question's kind and what came of it (`OUTCOMES`); the topic that the shop has not said; whether it told of a red flag; what was asked
    for and the shop has not."""

    kind: str
    outcome: str
    topic: str = ""
    red_flag: bool = False
    lacks: tuple[str, ...] = ()


def noted(turn: Turn, answer: Answer) -> Note:
    """What came of a question."""
    flags = set(turn.asked.safety) & red_flags(turn.knowledge)
    urgent = any(isinstance(part, Statements) and part.advice.emergency for part in answer.parts)
    topic = _unsaid(turn, answer)
    kind = kind_of_intent(turn.frame.intent) if turn.frame.kind in UNDECIDED else turn.frame.kind
    return Note(kind, UNSAID if topic else _outcome(turn, answer), topic, bool(flags) or urgent, (answer.lacks,) if answer.lacks else ())


def worst(notes: Sequence[Note]) -> Note:
    """What of a message of several questions an owner should see: the one that was answered least."""
    found = min(notes, key=lambda note: WORST_FIRST.index(note.outcome))
    return Note(found.kind, found.outcome, found.topic, any(note.red_flag for note in notes), tuple(one for note in notes for one in note.lacks))


def _outcome(turn: Turn, answer: Answer) -> str:
    if answer.memory.lost > turn.memory.lost:
        asks = turn.say("did_you_mean")
        return ASKED_BACK if any(isinstance(part, Words) and part.text.startswith(asks) for part in answer.parts) else LOST
    if turn.frame.kind == OUT_OF_SCOPE:
        return BEYOND
    unknown = any(isinstance(part, Statements) and part.advice.verdict is Verdict.UNKNOWN for part in answer.parts)
    return UNKNOWN if unknown else ANSWERED


def _unsaid(turn: Turn, answer: Answer) -> str:
    """The topic or the kind of policy that was asked for and on which the shop has no words; empty for none."""
    kind, shop = turn.frame.kind, turn.resources.shop
    if SERVICES[kind] is not say_policy or kind == HUMAN or not (answer.parts and isinstance(answer.parts[0], Words)):
        return ""
    found = topic_asked(turn.frame, turn.memory, turn.resources.topics)
    if found is not None:
        return turn.resources.topics.entries[found.name].name if is_unsaid(turn, found) else ""
    return "" if kind == SHOP_TOPIC or shop.policy(kind) is not None else kind.replace("_", " ")
