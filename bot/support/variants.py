"""What an `OrderGateway` tells and takes besides orders: variants of products, one for another, and ways to pay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Mapping


@dataclass(frozen=True)
class Variant:
    """A variant of a product: what names it in the shop, the product's title, its options, its price and whether it can be had."""

    sku: str
    title: str
    options: Mapping[str, str]
    price: Decimal
    available: bool = True

    @property
    def name(self) -> str:
        """The title with the options."""
        options = ", ".join(value for value in self.options.values() if value)
        return f"{self.title} ({options})" if options else self.title


@dataclass(frozen=True)
class Swap:
    """A position of an order and the variant of the same product instead, for so many of it."""

    line: str
    sku: str
    count: int = 1


@dataclass(frozen=True)
class Method:
    """A way to pay that a customer keeps with the shop. `kind` is "credit_card", "paypal", "gift_card" or the shop's own word;
    `balance` only where it holds money."""

    key: str
    kind: str
    label: str
    balance: Decimal | None = None
