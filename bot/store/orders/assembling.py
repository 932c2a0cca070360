"""Makes an order of the rows of a file that are about it. Each format gives its rows with the columns of the plain list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import Mapping

from bot.store.importers.base import RowError
from bot.store.importers.fields import bounded
from bot.store.importers.prices import Prices
from bot.store.models import SKU_LENGTH, TITLE_LENGTH, URL_LENGTH
from bot.store.orders.models import (
    CANCELLED,
    DELIVERED,
    EMAIL_LENGTH,
    KEY_LENGTH,
    NAME_LENGTH,
    NUMBER_LENGTH,
    OPEN,
    PACKED,
    SHIPPED,
)
from bot.store.orders.records import (
    ADDRESS_FIELDS,
    LineRecord,
    OrderRecord,
    ParcelRecord,
    PaymentRecord,
    folded_email,
    folded_number,
    state_of,
)

COLUMNS = (
    "number", "email", "placed", "name", "state", "currency", "title", "option", "sku", "quantity", "price", "shipping", "discount", "tax",
    "total", "delivery", "payment", "paid", "cancelled", "refunded", "parcel", "carrier", "tracking", "tracking_url", "shipped", "expected",
    "delivered", "line1", "line2", "city", "region", "postcode", "country",
)
"""The columns of the plain list; a row is a position of an order, and what is said of the order stands in its first row."""
STATES = {
    OPEN: OPEN, "pending": OPEN, "processing": OPEN, "on-hold": OPEN, "on hold": OPEN, "unfulfilled": OPEN, "paid": OPEN, "new": OPEN,
    PACKED: PACKED, "processed": PACKED, "ready": PACKED, SHIPPED: SHIPPED, "completed": SHIPPED, "fulfilled": SHIPPED,
    DELIVERED: DELIVERED, CANCELLED: CANCELLED, "canceled": CANCELLED, "failed": CANCELLED,
}
"""Words of files for how far an order is; "partial" and "refunded" tell nothing of that, its parcels do."""
TELL_NOTHING = ("", "partial", "refunded", "partially_refunded")
MOMENTS = ("%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
OPTION = "option"
MOST_OF_ONE = 100_000
Cells = Mapping[str, str]


def order_of(rows: Sequence[Cells], currency: str, shift: timedelta = timedelta()) -> OrderRecord:
    """The order that rows tell, in the columns of `COLUMNS`.

    Args:
        rows: at least one.
        currency: ISO 4217 code of amounts where the rows name none.
        shift: added to every moment, so that a sample can be as old as it likes.

    Raises:
        RowError: when a field cannot be used; it says which and why.
    """
    first = rows[0]
    money = first["currency"].strip().upper() or currency
    lines = tuple(_line(row, money) for row in rows)
    cancelled = _moment(first["cancelled"], "cancelled", shift)
    parcels = _parcels(rows, lines, shift)
    state = _state(first["state"], len(lines), parcels, cancelled is not None)
    given, _, family = first["name"].strip().rpartition(" ")
    goods = sum(line.price * line.quantity for line in lines)
    shipping, discount, tax = (_amount(first[name], money, name) for name in ("shipping", "discount", "tax"))
    return OrderRecord(
        number=_number(first["number"]),
        email=_email(first["email"]),
        placed_at=_placed(first["placed"], shift),
        currency=money,
        total=_amount(first["total"], money, "total") if first["total"].strip() else goods + shipping - discount,
        lines=lines,
        state=state,
        first_name=bounded(given, NAME_LENGTH, "the name"),
        last_name=bounded(family, NAME_LENGTH, "the name"),
        address={name: bounded(first[name], NAME_LENGTH, f"the address's {name}") for name in ADDRESS_FIELDS},
        parcels=parcels,
        payments=_payments(first, money, shift),
        shipping=shipping,
        discount=discount,
        tax=tax,
        delivery=bounded(first["delivery"], TITLE_LENGTH, "the delivery"),
        paid_at=_moment(first["paid"], "paid", shift),
        cancelled_at=cancelled,
    )


def _number(text: str) -> str:
    number = bounded(text.strip().lstrip("#"), NUMBER_LENGTH, "the number")
    if not folded_number(number):
        raise RowError("the order has no number")
    return number


def _email(text: str) -> str:
    email = folded_email(bounded(text, EMAIL_LENGTH, "the e-mail"))
    if "@" not in email:
        raise RowError(f"the e-mail {email[:40]!r} is no address; without one nobody can ask for the order")
    return email


def _line(row: Cells, currency: str) -> LineRecord:
    title = bounded(row["title"], TITLE_LENGTH, "the title")
    if not title:
        raise RowError("a position has no title")
    count = row["quantity"].strip() or "1"
    if not count.isdecimal() or not 0 < int(count) <= MOST_OF_ONE:
        raise RowError(f"the quantity {count[:20]!r} is not a whole number above 0")
    option = bounded(row["option"], TITLE_LENGTH, "the option")
    sku = bounded(row["sku"], SKU_LENGTH, "the SKU")
    return LineRecord(title, int(count), Prices(currency).read(row["price"]).amount, sku, options={OPTION: option} if option else {})


def _parcels(rows: Sequence[Cells], lines: Sequence[LineRecord], shift: timedelta) -> tuple[ParcelRecord, ...]:
    """The parcels of an order: rows with the same parcel, or with none and something of a parcel, are in one."""
    contents: dict[str, dict[int, int]] = {}
    told: dict[str, Cells] = {}
    for place, row in enumerate(rows):
        if any(row[name].strip() for name in ("parcel", "tracking", "shipped", "delivered")):
            name = row["parcel"].strip() or row["tracking"].strip()
            told.setdefault(name, row)
            contents.setdefault(name, {})[place] = lines[place].quantity
    return tuple(_parcel(row, contents[name], shift) for name, row in told.items())


def _parcel(row: Cells, contents: Mapping[int, int], shift: timedelta) -> ParcelRecord:
    expected = _moment(row["expected"], "expected", shift)
    url = bounded(row["tracking_url"], URL_LENGTH, "the tracking address")
    if url and not url.startswith(("https://", "http://")):
        raise RowError(f"the tracking address {url[:40]!r} does not begin with https://")
    return ParcelRecord(
        contents,
        bounded(row["carrier"], NAME_LENGTH, "the carrier"),
        bounded(row["tracking"], KEY_LENGTH, "the tracking number"),
        url,
        _moment(row["shipped"], "shipped", shift),
        expected.date() if expected else None,
        _moment(row["delivered"], "delivered", shift),
    )


def _payments(row: Cells, currency: str, shift: timedelta) -> tuple[PaymentRecord, ...]:
    method = bounded(row["payment"], KEY_LENGTH, "the payment")
    paid, found = _moment(row["paid"], "paid", shift), []
    if paid and row["total"].strip():
        found.append(PaymentRecord(_amount(row["total"], currency, "total"), method, at=paid))
    back = _amount(row["refunded"], currency, "refunded")
    when = _moment(row["cancelled"], "cancelled", shift)
    return (*found, *([PaymentRecord(back, method, kind="refund", at=when)] if back else []))


def _state(word: str, lines: int, parcels: tuple[ParcelRecord, ...], cancelled: bool) -> str:
    word = word.strip().lower()
    if word not in STATES and word not in TELL_NOTHING:
        raise RowError(f"the state {word[:40]!r} is none of {', '.join(sorted(set(STATES.values())))}")
    found = state_of(lines, parcels, cancelled)
    # A file that says "shipped" and a carrier that says "delivered" are both right.
    later = found in (DELIVERED, CANCELLED) or word in TELL_NOTHING
    return found if later else STATES[word]


def _placed(text: str, shift: timedelta) -> datetime:
    placed = _moment(text, "placed", shift)
    if placed is None:
        raise RowError("the order has no date")
    return placed


def _moment(text: str, what: str, shift: timedelta) -> datetime | None:
    """A moment such as "2026-11-20 14:05:00 -0500" or "2026-11-20"; UTC where no zone is given, None for an empty field."""
    text = text.strip()
    if not text:
        return None
    found = _parsed(text)
    if found is None:
        raise RowError(f"{what}: {text[:40]!r} is no date such as 2026-11-20 14:05:00")
    return found + shift


@lru_cache(maxsize=4096)
def _parsed(text: str) -> datetime | None:
    for form in MOMENTS:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=timezone.utc)
    return None


def _amount(text: str, currency: str, what: str) -> int:
    return Prices(currency).read(text, what=what).amount if text.strip() else 0
