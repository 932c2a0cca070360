"""Passes a conversation on to a person who is there, or takes a message for one who is not."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timezone

from bot.answers.answer import Answer, Button, Words
from bot.answers.orders.services import open_request as order_request
from bot.answers.orders.services import order_question
from bot.answers.person import described
from bot.answers.shop.policy import say_policy
from bot.answers.staff.listening import RED_FLAG, URGENT
from bot.answers.staff.presence import away, coming, moment, presence
from bot.answers.turn import Turn
from bot.store.errors import StoreError
from bot.store.people_policy import Reason
from bot.store.requests import Request
from bot.store.support_models import DROPPED, PROPOSED, SENT
from bot.support.handoff import Owner, Summary
from bot.understanding.health import is_open
from bot.understanding.memory import Memory, OpenRequest
from bot.understanding.order_numbers import told
from bot.understanding.support import EMAIL, HUMAN, STATUS

logger = logging.getLogger(__name__)
SAID, WHY = "said", "reason"


def human(turn: Turn) -> Answer:
    """A person is wanted: the conversation is passed on where somebody is there; else it is said when, and a message taken."""
    try:
        found = presence(turn)
        why = turn.memory.offered[-1] if turn.memory.offer_open and turn.memory.offered else Reason.ASKED.value
        if not turn.sender:
            return say_policy(turn)
        request = turn.resources.requests.begin(turn.sender, HUMAN, details={SAID: turn.frame.text, WHY: why})
        talks, summary, profile = turn.resources.staff.talks, _summary(turn), described(turn, turn.memory.person)
        held = [one for one in (profile, "" if summary.wish else turn.frame.text) if one]
        hides = bool(held) or talks.hides(turn.sender)
        if not found.there:
            if found.anybody:
                talks.leave_message(turn.sender, turn.channel, why, summary, held=held)
            return _ask_address(turn, request, away(turn, found) if found.anybody else "", hides)
        talks.ask_for_person(turn.sender, turn.channel, why, summary, held)
    except StoreError as error:
        logger.error("nobody can be passed on: %s", error)
        return say_policy(turn)
    text = turn.say("person_passed_hiding" if hides else "person_passed", coming=coming(turn, found))
    buttons = [_button(turn, "person_back")]
    if hides:
        text = f"{text} {turn.say('person_share', profile=profile) if profile else turn.say('person_share_lines')}"
        buttons = [_button(turn, "person_share_yes"), *buttons]
    return turn.answer(Words(text, buttons=buttons), memory=_waiting_for_address(turn, request))


def share(turn: Turn) -> Answer:
    """The team may read what is hidden from them, of who left a message."""
    pointer = turn.memory.request
    try:
        agreed = turn.resources.staff.talks.agree(turn.sender)
    except StoreError as error:
        logger.error("that more may be read could not be noted: %s", error)
        return turn.reply(turn.say("shop_unreachable"))
    return turn.reply(turn.say("person_shared" if agreed else "person_nothing_to_share"), memory=replace(turn.memory, request=pointer))


def no_human(turn: Turn) -> Answer:
    """The person who was offered or asked for is not wanted."""
    pointer = turn.memory.request
    memory = turn.memory
    try:
        turn.resources.staff.talks.decline(turn.sender)
        if pointer is not None and pointer.kind == HUMAN:
            request = turn.resources.requests.of(turn.sender, pointer.id)
            if request is not None and request.state == PROPOSED:
                turn.resources.requests.keep(replace(request, state=DROPPED))
                turn.resources.staff.talks.withdraw(turn.sender)
            memory = replace(memory, request=None)
    except StoreError as error:
        logger.error("that no person is wanted could not be noted: %s", error)
    return turn.reply(turn.say("person_no"), memory=memory)


def back(turn: Turn) -> Answer:
    """The assistant is wanted, which has the talk already: no address is waited for any more, and a message that was taken stays with
    the staff."""
    pointer, memory = turn.memory.request, replace(turn.memory, offer_open=False, lost=0)
    stays = False
    try:
        talks = turn.resources.staff.talks
        talks.decline(turn.sender)
        talk = talks.talk(turn.sender)
        stays = talk is not None and talk.owner is Owner.MAIL
        if pointer is not None and pointer.kind == HUMAN:
            request = turn.resources.requests.of(turn.sender, pointer.id)
            if request is not None and request.state == PROPOSED:
                turn.resources.requests.keep(replace(request, state=DROPPED))
            memory = replace(memory, request=None)
    except StoreError as error:
        logger.error("that the assistant is wanted could not be noted: %s", error)
    return turn.reply(turn.say("person_here_stays" if stays else "person_here"), memory=memory)


def open_request(turn: Turn) -> Answer:
    """A message that the open request listens to: an order's, or the e-mail address for who looks for a person."""
    pointer = turn.memory.request
    if pointer is None or pointer.kind != HUMAN:
        return order_request(turn)
    request = turn.resources.requests.of(turn.sender, pointer.id)
    email = told(turn.frame, asked=False).email
    if request is None or request.state != PROPOSED:
        return order_question(replace(turn, frame=replace(turn.frame, kind=STATUS)))
    if not email:
        turn.resources.requests.keep(replace(request, state=DROPPED))
        if turn.frame.has("gives_up", "refuses_person"):
            turn.resources.staff.talks.withdraw(turn.sender)
        return turn.reply(turn.say("person_no"), memory=replace(turn.memory, request=None))
    return _leave(turn, request, email)


