"""`OrderGateway`: the one door through which the assistant sees and changes a shop's orders, whatever engine the shop runs on.

Amounts are exact (`Decimal`, major units of the order's currency), moments have a time zone. A change is given a key by who asks:
asked again with the same key it is done once, and tells what was done. Who asks must have been proved before: the gateway knows
nothing of conversations. Calls block, so keep them off an event loop.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Mapping, Protocol, Sequence

from bot.support.variants import Method, Swap, Variant


class Capability(str, Enum):
    """What a shop's engine can do by itself; what it cannot becomes a ticket."""

    CANCEL = "cancel"
    ADDRESS = "address"
    RETURN = "return"
    ITEMS = "items"
    EXCHANGE = "exchange"
    PAYMENT = "payment"
    CUSTOMER = "customer"
    BY_EMAIL = "by_email"
    BY_NAME = "by_name"
    VARIANTS = "variants"


class State(str, Enum):
    """How far an order is: not packed yet, packed, with a carrier (all or a part), all at its address, called off, or for the shop's
    staff to judge (unpaid, on hold, in a state of the shop's own)."""

    OPEN = "open"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    HELD = "held"


class GatewayError(Exception):
    """The shop gave no answer, or none that can be used. A change may have been done all the same: `done` tells."""


class NotDone(GatewayError):
    """The shop did not take a change, so nothing was changed."""


class Moved(Exception):
    """The order is another than the one looked at; nothing was changed. Look again."""


@dataclass(frozen=True)
class Line:
    """A position of an order. `key` names it within the order, `options` are the variant's ("size": "30 ml"), `price` is for
    one, `returned` how many are on their way back, `product` the shop's key of what it is a variant of."""

    key: str
    title: str
    quantity: int
    price: Decimal
    sku: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    returned: int = 0
    product: str = ""

    @property
    def name(self) -> str:
        """The title with the variant."""
        options = ", ".join(value for value in self.options.values() if value)
        return f"{self.title} ({options})" if options else self.title


@dataclass(frozen=True)
class Parcel:
    """A parcel with a carrier. `lines` are the keys of what is in it; carrier, number and link are empty where not told."""

    lines: tuple[str, ...]
    carrier: str = ""
    tracking: str = ""
    url: str = ""
    shipped_at: datetime | None = None
    expected_on: date | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class Money:
    """An amount that was paid, or with `refund` goes or went back, by which way; `done` False while it is on its way."""

    amount: Decimal
    method: str = ""
    refund: bool = False
    done: bool = True
    at: datetime | None = None


@dataclass(frozen=True)
class GoingBack:
    """A return or exchange that was asked for: "requested", "received", "refunded" or "refused"."""

    lines: Mapping[str, int]
    state: str
    refund: Decimal
    method: str = ""
    exchange: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Address:
    """Where a parcel goes."""

    name: str = ""
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    @property
    def text(self) -> str:
        """In one line."""
        place = " ".join(part for part in (self.region, self.postcode) if part)
        return ", ".join(part for part in (self.name, self.line1, self.line2, self.city, place, self.country) if part)


@dataclass(frozen=True)
class Customer:
    """Somebody who ordered, for who is proved to be them: where they live, how they pay, the numbers of their orders, the newest
    first."""

    key: str
    email: str
    first_name: str = ""
    last_name: str = ""
    address: Address = Address()
    methods: tuple[Method, ...] = ()
    numbers: tuple[str, ...] = ()
    currency: str = ""

    def method(self, key: str) -> Method | None:
        """The way to pay of a key."""
        return next((one for one in self.methods if one.key == key), None)


