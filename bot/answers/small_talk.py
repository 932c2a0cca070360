"""Small talk, and what to say when a message was not understood: a question back, then two different offers."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Mapping, Sequence

from bot.answers.answer import Answer, Button, Words
from bot.answers.shop.contact import reach
from bot.answers.staff.presence import offers
from bot.answers.turn import Turn
from bot.rules.advice import FollowUp
from bot.store.people_policy import Reason
from bot.understanding.frame import kind_of_intent
from bot.understanding.memory import Memory

STARTERS = (
    FollowUp("frequency", ("ampoule",)),
    FollowUp("together", ("retinol", "ascorbic_acid")),
    FollowUp("delivery_time", ()),
)
LEAST_CONFIDENCE = 0.05
FEWEST_CHOICES = 2
SMALL_TALK = ("greet", "goodbye", "thank", "affirm", "deny", "bot_identity", "capabilities", "how_are_you", "out_of_scope", "noted")
REFUSED = ("not_text", "no_words", "too_long")
SAID: Mapping[str, str] = {**{kind: kind for kind in SMALL_TALK}, **{f"refuse_{key}": key for key in REFUSED}}


def small_talk(turn: Turn) -> Answer:
    """Says the wording of the kind, with its buttons."""
    key = SAID[turn.frame.kind]
    return turn.answer(Words(turn.say(key), buttons=turn.wording.buttons_of(key)))


def choices(turn: Turn) -> List[Button]:
    """The likeliest meanings as buttons in human words, with the message's own subjects."""
    asked = turn.asked
    subjects = asked.subjects or asked.forms or asked.needs
    items: List[FollowUp] = []
    for name, share in turn.frame.ranking:
        if share >= LEAST_CONFIDENCE:
            item = FollowUp(kind_of_intent(name), subjects)
            items.append(item if subjects and turn.wording.question(item) else FollowUp(item.kind, ()))
    return turn.wording.buttons(items)


def did_you_mean(turn: Turn) -> Answer:
    """Two or three meanings to choose from; never one alone, and never twice in a row."""
    found = choices(turn)
    if len(found) < FEWEST_CHOICES or turn.memory.lost:
        return lost(turn)
    return turn.answer(Words(turn.say("did_you_mean"), buttons=found), memory=_more_lost(turn))


def lost(turn: Turn) -> Answer:
    """Says what it can do, the first time; offers a person, the second time."""
    if turn.memory.lost == 0:
        return turn.answer(Words(turn.say("lost_first"), buttons=turn.wording.buttons(STARTERS)), memory=_more_lost(turn))
    text = turn.say("lost_again_person") if offers(turn, Reason.LOST) else turn.say("lost_again", reach=reach(turn))
    return turn.reply(text, memory=_more_lost(turn))


def _more_lost(turn: Turn) -> Memory:
    return replace(turn.memory, lost=turn.memory.lost + 1)


__all__: Sequence[str] = ("did_you_mean", "lost", "small_talk")