def _leave(turn: Turn, request: Request, email: str) -> Answer:
    """Makes the ticket of a question that nobody was there for, once, and puts the conversation into the inbox."""
    staff, requests = turn.resources.staff, turn.resources.requests
    kept = staff.talks.talk(turn.sender)
    summary = kept.summary if kept and kept.owner is Owner.MAIL else _summary(turn)
    text = turn.say("plan_person", said=str(request.details.get(SAID, "")))
    ticket = requests.ticket(turn.sender, request.token, HUMAN, text, summary.order_number, email)
    reason = str(request.details.get(WHY, Reason.ASKED.value))  # who gets an account later finds it too
    staff.talks.leave_message(turn.sender, turn.channel, reason, replace(summary, ticket=ticket.number), email)
    requests.keep(replace(request, state=SENT))
    memory = replace(turn.memory, request=None, lost=0)
    return turn.reply(turn.say("person_ticket", ticket=ticket.number, email=email), memory=memory)


def _ask_address(turn: Turn, request: Request, said: str, hides: bool = False) -> Answer:
    """Says honestly that nobody comes now, and takes a message; `hides`: the staff are shown only a part of what was said."""
    ways = turn.resources.shop.contact.ways
    leave = turn.say("person_left_or", ways=ways) if ways else turn.say("person_left")
    if not said:
        policy = say_policy(turn)
        said = " ".join(part.text for part in policy.parts if isinstance(part, Words))
        leave = turn.say("person_leave_too")
        hides = False
    if not hides:
        return turn.answer(Words(f"{said} {leave}"), memory=_waiting_for_address(turn, request))
    text = f"{said} {leave} {turn.say('person_left_hiding')}"
    return turn.answer(Words(text, buttons=[_button(turn, "person_share_yes")]), memory=_waiting_for_address(turn, request))


def _waiting_for_address(turn: Turn, request: Request) -> Memory:
    pointer = OpenRequest(request.id, HUMAN, EMAIL, reminded=True)
    return replace(turn.memory, request=pointer, lost=0, offer_open=False)


def _summary(turn: Turn) -> Summary:
    """What the staff should know, without what is known of the person and what tells of them."""
    pointer = turn.memory.request
    latest = turn.resources.requests.latest(turn.sender, with_order=True)
    number = told(turn.frame, asked=False).number or (latest.order_number if latest else "")
    orders = turn.resources.orders
    proved = bool(number and orders and orders.proofs_of(turn.sender, number))
    return Summary(
        wish=turn.frame.text if is_open(turn.frame) else "", request=pointer.kind if pointer and pointer.kind != HUMAN else "", order_number=number, proved=proved,
        page=turn.page, emergency=_emergency(turn),
    )


def _emergency(turn: Turn) -> str:
    """When a red flag that cannot wait was told, in this message or lately; empty for none."""
    safety, person = turn.knowledge.safety, turn.memory.person
    if any(safety[one].kind == RED_FLAG and safety[one].urgency in URGENT for one in turn.asked.safety):
        return moment(turn).isoformat()
    lately = safety.get(person.red_flag)
    if lately is None or lately.urgency not in URGENT:
        return ""
    return datetime.fromtimestamp(person.red_flag_at, timezone.utc).isoformat()


def _button(turn: Turn, key: str) -> Button:
    text = turn.say(key)
    return {"title": text, "payload": text}
