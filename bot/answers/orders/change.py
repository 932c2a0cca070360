"""Changing an order: its address here, its items, payment and way of delivery by a ticket."""

from __future__ import annotations

from dataclasses import asdict, replace

from bot.answers.answer import Answer
from bot.answers.orders import payment, swap
from bot.answers.orders.case import Case, by_ticket
from bot.answers.orders.code import can_prove, proved_or_ticket
from bot.answers.orders.places import BEFORE, address_meant
from bot.answers.orders.rules import reason_of
from bot.answers.shop.contact import briefly
from bot.store.order_policy import Until
from bot.support.gateway import Address, Capability, State
from bot.support.rules import changing_address
from bot.understanding.addresses import Told, address_in
from bot.understanding.support import ADDRESS, WHAT

WHERE_TO, WHICH, WISH = "address", "which", "wish"
PAYMENT, EXTRAS = "payment", "extras"


def advance(case: Case) -> Answer:
    """The next step of a change."""
    if case.denied and not _told(case).line1 and (not case.shows_items or address_meant(case, case.order.address) is None):
        return case.drop()
    decision = changing_address(case.order, case.orders.policy)
    reason = reason_of(case.turn, decision, case.order.number)
    if not decision.allowed:
        if case.order.state is State.HELD and case.orders.policy.exceptions_by_team:
            return _by_staff(case, reason)
        gone_out = case.order.state in (State.PACKED, State.SHIPPED)
        return case.refuse(f"{reason} {case.say('change_ask_at_once', contact=briefly(case.turn))}" if gone_out else reason)
    which = case.told(WHICH) or _which(case)
    if not which and case.fresh and case.orders.policy.of_customers:
        which = WHERE_TO
    if not which:
        return case.ask(f"{reason} {case.say('change_what')}", WHAT)
    case = case.with_told(**{WHICH: which})
    if which == "items" and case.orders.policy.change_items_until is not Until.NEVER and _could(case, Capability.ITEMS):
        return swap.taken_over(case)
    if which == PAYMENT and case.orders.policy.change_payment_until is not Until.NEVER and _could(case, Capability.PAYMENT):
        return payment.taken_over(case)
    return _address(case, reason) if which == WHERE_TO else _by_staff(case, reason)


def _could(case: Case, capability: Capability) -> bool:
    """Whether it is done here, at once or behind a code."""
    return case.can(capability) or (capability in case.orders.gateway.capabilities and can_prove(case))


def _which(case: Case) -> str:
    """What is to be changed: "address", "items", "payment", "delivery" or "extras" (gift wrapping, no price in the box); empty where it was not said."""
    told = _told(case)
    if case.says("about_delivery") and not told.whole:
        return "delivery"
    if case.says("about_extras") and not told.whole:
        return EXTRAS
    if case.says("about_address") or told.whole or told.only_unit:
        return WHERE_TO
    if case.says("about_payment", "other_payment"):
        return PAYMENT
    return "items" if case.says("about_items", "is_wrong") or (case.awaits == WHAT and case.turn.frame.words) else ""


def _address(case: Case, reason: str) -> Answer:
    """The new address, whole or a new apartment alone, is shown before it is written."""
    told = _told(case)
    kept = case.told(WHERE_TO)
    meant = address_meant(case, case.order.address) if case.shows_items else None
    address = _merged(case, told) if told.whole or told.only_unit else meant or (Address(**kept) if kept else None)
    if address is None:
        return case.ask(case.say("address_ask" if case.awaits != ADDRESS else "address_ask_whole"), ADDRESS)
    case = case.with_told(**{WHERE_TO: asdict(address), BEFORE: asdict(case.order.address)})
    # Who may only see an order is told no more of its address than they said themselves.
    shown = replace(address, name="").text if case.shows_items or told.whole or not told.only_unit else told.line2
    if not case.can(Capability.ADDRESS):
        return proved_or_ticket(case, Capability.ADDRESS, case.say("plan_address", address=shown), reason)
    if case.agreed_to(case.say("plan_address", address=shown)):
        new = address
        return case.do(
            lambda: case.orders.gateway.change_address(case.order, case.request.token, new),
            lambda outcome: case.say("address_done" if outcome.done else "address_asked_for", address=shown),
        )
    text = f"{reason} {case.say('address_plan', address=shown)}"
    return case.propose(case.say("plan_address", address=shown), text, case.say("yes_address"), case.say("no_leave_it"))


def _merged(case: Case, told: Told) -> Address:
    """The address that the order gets; of a new apartment alone the rest stays as it is."""
    before = case.order.address
    if told.only_unit:
        return replace(before, line2=told.line2)
    region = told.region or (before.region if told.city.lower() == before.city.lower() else "")
    if case.shows_items and not region and (meant := address_meant(case, before)) is not None:
        region = meant.region
    return Address(before.name, told.line1, told.line2, told.city, region, told.postcode, told.country or before.country)


def _by_staff(case: Case, reason: str) -> Answer:
    before = str(case.told(WISH) or "")
    said = before if before and case.agreed else f"{before}; {case.text}".strip("; ")
    case = case.with_told(**{WISH: said})
    if case.told(WHICH) in (PAYMENT, EXTRAS):
        reason = case.say("change_for_staff")  # the shop has no rule for it
    return by_ticket(case, case.say("plan_change", wish=said), reason)


def _told(case: Case) -> Told:
    return address_in(case.text)
