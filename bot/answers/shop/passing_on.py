"""Passing a question that the shop's owner has not answered on to the staff, as a ticket, after a yes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Sequence

from bot.answers.answer import Answer, Button, Words
from bot.answers.shop.contact import briefly
from bot.answers.turn import Turn
from bot.understanding.order_numbers import numbers_in, told
from bot.understanding.support import TICKET

QUESTION = "question"
TOKEN_LENGTH = 40


def can_pass_on(turn: Turn) -> bool:
    """Whether a ticket can be offered: the shop takes them, and nothing else is being asked."""
    pointer = turn.memory.request
    return turn.resources.orders is not None and (pointer is None or not pointer.awaits)


def offered(turn: Turn, answer: Answer, offer: str = "pass_on_offer") -> Answer:
    """The answer to what the shop has not said, or what its staff must see to, with the offer to pass it on.

    Args:
        turn: the question.
        answer: what is said to it; its memory keeps which policy it was.
        offer: the wording of the offer.
    """
    first, shown = answer.parts[0], answer.memory.shown
    if not isinstance(first, Words) or first.buttons or not shown.policy or not can_pass_on(turn):
        return answer
    words = replace(first, text=f"{first.text} {turn.say(offer)}", buttons=buttons(turn))
    return replace(answer, parts=(words, *answer.parts[1:]), memory=replace(answer.memory, shown=replace(shown, offered=shown.policy)))


def buttons(turn: Turn) -> Sequence[Button]:
    """The buttons that take an offer to pass something on, and refuse it."""
    return [{"title": one, "payload": one} for one in (turn.say("yes_pass_on"), turn.say("no_leave_it"))]


def pass_on(turn: Turn) -> Answer:
    """Makes the ticket that was offered, once, and says its number."""
    orders, shown = turn.resources.orders, turn.memory.shown
    memory = replace(turn.memory, shown=replace(shown, policy=TICKET, offered=""), lost=0)
    if orders is None:
        return turn.reply(briefly(turn), memory=memory)
    token = hashlib.sha256(f"{turn.sender}\n{shown.offered}\n{shown.said}".encode()).hexdigest()[:TOKEN_LENGTH]
    named = told(turn.frame, asked=True)
    number = named.number or next(iter(numbers_in(shown.said)), "")
    several = numbers_in(turn.frame.text)
    text = f"{shown.said}; {', '.join(several)}" if len(several) > 1 else shown.said
    made = orders.tickets.make(turn.sender, token, QUESTION, text, number, named.email)
    if named.email:
        return turn.reply(turn.say("pass_on_done_to", ticket=made.number, email=named.email), memory=memory)
    return turn.reply(f"{turn.say('pass_on_done', ticket=made.number)} {briefly(turn)}", memory=memory)
