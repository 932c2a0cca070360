"""`Case`: a customer's request in one turn, with what it may do: ask on, propose, have it done once, make a ticket, end.

A step of a request is a function from a case, whose order is proved and read anew, to an answer. Nothing is done before the customer
said yes to what they were shown, of the order as it was then; past tense comes only from what the shop confirmed.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any, Callable, Sequence

from bot.answers.answer import Answer, Button, Words
from bot.answers.orders.words import refunds
from bot.answers.shop.contact import briefly
from bot.answers.staff.offering import person_button
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.store.errors import StoreError
from bot.store.orders.records import folded_number
from bot.store.people_policy import Reason
from bot.store.requests import Request
from bot.store.support_models import CONFIRMED, DONE, DROPPED, PROPOSED, REFUSED, SENT
from bot.support.asking import ADDRESS
from bot.support.gateway import Capability, GatewayError, Moved, NotDone, Order, Outcome
from bot.support.orders import Orders
from bot.support.proving import Asker
from bot.understanding.memory import OpenRequest
from bot.understanding.said import plain
from bot.understanding.support import CANCEL, OF_ORDERS, OPEN, YES

SHORT = 10
LEADS_TO_A_NUMBER = frozenset({"from", "of", "in", "order", "number", "no", "nr", "is", "it's", "its"})
logger = logging.getLogger(__name__)
VERSION, PLAN, BACK, SAID, CUES, KINDS = "version", "plan", "back", "said", "cues", "kinds"
NO_CODE = "no_code"
"""Kept of a request whose customer cannot read what is sent to the order's address."""


