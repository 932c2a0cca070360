"""Offers a person where the owner's rules say so; offered, never forced, and not twice for the same reason."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Optional, Sequence

from bot.answers.answer import Answer, Button, Words
from bot.answers.shop.contact import briefly
from bot.answers.shop.topics import topic_asked
from bot.answers.staff.presence import away, coming, presence
from bot.answers.turn import Turn
from bot.rules.safety import red_flags
from bot.store.errors import StoreError
from bot.store.people_policy import Reason
from bot.support.gateway import GatewayError
from bot.support.handoff import Presence
from bot.understanding.next_steps import NEXT
from bot.understanding.support import BACK, HUMAN, NO_HUMAN, OF_ORDERS, OPEN, RATE, SHARE, YES

logger = logging.getLogger(__name__)
NOT_AFTER = frozenset({HUMAN, NO_HUMAN, BACK, SHARE, RATE, "forget_me", "start_over"})
AGAIN = frozenset({Reason.ANGER, Reason.LEGAL, Reason.FRAUD})
"""Reasons for which a person is offered as often as they are given."""
NO_CLERKS = frozenset({"crisis"})
"""What nobody in a shop is the person for."""
LOST_TWICE = 2


def with_offer(turn: Turn, answer: Answer) -> Answer:
    """The answer with a person offered behind it where there is a reason, and somebody is there."""
    if turn.frame.kind == NEXT:
        return answer  # it said what is offered itself
    memory = replace(answer.memory, offer_open=False)
    if any(payload.get("forget") for payload in (part.payload for part in answer.parts if isinstance(part, Words))):
        return replace(answer, memory=memory)
    why = None if turn.frame.kind in NOT_AFTER else _why(turn, answer)
    if why is None or (why.value in memory.offered and why not in AGAIN):
        return replace(answer, memory=memory)
    found = presence(turn)
    if not found.anybody:
        return replace(answer, memory=memory)
    if found.there:
        try:
            turn.resources.staff.talks.offer(turn.sender, turn.channel, why.value)
        except StoreError as error:
            logger.error("a person cannot be offered: %s", error)
            return replace(answer, memory=memory)
    waits = memory.request is not None and memory.request.awaits == YES  # a yes is for that then
    asks = not waits and why is not Reason.SAFETY
    offered = (*(one for one in memory.offered if one != why.value), why.value)
    said = _behind(answer, _words(turn, found, asks), _buttons(turn, found.there, asks))
    return replace(said, memory=replace(memory, offered=offered, offer_open=asks))


def offered_again(turn: Turn) -> Answer:
    """The person who was offered, once more: for who asks what comes next."""
    found = presence(turn)
    memory = replace(turn.memory, lost=0, offer_open=found.anybody)
    if not found.anybody:
        return turn.reply(briefly(turn), memory=memory)
    return turn.answer(Words(_words(turn, found, asks=True), buttons=_buttons(turn, found.there, asks=True)), memory=memory)


def person_button(turn: Turn) -> list[Button]:
    """The button that asks for a person; none where nobody is there."""
    return _buttons(turn, True, asks=False) if presence(turn).there else []


def _words(turn: Turn, found: Presence, asks: bool) -> str:
    if not found.there:
        return turn.say("person_offer_closed" if asks else "person_offer_closed_later", away=away(turn, found))
    return turn.say("person_offer" if asks else "person_offer_later", coming=coming(turn, found))


def _buttons(turn: Turn, there: bool, asks: bool) -> list[Button]:
    """What takes the offer and, where it is a question, what refuses it."""
    title = turn.say("person_talk" if not asks and there else "person_yes" if there else "person_message")
    takes = {"title": title, "payload": turn.say("person_yes") if asks else turn.say("person_talk")}
    no = turn.say("person_no_thanks")
    return [takes, {"title": no, "payload": no}] if asks else [takes]


def _behind(answer: Answer, text: str, buttons: Sequence[Button]) -> Answer:
    """The offer in the same message where that is words alone, else in one of its own."""
    last = answer.parts[-1] if answer.parts else None
    if isinstance(last, Words) and not last.buttons and not last.products and not last.sources and not last.payload:
        return replace(answer, parts=(*answer.parts[:-1], replace(last, text=f"{last.text} {text}", buttons=buttons)))
    return replace(answer, parts=(*answer.parts, Words(text, buttons=buttons)))


def _why(turn: Turn, answer: Answer) -> Optional[Reason]:
    """Why a person is to be offered now; None for no reason."""
    rules = turn.resources.shop.people.offer
    upset = turn.resources.upset.find(turn.frame)
    flags = set(turn.asked.safety) & red_flags(turn.knowledge) - NO_CLERKS
    found = [
        (Reason(turn.resources.upset.entries[upset.name].person), True) if upset else None,
        (Reason.SAFETY, turn.frame.kind == "report_reaction" and bool(flags)),
        (Reason.LOST, answer.memory.lost >= LOST_TWICE),
    ]
    reasons = [one[0] for one in found if one and one[1] and one[0] in rules.reasons]
    return reasons[0] if reasons else Reason.RULE if _by_rule(turn) else None


def _by_rule(turn: Turn) -> bool:
    rules = turn.resources.shop.people.offer
    words = f" {' '.join(turn.frame.words)} "
    if any(f" {' '.join(phrase.lower().split())} " in words for phrase in rules.words):
        return True
    if rules.topics:
        topic = topic_asked(turn.frame, turn.memory, turn.resources.topics)
        if turn.frame.kind in rules.topics or (topic is not None and topic.name in rules.topics):
            return True
    return rules.orders_from is not None and turn.frame.kind in (*OF_ORDERS, OPEN) and _is_of_value(turn)


def _is_of_value(turn: Turn) -> bool:
    orders, least = turn.resources.orders, turn.resources.shop.people.offer.orders_from
    if orders is None or least is None:
        return False
    try:
        latest = orders.requests.latest(turn.sender, with_order=True)
        order = orders.gateway.order(latest.order_number) if latest and orders.proofs_of(turn.sender, latest.order_number) else None
    except (GatewayError, StoreError) as error:
        logger.error("what an order is worth cannot be told: %s", error)
        return False
    return order is not None and order.total >= least
