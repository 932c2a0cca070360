"""Brings requests to their end that were agreed to and broken off: the shop did it, and noting it failed, or nobody knows."""

from __future__ import annotations

from dataclasses import replace

from bot.store.support_models import DONE, SENT
from bot.support.gateway import GatewayError
from bot.support.orders import Orders

PLAN = "plan"


def settle(orders: Orders) -> int:
    """Makes the tickets of requests that were broken off behind a yes, each once, and returns how many.

    What the shop did is noted as done; what nobody knows of is for the staff to look at. Where the shop gives no answer they are left
    for the next time.

    Raises:
        StoreError: when the database gives no answer.
    """
    count = 0
    for sender, request in orders.requests.unfinished():
        try:
            outcome = orders.gateway.done(request.token)
            order = orders.gateway.order(request.order_number) if request.order_number else None
        except GatewayError:
            continue
        done = outcome is not None and outcome.done
        plan = str(request.details.get(PLAN) or request.kind)
        text = f"{plan} ({'done in the chat' if done else 'not confirmed'}, and what follows could not be noted: please look at it)"
        orders.tickets.make(sender, request.token, request.kind, text, request.order_number, order.email if order else "")
        result = {"refunds": [[str(amount), method] for amount, method in outcome.refunds]} if outcome else request.result
        orders.requests.keep(replace(request, state=DONE if done else SENT, result=result))
        count += 1
    return count