@dataclass(frozen=True)
class Order:
    """An order as it was when it was looked at; `version` tells it from what it becomes later. `customer` is the key of whose it
    is, `paid_with` the key of the way it was paid where they keep that, `items_changed` that its items were changed once."""

    number: str
    email: str
    state: State
    placed_at: datetime
    currency: str
    total: Decimal
    lines: tuple[Line, ...]
    version: str
    name: str = ""
    address: Address = Address()
    parcels: tuple[Parcel, ...] = ()
    payments: tuple[Money, ...] = ()
    returns: tuple[GoingBack, ...] = ()
    shipping: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    delivery: str = ""
    cancelled_at: datetime | None = None
    customer: str = ""
    paid_with: str = ""
    items_changed: bool = False

    def line(self, key: str) -> Line:
        """The position of this key. Raises GatewayError where the order has none, as after it was changed in the shop."""
        for one in self.lines:
            if one.key == key:
                return one
        raise GatewayError(f"the order has no position {key}")

    @property
    def paid_by(self) -> str:
        """The way it was paid, empty where not told."""
        return next((one.method for one in self.payments if not one.refund), "")


@dataclass(frozen=True)
class Outcome:
    """What a change led to. `done`: the shop confirmed it; else it was taken and is not confirmed yet. `refunds` are amounts that
    go back, and to which way of payment."""

    done: bool = True
    refunds: Sequence[tuple[Decimal, str]] = ()


class OrderGateway(Protocol):
    """A shop's orders. Every method may raise `GatewayError`."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What can be done here without the shop's staff."""
        ...

    def has_orders(self) -> bool:
        """Whether there are orders to be asked for at all."""
        ...

    def find(self, number: str, email: str) -> Order | None:
        """The order with this number and this e-mail; None for an unknown number and for another e-mail alike, at the same cost."""
        ...

    def order(self, number: str) -> Order | None:
        """The order of a number, for who is proved to be its customer."""
        ...

    def numbers_of(self, email: str) -> Sequence[str]:
        """The numbers of a customer's orders, the newest first, for who is proved to be them (Capability.BY_EMAIL)."""
        ...

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        """Cancels the order that was looked at (Capability.CANCEL). Raises Moved."""
        ...

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """Sends the order that was looked at elsewhere (Capability.ADDRESS). Raises Moved."""
        ...

    def return_lines(self, order: Order, key: str, lines: Mapping[str, int], reason: str, method: str = "") -> Outcome:
        """Registers that so many of each line come back, and to which of the customer's ways to pay the money goes, empty: the way
        it was paid (Capability.RETURN). Raises Moved."""
        ...

    def change_items(self, order: Order, key: str, swaps: Sequence[Swap], method: str) -> Outcome:
        """Puts other variants into an order that is not packed; the difference is paid or paid back by one of the customer's ways,
        empty: the way it was paid (Capability.ITEMS). Raises Moved, also where a balance does not cover it."""
        ...

    def exchange(self, order: Order, key: str, swaps: Sequence[Swap], method: str) -> Outcome:
        """Registers that lines come back and other variants are sent for them; for the rest see `change_items`
        (Capability.EXCHANGE)."""
        ...

    def change_payment(self, order: Order, key: str, method: str) -> Outcome:
        """Has an order paid by another of the customer's ways (Capability.PAYMENT). Raises Moved, also where a balance does not
        cover it."""
        ...

    def customer_by_email(self, email: str) -> Customer | None:
        """The one customer with an e-mail; None for none and for several alike, at the same cost (Capability.BY_EMAIL)."""
        ...

    def customer_by_name(self, name: str, postcode: str) -> Customer | None:
        """The one customer with a name and a postcode, else as `customer_by_email` (Capability.BY_NAME)."""
        ...

    def customer(self, key: str) -> Customer | None:
        """The customer of a key, for who is proved to be them."""
        ...

    def change_customer_address(self, customer: Customer, key: str, address: Address) -> Outcome:
        """Gives a customer another address of their own; their orders keep theirs (Capability.CUSTOMER). Raises Moved where it is
        another by now than the one looked at."""
        ...

    def variants(self, line: Line, currency: str) -> Sequence[Variant]:
        """All variants of the product of a line, also those that cannot be had (Capability.VARIANTS)."""
        ...

    def products(self, words: Sequence[str]) -> Sequence[Sequence[Variant]]:
        """The variants of the products whose title holds all these words (Capability.VARIANTS)."""
        ...

    def done(self, key: str) -> Outcome | None:
        """What a change of this key led to; None where it was never done. Asked after a change that gave no answer."""
        ...
