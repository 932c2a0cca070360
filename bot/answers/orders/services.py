"""The services of questions about orders: whose order it is, then the steps of the request, and the reminder after an interruption."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Callable, Mapping

from bot.answers.answer import Answer, Words
from bot.answers.orders import cancel, chain, code, desk, returns
from bot.answers.orders.case import CUES, KINDS, PLAN, SAID, VERSION, Case, answered, unreachable
from bot.answers.orders.chain import LATER
from bot.answers.orders.complained import complained
from bot.answers.orders.errand import Errand
from bot.answers.orders.errands import errands
from bot.answers.orders.instead import instead
from bot.answers.orders.proof import (
    FAILED,
    asker,
    identified,
    last_order,
    missing,
    needed,
    still_unknown,
)
from bot.answers.orders.reaction import with_care
from bot.answers.orders.rules import rule_of
from bot.answers.orders.unmatched import EMAIL, NUMBER, still_offered, with_question, without_proof_asked
from bot.answers.shop.passing_on import buttons
from bot.answers.shop.policy import say_policy
from bot.answers.shop.services import POLICIES
from bot.answers.shop.topics import topic_asked
from bot.answers.turn import Turn
from bot.store.errors import StoreError
from bot.store.orders.records import folded_number
from bot.store.requests import Request
from bot.store.support_models import CONFIRMED, DONE, DROPPED, PROPOSED, REFUSED, SENT
from bot.support.gateway import GatewayError, Order
from bot.support.orders import Orders
from bot.support.settling import settle
from bot.understanding.frame import SURE
from bot.understanding.memory import OpenRequest
from bot.understanding.order_numbers import numbers_in, told
from bot.understanding.support import (
    CHANGE,
    CODE,
    OF_ORDERS,
    OPEN,
    PROOF,
    STATUS,
    TICKET,
    YES,
    is_about_own,
)
from bot.understanding.topics import SHOP_TOPIC

logger = logging.getLogger(__name__)
MOST_OTHERS = 3
STEPS = chain.STEPS
# What a request knows of the positions of one order, and of no other.
OF_ONE_ORDER = frozenset({cancel.PART, returns.LINES, PLAN, VERSION})


def order_question(turn: Turn) -> Answer:
    """A question about an order: the customer's own where they speak of it, else the shop's rule and an offer to look. Without
    orders the owner's words and how to reach the shop."""
    return with_care(turn, _order_question(turn))


def _order_question(turn: Turn) -> Answer:
    orders = turn.resources.orders
    own = is_about_own(turn.frame)
    topic = topic_asked(turn.frame, turn.memory, turn.resources.topics)
    of = turn.resources.topics.entries[topic.name].kind if topic is not None else ""
    kind = turn.frame.kind
    talked_of = turn.memory.request is not None and ((kind == CHANGE and turn.frame.band == SURE) or (kind == STATUS and turn.frame.has("asks_items", "asks_contents")))
    topics = (of == SHOP_TOPIC and not talked_of) or (topic is not None and topic.name in turn.resources.shop.topics and (not own or of == CHANGE))
    if orders is not None and orders.policy.of_customers and (turn.frame.kind == OPEN or own):
        return _at_desk(turn, orders)
    if orders is None or not orders.shows_orders or (topics and told(turn.frame, asked=True).nothing):
        return say_policy(turn)
    try:
        if not orders.gateway.has_orders():
            return say_policy(turn)
        pointer = turn.memory.request
        if pointer is not None and pointer.awaits not in ("", PROOF) and not own:
            rule = rule_of(turn, orders.policy, turn.frame.kind)
            return answered(turn, f"{rule} {turn.say(f'request_waits_{pointer.awaits}')}", pointer)
        return _begin(turn, orders)
    except (GatewayError, StoreError) as error:
        return _away(turn, error)


def open_request(turn: Turn) -> Answer:
    """A message that the open request listens to."""
    orders, pointer = turn.resources.orders, turn.memory.request
    if orders is not None and orders.policy.of_customers:
        return _at_desk(turn, orders)
    try:
        request = orders.requests.of(turn.sender, pointer.id) if orders and pointer else None
        if orders is None or pointer is None or request is None:
            return answered(turn, turn.say("request_gone"), None)
        if turn.frame.has("is_it_done"):
            return _done_or_not(turn, orders, request, pointer)
        if pointer.awaits == PROOF:
            return _prove(turn, orders, request)
        if pointer.awaits == CODE:
            return _by_code(turn, orders, request)
        order = orders.proving.seen(asker(turn), request.order_number)
        if order is None:  # the proof is too old by now
            return needed(turn, orders, replace(request, details={**request.details, "number": request.order_number}), again=True)
        case = Case(turn, orders, request, order)
        if pointer.awaits != YES and turn.frame.has("gives_up") and not turn.frame.has("is_unwanted"):  # "changed my mind" is a reason
            return case.drop()
        other = instead(case)
        return other or chain.goes_on(turn, orders, desk.desk_of(turn, orders), STEPS[request.kind](case))
    except (GatewayError, StoreError) as error:
        return _away(turn, error)


