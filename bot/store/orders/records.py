"""Orders as files and other engines give them, before they are in the book. Amounts are minor units of the order's currency."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Mapping

from bot.store.orders.models import CANCELLED, DELIVERED, OPEN, SHIPPED

ADDRESS_FIELDS = ("name", "line1", "line2", "city", "region", "postcode", "country")


@dataclass(frozen=True)
class LineRecord:
    """A position of an order."""

    title: str
    quantity: int
    price: int
    sku: str = ""
    product_key: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ParcelRecord:
    """A parcel; `contents` maps positions of the order, from 0, to how many are in it."""

    contents: Mapping[int, int]
    carrier: str = ""
    tracking: str = ""
    url: str = ""
    shipped_at: datetime | None = None
    expected_on: date | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class PaymentRecord:
    """Money that came, or with `kind` "refund" goes back."""

    amount: int
    method: str = ""
    method_key: str = ""
    kind: str = "payment"
    at: datetime | None = None
    done: bool = True


@dataclass(frozen=True)
class OrderRecord:
    """An order as a file tells it. `customer_key` is what the shop calls the customer, empty where e-mail says who it is;
    `address` has the fields of `ADDRESS_FIELDS`."""

    number: str
    email: str
    placed_at: datetime
    currency: str
    total: int
    lines: tuple[LineRecord, ...]
    state: str = OPEN
    first_name: str = ""
    last_name: str = ""
    customer_key: str = ""
    address: Mapping[str, str] = field(default_factory=dict)
    parcels: tuple[ParcelRecord, ...] = ()
    payments: tuple[PaymentRecord, ...] = ()
    shipping: int = 0
    discount: int = 0
    tax: int = 0
    delivery: str = ""
    paid_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def digest(self) -> str:
        """The same for two records that tell the same."""
        return hashlib.sha256(repr(sorted(asdict(self).items())).encode()).hexdigest()


def state_of(lines: int, parcels: tuple[ParcelRecord, ...], cancelled: bool) -> str:
    """How far an order of so many lines is, where its file does not say: delivered once every line is in a delivered parcel."""
    if cancelled:
        return CANCELLED
    arrived = {place for parcel in parcels if parcel.delivered_at for place in parcel.contents}
    if parcels and len(arrived) == lines:
        return DELIVERED
    return SHIPPED if parcels else OPEN


def folded_number(number: str) -> str:
    """A number as it is compared: letters and digits alone, in capitals; "#kb-501" and "KB 501" are one."""
    return "".join(letter for letter in number if letter.isalnum()).upper()


def folded_email(email: str) -> str:
    """An address as it is compared."""
    return "".join(letter for letter in email if letter.isprintable()).strip().lower()