@dataclass(frozen=True)
class Case:
    """A request, the order it is about as it is now, and the message that goes on with it. `fresh` while it has not asked
    anything yet."""

    turn: Turn
    orders: Orders
    request: Request
    order: Order
    fresh: bool = False

    @property
    def today(self) -> date:
        """The day of the message, in UTC."""
        return datetime.fromtimestamp(self.turn.now, tz=timezone.utc).date()

    @property
    def asker(self) -> Asker:
        """Who asks."""
        return Asker(self.turn.sender, ADDRESS.get())

    @property
    def awaits(self) -> str:
        """What was asked for last; empty where nothing was."""
        pointer = self.turn.memory.request
        return pointer.awaits if pointer is not None and pointer.id == self.request.id and not self.fresh else ""

    @property
    def shows_items(self) -> bool:
        """Whether the customer proved enough to be told what is in the order."""
        return self.orders.proving.may_change(self.asker, self.order)

    def told(self, key: str) -> Any:
        """What the request knows under a key, None where nothing."""
        return self.request.details.get(key)

    @property
    def text(self) -> str:
        """What was said that the step may still have to hear: the message, and before it the one that began the request."""
        began = str(self.told(SAID) or "") if self.fresh else ""
        whole = began if began == self.turn.frame.text else f"{began}, {self.turn.frame.text}".strip(", ")
        return _without_proof(whole, self.order.number)

    def says(self, *cues: str) -> bool:
        """Whether one of these cues stands in it."""
        return self.turn.frame.has(*cues) or (self.fresh and bool(set(self.told(CUES) or ()) & set(cues)))

    @property
    def kinds(self) -> Sequence[str]:
        """Ids of the kinds of product that it names."""
        return (*self.turn.frame.ids("product_type", role=None), *((self.told(KINDS) or ()) if self.fresh else ()))

    def with_told(self, **details: Any) -> Case:
        """The case with more told; written when the turn ends."""
        return replace(self, request=replace(self.request, details={**self.request.details, **details}))

    def say(self, key: str, **fills: str) -> str:
        """A wording about this order."""
        return self.turn.say(key, number=self.order.number, **fills)

    def part(self, key: str, **fills: str) -> str:
        """A wording as it stands inside a sentence."""
        return inside(self.say(key, **fills))

    def can(self, capability: Capability) -> bool:
        """Whether it is done here, without the shop's staff."""
        return capability in self.orders.gateway.capabilities and self.orders.proving.may_change(self.asker, self.order)

    def ask(self, text: str, awaits: str, buttons: Sequence[Button] = ()) -> Answer:
        """Asks the customer for what is missing; the request stays open."""
        self.orders.requests.keep(self.request)
        return answered(self.turn, text, OpenRequest(self.request.id, self.request.kind, awaits), buttons)

    def propose(self, plan: str, text: str, yes: str, no: str, more: Sequence[Button] = (), back: Decimal = Decimal(0)) -> Answer:
        """Shows what would happen and asks for a yes; the yes holds for this plan and for the order as it is now. `more` are
        further buttons; `back` is what would be paid back, less than nothing what would be paid."""
        buttons = [{"title": yes, "payload": yes}, {"title": no, "payload": no}, *more]
        return self.with_told(**{PLAN: plan, VERSION: self.order.version, BACK: str(back)}).ask(text, YES, buttons)

    @property
    def agreed(self) -> bool:
        """Whether the message says yes, and no no, to what was proposed last, of the order as it still is."""
        frame, pointer = self.turn.frame, self.turn.memory.request
        fresh = pointer is not None and not pointer.stale and self.told(VERSION) == self.order.version
        plainly = frame.has("said_yes") and not frame.has("said_no", "gives_up")
        return self.awaits == YES and fresh and (plainly or self.restated)

    def agreed_to(self, plan: str) -> bool:
        """Whether the message says yes and this is what was shown."""
        return self.agreed and self.told(PLAN) == plan

    @property
    def denied(self) -> bool:
        """Whether the message says no to what was proposed; with a yes beside it, it is asked again."""
        frame = self.turn.frame
        denied = frame.has("gives_up") or (frame.has("said_no") and not frame.has("said_yes"))
        return self.awaits == YES and denied and not self.restated

    @property
    def restated(self) -> bool:
        """Whether the message, instead of a yes, says again what was shown: "I don't care, just cancel the whole order"."""
        reading, words = self.turn.resources.request_words, plain(self.turn.frame.text)
        more = any(reading.has(words, one) for one in ("leaves", "conditional", "also")) or bool(reading.named(words, "methods")) or "?" in self.turn.frame.text
        whole = reading.has(words, "one_order") and not more and len(words) <= SHORT
        return self.request.kind == CANCEL and whole and [one.kind for one in reading.wants(self.turn.frame.text)] == [CANCEL]

    def do(self, change: Callable[[], Outcome], done: Callable[[Outcome], str], paid: Decimal = Decimal(0)) -> Answer:
        """Has the shop do what was agreed, once, and says so when it confirmed; what it only took is a ticket beside.

        Args:
            change: asks the gateway, under the request's own key.
            done: the sentence in the past tense.
            paid: what the customer pays more by it.
        """
        requests = self.orders.requests
        if not requests.claim(self.request, PROPOSED, CONFIRMED):
            kept = requests.of(self.turn.sender, self.request.id)
            if kept is None or kept.state != CONFIRMED:
                return self.end(self.say("request_done_already"), DONE)
            # It was agreed to and never came to its end: asked again under its own key it is done at most once.
        try:
            outcome = change()
        except Moved:
            requests.claim(self.request, CONFIRMED, PROPOSED)
            return self.end(self.say("request_moved"), REFUSED)
        except NotDone as error:
            logger.error("%s: not taken: %s", self.request.kind, error)
            return self.pass_on(self.say("request_not_taken"), SENT)
        except GatewayError as error:
            logger.error("%s: no answer to a change: %s", self.request.kind, error)
            found = self._read_back()
            if found is None:
                return self.pass_on(self.say("request_unconfirmed"), SENT)
            outcome = found
        result = {"refunds": [[str(amount), method] for amount, method in outcome.refunds], "paid": str(paid)}
        ended = replace(self, request=replace(self.request, result=result))
        try:
            seen_to = self._seen_to(outcome)
            return ended.end(f"{done(outcome)} {seen_to}".strip(), DONE if outcome.done else SENT)
        except StoreError as error:
            logger.error("%s: what came of it could not be noted: %s", self.request.kind, error)
            return self.turn.reply(f"{self.say('request_half_noted' if outcome.done else 'request_half_asked')} {briefly(self.turn)}")

    def _seen_to(self, outcome: Outcome) -> str:
        """The sentence that names the ticket of what the shop took and did not confirm; empty where it did. Nobody else follows it
        up, and what is owed then is owed whenever the shop comes to it."""
        if outcome.done:
            return ""
        text = self.say("plan_unconfirmed", plan=str(self.told(PLAN) or self.request.kind))
        if outcome.refunds and not self.orders.policy.pays_back_itself:
            text = f"{text} {self.say('plan_pay_back_then', refunds=refunds(outcome.refunds, self.order.currency, self.part('way_you_paid')))}"
        return self.say("request_seen_to", ticket=self.ticket(text))

    def _read_back(self) -> Outcome | None:
        try:
            return self.orders.gateway.done(self.request.token)
        except GatewayError:
            return None

    def ticket(self, text: str) -> str:
        """The number of the ticket for the shop's staff that this request makes, once."""
        made = self.orders.tickets.make(self.turn.sender, self.request.token, self.request.kind, text, self.order.number, self.order.email)
        return made.number

    def pass_on(self, text: str, state: str = SENT, **fills: str) -> Answer:
        """Makes the ticket that was agreed to, and says its number."""
        plan = str(self.told(PLAN) or self.request.kind)
        if self.told(NO_CODE):  # an answer to the order's address would not reach them
            return self.end(f"{text} {self.say('ticket_made_unread', ticket=self.ticket(plan), contact=briefly(self.turn))}".strip(), state)
        return self.end(f"{text} {self.say('ticket_made', ticket=self.ticket(plan), **fills)}".strip(), state)

    def refuse(self, text: str) -> Answer:
        """Says by which rule it cannot be done; the request is over."""
        return self.end(text, REFUSED)

    def drop(self, text: str = "") -> Answer:
        """The customer gave it up."""
        return self.end(text or self.say("request_dropped"), DROPPED)

    def end(self, text: str, state: str, buttons: Sequence[Button] = ()) -> Answer:
        """The request is over for the chat."""
        details = {key: value for key, value in self.request.details.items() if key not in ("email", PLAN)}
        self.orders.requests.keep(replace(self.request, state=state, details=details))
        return answered(self.turn, text, OpenRequest(self.request.id, self.request.kind, ""), buttons)


