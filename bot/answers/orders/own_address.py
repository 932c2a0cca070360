"""The address that a customer keeps with the shop: shown, confirmed, changed; their orders keep theirs."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timezone
from decimal import Decimal
from typing import Callable

from bot.answers.answer import Answer
from bot.answers.orders.case import Case
from bot.answers.orders.code import asked, can_prove
from bot.answers.orders.places import BEFORE, address_meant
from bot.answers.turn import Turn
from bot.store.requests import Request
from bot.store.support_models import REFUSED
from bot.support.gateway import Address, Capability, Customer, Order, State
from bot.support.orders import Orders
from bot.support.proving import Asker
from bot.understanding.support import ADDRESS

WHERE_TO = "address"


def begun(turn: Turn, orders: Orders, request: Request, step: Callable[[Case], Answer]) -> Answer:
    """The first step of a request that is no order's: the customer must have proved who they are."""
    case = resumed(turn, orders, request, fresh=True)
    if case is not None:
        return step(case)
    orders.requests.keep(replace(request, state=REFUSED))
    return turn.reply(turn.say("own_address_unproved"))


def resumed(turn: Turn, orders: Orders, request: Request, fresh: bool = False) -> Case | None:
    """The case of a request for the customer's own address; None where nobody is proved."""
    customer = orders.proving.customer(Asker(turn.sender))
    return Case(turn, orders, request, _stands_for(customer), fresh) if customer else None


def advance(case: Case) -> Answer:
    """The next step of a change of the own address."""
    orders = case.orders
    customer = orders.proving.customer(case.asker)
    may = customer is not None and orders.proving.may_change_customer(case.asker, customer.key)
    changes = orders.policy.change_own_address and Capability.CUSTOMER in orders.gateway.capabilities
    if customer is not None and changes and not may and can_prove(case):
        return asked(case)
    if customer is None or not may or not orders.policy.change_own_address or Capability.CUSTOMER not in orders.gateway.capabilities:
        return case.refuse(case.say("own_address_not_here"))
    told = address_meant(case, customer.address)
    if case.denied and told is None:
        return case.drop()
    kept = case.told(WHERE_TO)
    address = told or (Address(**kept) if kept else None)
    if address is None:
        return case.ask(case.say("own_address_ask"), ADDRESS)
    case = case.with_told(**{WHERE_TO: asdict(address), BEFORE: asdict(customer.address)})
    shown = replace(address, name="").text
    plan = case.say("plan_own_address", address=shown)
    if case.agreed_to(plan):
        owner, new = customer, address
        return case.do(
            lambda: orders.gateway.change_customer_address(owner, case.request.token, new), lambda outcome: case.say("own_address_done", address=shown)
        )
    return case.propose(plan, case.say("own_address_plan", address=shown), case.say("yes_address"), case.say("no_leave_it"))


def _stands_for(customer: Customer) -> Order:
    """The customer in an order's place: a yes holds for their address as it was."""
    return Order(
        "", customer.email, State.OPEN, datetime.fromtimestamp(0, tz=timezone.utc), customer.currency or "USD", total=Decimal(0), lines=(),
        version=customer.address.text, address=customer.address, customer=customer.key,
    )
