"""Amounts, days and lists of orders in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Iterable, Mapping

from babel.dates import format_date
from babel.numbers import get_currency_precision

from bot.rules.names import listed
from bot.support.gateway import Line, Order

DAY_FORM = "EEEE, d MMMM"


def money(amount: Decimal, currency: str) -> str:
    """ "42.00 USD"."""
    return f"{amount:.{get_currency_precision(currency)}f} {currency}"


def day(when: date) -> str:
    """ "Tuesday, 1 December"."""
    return str(format_date(when, DAY_FORM, locale="en"))


def items(order: Order, lines: Mapping[str, int] | None = None) -> str:
    """Positions of an order with how many of each, all of them unless some are given: "2 x Rice Toner (150 ml) and Cica Cream"."""
    counts = {one.key: one.quantity for one in order.lines} if lines is None else lines
    there = {one.key for one in order.lines}
    return listed([counted(order.line(key), count) for key, count in counts.items() if key in there])


def counted(line: Line, count: int) -> str:
    """A position with how many, where they are several."""
    return f"{count} x {line.name}" if count > 1 else line.name


def total(order: Order, lines: Mapping[str, int]) -> Decimal:
    """What so many of each position cost."""
    return sum((order.line(key).price * count for key, count in lines.items()), Decimal(0))


def refunds(parts: Iterable[tuple[Decimal, str]], currency: str, somewhere: str) -> str:
    """Amounts with where they go: "42.00 USD to Visa ending 4242"; `somewhere` stands for a way that is not told."""
    return listed([f"{money(amount, currency)} to {method or somewhere}" for amount, method in parts])


def to_refund(order: Order) -> list[tuple[Decimal, str]]:
    """What was paid and not paid back yet, by the way it was paid."""
    back = sum((one.amount for one in order.payments if one.refund), Decimal(0))
    parts = []
    for one in reversed([one for one in order.payments if not one.refund]):
        left = max(one.amount - back, Decimal(0))
        back = max(back - one.amount, Decimal(0))
        if left:
            parts.append((left, one.method))
    return parts


