"""Support questions: the shop's policies, and its staff where a person must look. No status is ever made up."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer
from bot.answers.shop import delivery
from bot.answers.shop.contact import briefly, contact, reach
from bot.answers.shop.matching import said_for
from bot.answers.shop.topics import said, topics_asked, topics_text
from bot.answers.turn import Turn
from bot.rules.advice import Line
from bot.understanding.memory import Said

CONTACT = "contact"
TOPIC = "shop_topic"
"""The kind of a narrower question whose policy was not understood; it goes on with none."""
MOST_KEPT = 200
# Words of the owner's that send people to the staff.
SENDS_TO_STAFF = ("customer care", *(f"{verb} {whom}" for verb in ("contact", "write to", "call", "ask") for whom in ("us", "the shop")))


def say_policy(turn: Turn) -> Answer:
    """Says the narrower answer where one is asked for, else the policy on the kind of question; keeps which it was."""
    kind, memory = turn.frame.kind, turn.memory
    topics = topics_asked(turn.frame, memory, turn.resources.shop)
    text = topics_text(turn, topics) if topics else policy_text(turn, kind)
    policy = turn.resources.shop.policy(kind)
    more = tuple(Line(text=one) for one in policy.more) if policy else ()
    shown = replace(memory.shown, policy="" if kind == TOPIC else kind, said=" ".join(said(turn.frame))[:MOST_KEPT])
    return turn.reply(text, memory=replace(memory, said=Said(more), shown=shown, lost=0))


def policy_text(turn: Turn, kind: str) -> str:
    """The shop's words on this kind of question, what is asked for first; its staff only where they must look
    into it, or where the words send people to them. The contact alone where the owner wrote no policy."""
    policy = turn.resources.shop.policy(kind)
    if policy is None:
        return f"{turn.say('no_policy')} {reach(turn, kind)}"
    if kind == CONTACT:
        return contact(turn)
    text = _words(turn, kind)
    if policy.hand_over:
        return f"{text} {reach(turn, kind)}"
    sends = any(one in text.lower() for one in SENDS_TO_STAFF)
    return f"{text} {briefly(turn)}" if sends else text


def _words(turn: Turn, kind: str) -> str:
    if kind == delivery.AREA:
        return delivery.area(turn)
    if kind == delivery.COST:
        return delivery.cost(turn)
    return said_for(turn.resources.shop, kind, said(turn.frame))