def _done_or_not(turn: Turn, orders: Orders, request: Request, pointer: OpenRequest) -> Answer:
    """ "Did you change it now?", as it stands; what the request waits for is said again."""
    outcome = orders.gateway.done(request.token) if request.state in (CONFIRMED, SENT) else None
    if request.state == CONFIRMED and outcome is not None and outcome.done:
        return answered(turn, turn.say("done_yes", number=request.order_number), pointer)
    if pointer.awaits:
        waits = missing(turn, request) if pointer.awaits == PROOF else turn.say(f"request_waits_{pointer.awaits}")
        return answered(turn, f"{turn.say('done_not_yet')} {waits}", pointer)
    if request.state == REFUSED:  # refused because it was done before, or is not possible: the order as it is tells which
        return order_question(replace(turn, frame=replace(turn.frame, kind=request.kind)))
    if outcome is not None and not outcome.done:  # the shop took it, and still has to do it
        return answered(turn, turn.say("done_asked", number=request.order_number), pointer)
    if request.state == SENT and outcome is not None:  # it was done, and the answer was lost
        request = replace(request, state=DONE)
        orders.requests.keep(request)
    key = {DONE: "done_yes", SENT: "done_by_team"}.get(request.state, "done_no")
    return answered(turn, turn.say(key, number=request.order_number), pointer)


def ticket(turn: Turn) -> Answer:
    """ "Is my ticket answered?": the tickets of this conversation, as they stand."""
    orders = turn.resources.orders
    try:
        if orders is not None:
            settle(orders)
        found = orders.requests.tickets_of(turn.sender) if orders else []
    except StoreError as error:
        return _away(turn, error)
    if not found:
        return turn.reply(turn.say("ticket_none"))
    lines = [turn.say(f"ticket_{one.state}", ticket=one.number, what=one.text) for one in found[:3]]
    return turn.reply(" ".join(lines))


def reminded(turn: Turn, answer: Answer) -> Answer:
    """The answer to a message that interrupted a request, with a word that the request waits; once."""
    pointer = answer.memory.request
    if pointer is None or not pointer.awaits or turn.frame.kind in SERVICES or turn.memory.request != pointer:
        return answer
    if pointer.reminded:
        return replace(answer, memory=replace(answer.memory, request=replace(pointer, stale=True)))
    if pointer.unmatched:
        return _still_offered(turn, answer, pointer)
    text = turn.say(f"request_waits_{pointer.awaits}")
    return replace(answer, parts=(*answer.parts, Words(text)), memory=replace(answer.memory, request=replace(pointer, reminded=True)))


def _still_offered(turn: Turn, answer: Answer, pointer: OpenRequest) -> Answer:
    """The answer with the offer of the staff, who get a question to the shop too; nothing that was told already is asked for."""
    orders = turn.resources.orders
    request = orders.requests.of(turn.sender, pointer.id) if orders is not None else None
    if orders is None or request is None:
        return answer
    if turn.frame.kind in POLICIES:
        orders.requests.keep(replace(request, details=with_question(turn, request)))
    parts = [replace(one, text=without_proof_asked(one.text)) if isinstance(one, Words) else one for one in answer.parts]
    offer = Words(still_offered(turn, request), buttons=buttons(turn))
    return replace(answer, parts=(*parts, offer), memory=replace(answer.memory, request=replace(pointer, reminded=True)))


