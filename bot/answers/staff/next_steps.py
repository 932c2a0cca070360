"""What comes next, for who asks behind an offer or a ticket: the offer again in plain words, or how the ticket or the order is."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Words
from bot.answers.orders.services import order_question, ticket
from bot.answers.shop.contact import briefly
from bot.answers.shop.passing_on import buttons
from bot.answers.staff.offering import offered_again
from bot.answers.turn import Turn
from bot.understanding.next_steps import is_offered
from bot.understanding.support import EMAIL, STATUS, TICKET


def what_next(turn: Turn) -> Answer:
    """The next step of what is open.

    Raises:
        StoreError: when the shop's database is away.
    """
    memory, orders = turn.memory, turn.resources.orders
    if memory.request is not None and memory.request.awaits == EMAIL:
        return turn.reply(turn.say("next_is_email"))
    if memory.offer_open:
        return offered_again(turn)
    if is_offered(memory):
        words = Words(f"{turn.say('next_is_ticket')} {briefly(turn)}", buttons=buttons(turn))
        return turn.answer(words, memory=replace(memory, lost=0))
    if memory.shown.policy == TICKET or (orders is not None and orders.requests.tickets_of(turn.sender)):
        return ticket(turn)
    return order_question(replace(turn, frame=replace(turn.frame, kind=STATUS)))
