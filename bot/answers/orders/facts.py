"""What customers ask of their own orders and of the shop's variants: everything that is known, said at once."""

from __future__ import annotations

from decimal import Decimal
from typing import List, Sequence

from bot.answers.orders import sums
from bot.answers.orders.errand import Desk, Errand
from bot.answers.orders.proof import asker
from bot.answers.orders.words import items, money
from bot.answers.turn import Turn
from bot.phrases import inside
from bot.rules.names import listed
from bot.support.gateway import Capability, Customer, Order
from bot.support.naming import numbers_in, titles_in
from bot.support.orders import Orders
from bot.support.status import status_of
from bot.support.variants import Method, Variant
from bot.understanding.said import plain, singular

MOST_VARIANTS = 20
OF_VARIANTS = ("options", "option", "variants", "variant", "available", "availability", "versions", "version", "cheapest", "types")


def told(turn: Turn, orders: Orders, desk: Desk, errand: Errand) -> str:
    """What a question about orders is answered with."""
    words = plain(errand.text)
    customer = orders.proving.customer(asker(turn))
    parts: List[str] = []
    if errand.unknown:
        parts.append(turn.say("number_not_yours", number=errand.unknown))
    if "balance" in words and customer is not None:
        parts.append(balances(turn, customer))
    if any(word in words for word in OF_VARIANTS):
        parts += _variants(turn, orders, words, desk)
    if parts:
        return "\n".join(parts)
    if sums.asks(words) and not _named(words, desk):
        return sums.so_far(turn, orders)
    asked = _named(words, desk) or ([desk.orders[0]] if desk.words.has(words, "newest") and desk.orders else _last(words, desk))
    if not asked and customer is not None and desk.words.has(words, "own_address"):
        return turn.say("own_address_is", address=customer.address.text)
    shown = asked or list(desk.orders)
    if not shown:
        return turn.say("no_orders")
    told_orders = [described(turn, orders, one, desk) for one in shown]
    return "\n\n".join([*told_orders, *sums.of_things(turn, words, asked)])


def described(turn: Turn, orders: Orders, order: Order, desk: Desk) -> str:
    """All of an order that its customer may know."""
    stage = status_of(order, desk.policy, desk.today).stage
    lines = [turn.say("fact_head", number=order.number, state=inside(turn.say(f"card_{stage.value}", number=order.number)))]
    if orders.proving.may_change(asker(turn), order):
        lines += [
            f"- {line.quantity} x {line.title}: {money(line.price, order.currency)}{''.join(f', {name}: {value}' for name, value in line.options.items())}"
            for line in order.lines
        ]
        lines.append(turn.say("fact_total", total=money(order.total, order.currency), method=order.paid_by or inside(turn.say("way_you_paid"))))
        if any(line.returned for line in order.lines):
            left = sum((line.price * (line.quantity - line.returned) for line in order.lines), Decimal(0))
            lines.append(turn.say("fact_left", sum=money(left, order.currency)))
        lines.append(turn.say("fact_address", address=order.address.text))
    lines += [turn.say("fact_tracking", tracking=" ".join(part for part in (one.carrier, one.tracking, one.url) if part)) for one in order.parcels if one.tracking or one.url]
    return "\n".join(lines)


def in_short(turn: Turn, order: Order) -> str:
    """An order in a line, for its customer to choose by."""
    return turn.say("fact_short", number=order.number, state=order.state.value, items=items(order))


def balances(turn: Turn, customer: Customer) -> str:
    """The ways to pay that a customer keeps, with what is on them."""
    return turn.say("fact_methods", methods=listed([method_name(one, customer.currency) for one in customer.methods]))


def method_name(method: Method, currency: str) -> str:
    """A way to pay as it is called, with what is on it."""
    return method.label if method.balance is None else f"{method.label} ({money(method.balance, currency)})"


def variants_told(turn: Turn, variants: Sequence[Variant], currency: str) -> str:
    """The variants of a product that can be had, the cheapest first."""
    there = sorted((one for one in variants if one.available), key=lambda one: one.price)
    lines = [f"- {', '.join(f'{name} {value}' for name, value in one.options.items())}: {money(one.price, currency)}" for one in there[:MOST_VARIANTS]]
    title = variants[0].title if variants else ""
    return turn.say("variants_there", count=str(len(there)), title=title) + "\n" + "\n".join(lines)


def _variants(turn: Turn, orders: Orders, words: Sequence[str], desk: Desk) -> List[str]:
    """The variants of the products that are named, of their orders or of the shop."""
    if Capability.VARIANTS not in orders.gateway.capabilities:
        return []
    lines = [line for order in desk.orders for line in order.lines]
    titles = {one.title for one in titles_in([line.title for line in lines], words)}
    currency = desk.orders[0].currency if desk.orders else ""
    own = {line.title: line for line in lines if line.title in titles}
    if own:
        return [variants_told(turn, orders.gateway.variants(line, currency), currency) for line in own.values()]
    for place, word in enumerate(words):
        pair = f"{word} {words[place + 1]}" if place + 1 < len(words) else ""
        for asked in ([pair] if pair else []) + [word]:
            named = singular(asked)
            found = [one for one in (orders.gateway.products([named]) if len(named) > 3 else []) if one and all(each in _joined(one[0].title) for each in _joined(named).split())]
            if found and _is_title(found[0][0].title, named):
                return [variants_told(turn, found[0], currency)]
    return []


def _last(words: Sequence[str], desk: Desk) -> List[Order]:
    """The order that was spoken of last, where words mean it."""
    meant = desk.words.has(words, "one_order") or desk.words.has(words, "spoken_of") or "remaining" in words
    return [one for one in desk.orders if one.number == desk.last] if meant else []


def _joined(text: str) -> str:
    return text.lower().replace("-", "").replace(" ", "")


def _is_title(title: str, asked: str) -> bool:
    """Whether words are a title, or its last word."""
    return _joined(asked) == _joined(title) or singular(plain(title)[-1]) == asked


def _named(words: Sequence[str], desk: Desk) -> List[Order]:
    """The orders that words name by number, or by what is in them."""
    numbers = numbers_in(words, [one.number for one in desk.orders])
    if numbers:
        return [one for one in desk.orders if one.number in numbers]
    titles = {one.title for one in titles_in([line.title for order in desk.orders for line in order.lines], words)}
    return [order for order in desk.orders if any(line.title in titles for line in order.lines)]