def _without_proof(text: str, number: str) -> str:
    """A text without what proves whose order it is: no ticket and no address holds it."""
    folded = folded_number(number)
    kept: list[str] = []
    for word in [one for one in text.split() if "@" not in one]:
        if folded_number(word) != folded:
            kept.append(word)
            continue
        while kept and kept[-1].lower().strip(".,:") in LEADS_TO_A_NUMBER:
            kept.pop()  # "the cream from order" has lost its number
    return " ".join(kept).strip(" ,;")


def answered(turn: Turn, text: str, pointer: OpenRequest | None, buttons: Sequence[Button] = ()) -> Answer:
    """An answer of a text, with the request that is open after it."""
    kind = pointer.kind if pointer is not None and turn.frame.kind == OPEN else turn.frame.kind
    policy = kind if kind in OF_ORDERS else ""  # "and who pays?" goes on with it
    memory = replace(turn.memory, request=pointer, lost=0, shown=replace(turn.memory.shown, policy=policy, said=""))
    return turn.answer(Words(text, buttons=buttons), memory=memory)


def by_ticket(case: Case, plan: str, what: str) -> Answer:
    """What cannot be done here goes to the staff: shows what the ticket will say, and makes it after a yes.

    Args:
        case: the request.
        plan: what the staff reads.
        what: the sentence in front, such as the rule that decided.
    """
    if case.agreed_to(plan):
        return case.pass_on("")
    offer = case.say("ticket_offer", plan=plan)
    text = f"{what}{offer}" if what.endswith("\n") else f"{what} {offer}".strip()
    cannot = Reason.CANNOT in case.turn.resources.shop.people.offer.reasons
    return case.propose(plan, text, case.say("yes_pass_on"), case.say("no_leave_it"), person_button(case.turn) if cannot else ())


def unreachable(turn: Turn) -> Answer:
    """The shop's orders give no answer now."""
    return turn.reply(f"{turn.say('orders_unreachable')} {briefly(turn)}")