def _begin(turn: Turn, orders: Orders) -> Answer:
    """A new request, with what the message and the one before tell; the order that was looked at last is meant unless another is
    named."""
    kind, found = turn.frame.kind, told(turn.frame, asked=True)
    before = _open(turn, orders)
    details: dict[str, object] = {}
    if before is not None and before.details.get(FAILED) and found.nothing and before.state == PROPOSED:
        return still_unknown(turn, orders, before)
    pointer = turn.memory.request
    if before is not None and pointer is not None and (pointer.id, pointer.awaits) == (before.id, PROOF) and before.kind == kind and found.nothing:
        return _prove(turn, orders, before)  # more is told of the same
    if before is not None and before.state == PROPOSED:
        details = {key: value for key, value in before.details.items() if key in (NUMBER, EMAIL)}
        orders.requests.claim(before, PROPOSED, DROPPED)
    details.update({key: value for key, value in ((NUMBER, found.number), (EMAIL, found.email)) if value})
    last = last_order(turn, orders)
    number = str(details.get(NUMBER) or last)
    if found.number and EMAIL not in details and (known := orders.proving.seen(asker(turn), last)):
        details[EMAIL] = known.email  # who proved to be this customer need not say it again
    before_it, words_before, cues_before = complained(turn)
    kind = before_it or kind
    said = words_before or turn.frame.text
    details.update({SAID: said, CUES: sorted({*turn.frame.cues, *cues_before}), KINDS: list(turn.frame.ids("product_type", role=None))})
    request = orders.requests.begin(turn.sender, kind, details=details)
    if number and (not found.email or found.number):
        order = orders.proving.seen(asker(turn), number)
        if order is not None:
            return _go_on(turn, orders, request, order)
    return _prove(turn, orders, request)


def _prove(turn: Turn, orders: Orders, request: Request) -> Answer:
    """Takes what proves who asks, and goes on where it does."""
    result = identified(turn, orders, request)
    if isinstance(result, Answer):
        return result
    if isinstance(result, Request):
        return code.asked_unseen(turn, orders, result)
    return _go_on(turn, orders, *result)


def _by_code(turn: Turn, orders: Orders, request: Request) -> Answer:
    """Takes the code, and goes on with the request as it was told before."""
    result = code.heard(turn, orders, request)
    if isinstance(result, Answer):
        return result
    order = orders.proving.seen(asker(turn), result.order_number or str(result.details.get(NUMBER, "")))
    if order is None:
        return answered(turn, turn.say("request_gone"), None)
    request = replace(result, order_number=order.number, details={key: value for key, value in result.details.items() if key != EMAIL})
    return chain.goes_on(turn, orders, desk.desk_of(turn, orders), STEPS[request.kind](chain.case_of(turn, orders, request, order, fresh=True)))


def _go_on(turn: Turn, orders: Orders, request: Request, order: Order) -> Answer:
    other = request.order_number not in ("", order.number)
    details = {key: value for key, value in request.details.items() if not (other and key in OF_ONE_ORDER)}
    request = replace(request, order_number=order.number, details=details)
    own, *later = _several(turn, orders, request, order)
    if own is not None and (first := orders.proving.seen(asker(turn), own.number)) is not None:
        cues = sorted(chain.in_own_words(turn, own.text, own.kind).frame.cues)
        order, kept = first, {SAID: own.text, CUES: cues, KINDS: [], LATER: [one.as_data() for one in later if one is not None]}
        request = replace(request, kind=own.kind, order_number=order.number, details={**details, **kept})
        case = chain.case_of(turn, orders, request, order, fresh=True)
        return chain.goes_on(turn, orders, desk.desk_of(turn, orders), STEPS[request.kind](case))
    return STEPS[request.kind](Case(turn, orders, request, order, fresh=True))


def _several(turn: Turn, orders: Orders, request: Request, order: Order) -> list[Errand | None]:
    """The errands of a message that wants several things, also of other orders by their numbers, which must be of the same e-mail;
    None alone where it wants one."""
    text = str(request.details.get(SAID) or "")
    others = [one for one in numbers_in(text) if folded_number(one) != folded_number(order.number)][:MOST_OTHERS]
    for number in others:
        if orders.proving.seen(asker(turn), number) is None:
            orders.proving.look_up(asker(turn), number, order.email)
    wants = turn.resources.request_words.wants(text)
    if len(wants) + len(others) < 2:
        return [None]
    found = [one for one in errands(wants, desk.desk_of(turn, orders)) if one.number and one.kind in STEPS]
    return [*found] if len(found) > 1 else [None]


def _at_desk(turn: Turn, orders: Orders) -> Answer:
    try:
        return desk.heard(turn, orders) if orders.gateway.has_orders() else say_policy(turn)
    except (GatewayError, StoreError) as error:
        return _away(turn, error)


def _open(turn: Turn, orders: Orders) -> Request | None:
    pointer = turn.memory.request
    return orders.requests.of(turn.sender, pointer.id) if pointer is not None else None


def _away(turn: Turn, error: Exception) -> Answer:
    logger.error("%s: %s", turn.frame.kind, error)
    return unreachable(turn)


SERVICES: Mapping[str, Callable[[Turn], Answer]] = {**dict.fromkeys(OF_ORDERS, order_question), OPEN: open_request, TICKET: ticket}
