"""What every form of events has in common: fields that are there, moments, and orders as rows of the plain list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from string import digits
from typing import Any

from bot.store.importers.base import RowError
from bot.store.orders.assembling import COLUMNS, order_of
from bot.store.orders.records import OrderRecord

Json = Mapping[str, Any]
MOMENT = "%Y-%m-%d %H:%M:%S %z"
MOST_LINES = 500
LONGEST_MOMENT = 40
DECIMALS = 6
CODE_LENGTH = 3


class Unusable(Exception):
    """What was sent is not as its form says; it says why."""


def order_from(rows: Sequence[Mapping[str, Any]], currency: str) -> OrderRecord:
    """An order of rows with columns of the plain list, empty where one is left out.

    Raises:
        Unusable: when a field cannot be used.
    """
    if not 0 < len(rows) <= MOST_LINES:
        raise Unusable(f"an order has 1 to {MOST_LINES} positions")
    try:
        record = order_of([{name: text_of(row.get(name)) for name in COLUMNS} for row in rows], currency)
    except RowError as error:
        raise Unusable(str(error)) from error
    if len(record.currency) != CODE_LENGTH or not (record.currency.isascii() and record.currency.isalpha()):
        raise Unusable(f"{record.currency[:10]!r} is no currency")
    return record


def text_of(value: Any) -> str:
    """A value as a cell of a table."""
    return "" if value is None else str(value)


def needed(sent: Json, name: str) -> str:
    """A field that must be there, as a cell.

    Raises:
        Unusable: when it is missing or empty.
    """
    told = text_of(sent.get(name))
    if not told:
        raise Unusable(f"{name} is missing")
    return told


def moment_of(value: Any, zone: bool = True) -> datetime:
    """A moment as JSON has it.

    Args:
        value: such as "2026-11-20T09:30:00Z"; of a second's fraction microseconds are kept.
        zone: whether it names its zone; else it is UTC.

    Raises:
        Unusable: when it is none.
    """
    told = str(value)
    try:
        found = datetime.fromisoformat(_in_microseconds(told) if len(told) <= LONGEST_MOMENT else "")
    except ValueError as error:
        raise Unusable(f"{told[:LONGEST_MOMENT]!r} is no moment") from error
    if found.tzinfo is None:
        if zone:
            raise Unusable(f"{told[:LONGEST_MOMENT]!r} names no zone")
        return found.replace(tzinfo=timezone.utc)
    return found


def _in_microseconds(told: str) -> str:
    """A moment with six decimals or none, and its zone in figures, as Python reads it. Shopify sends nine decimals."""
    told = f"{told[:-1]}+00:00" if told.endswith("Z") else told
    whole, _, behind = told.partition(".")
    zone = behind.lstrip(digits)
    fraction = behind[: len(behind) - len(zone)]
    return f"{whole}.{fraction[:DECIMALS].ljust(DECIMALS, '0')}{zone}" if fraction else told


def cell(value: Any, zone: bool = True) -> str:
    """A moment as a cell of the plain list; empty where there is none."""
    return moment_of(value, zone).strftime(MOMENT) if value else ""
