"""The order book as an `OrderGateway`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from typing import Sequence

from bot.shops.book.views import customer_of, order_of, outcome_of, variant_of
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.orders.book import OrderBook, OrderMoved
from bot.store.orders.changing import SwapRecord, change_items, change_payment, exchange
from bot.store.orders.customers import CustomerBook
from bot.store.orders.models import DELIVERED, OPEN, PACKED, SHIPPED
from bot.support.gateway import Address, Capability, Customer, GatewayError, Line, Moved, Order, Outcome
from bot.support.variants import Swap, Variant

BEFORE_THE_CARRIER = (OPEN, PACKED)
AT_THE_CUSTOMER = (SHIPPED, DELIVERED)
READS = frozenset({Capability.BY_EMAIL, Capability.BY_NAME, Capability.VARIANTS})
WRITES = frozenset({
    Capability.CANCEL, Capability.ADDRESS, Capability.RETURN, Capability.ITEMS, Capability.EXCHANGE, Capability.PAYMENT, Capability.CUSTOMER,
})


class BookGateway:
    """The orders of our own book. See `OrderGateway` for what each method promises."""

    def __init__(self, database: Database, leads: bool) -> None:
        """
        Args:
            database: the shop's.
            leads: whether the shop works from the book. A copy of another system's orders is only read: what is changed in it
                would change nothing in the shop.
        """
        self._book = OrderBook(database)
        self._customers = CustomerBook(database)
        self._leads = leads

    @property
    def capabilities(self) -> frozenset[Capability]:
        """See `OrderGateway`."""
        return READS | WRITES if self._leads else READS

    def has_orders(self) -> bool:
        """See `OrderGateway`."""
        with _answers():
            return not self._book.is_empty()

    def find(self, number: str, email: str) -> Order | None:
        """See `OrderGateway`."""
        with _answers():
            found = self._book.find(number, email)
        return order_of(found) if found else None

    def order(self, number: str) -> Order | None:
        """See `OrderGateway`."""
        with _answers():
            found = self._book.by_number(number)
        return order_of(found) if found else None

    def numbers_of(self, email: str) -> Sequence[str]:
        """See `OrderGateway`."""
        with _answers():
            return self._book.numbers_of(email)

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        """See `OrderGateway`."""
        with _answers():
            return outcome_of(self._book.cancel(order.number, order.version, key, reason, BEFORE_THE_CARRIER), order.currency)

    def change_address(self, order: Order, key: str, address: Address) -> Outcome:
        """See `OrderGateway`."""
        with _answers():
            return outcome_of(self._book.change_address(order.number, order.version, key, asdict(address), BEFORE_THE_CARRIER), order.currency)

    def return_lines(self, order: Order, key: str, lines: Mapping[str, int], reason: str, method: str = "") -> Outcome:
        """See `OrderGateway`."""
        contents = {int(line): count for line, count in lines.items()}
        with _answers():
            return outcome_of(self._book.return_lines(order.number, order.version, key, contents, reason, AT_THE_CUSTOMER, method), order.currency)

    def change_items(self, order: Order, key: str, swaps: Sequence[Swap], method: str) -> Outcome:
        """See `OrderGateway`."""
        with _answers():
            return outcome_of(change_items(self._book, order.number, order.version, key, _records(swaps), method, BEFORE_THE_CARRIER), order.currency)

    def exchange(self, order: Order, key: str, swaps: Sequence[Swap], method: str) -> Outcome:
        """See `OrderGateway`."""
        with _answers():
            return outcome_of(exchange(self._book, order.number, order.version, key, _records(swaps), method, AT_THE_CUSTOMER), order.currency)

    def change_payment(self, order: Order, key: str, method: str) -> Outcome:
        """See `OrderGateway`."""
        with _answers():
            return outcome_of(change_payment(self._book, order.number, order.version, key, method, BEFORE_THE_CARRIER), order.currency)

    def customer_by_email(self, email: str) -> Customer | None:
        """See `OrderGateway`."""
        with _answers():
            found = self._customers.by_email(email)
        return customer_of(*found) if found else None

    def customer_by_name(self, name: str, postcode: str) -> Customer | None:
        """See `OrderGateway`."""
        with _answers():
            found = self._customers.by_name(name, postcode)
        return customer_of(*found) if found else None

    def customer(self, key: str) -> Customer | None:
        """See `OrderGateway`."""
        with _answers():
            found = self._customers.by_key(key)
        return customer_of(*found) if found else None

    def change_customer_address(self, customer: Customer, key: str, address: Address) -> Outcome:
        """See `OrderGateway`."""
        with _answers():
            self._customers.change_address(customer.key, asdict(customer.address), key, asdict(address))
        return Outcome()

    def variants(self, line: Line, currency: str) -> Sequence[Variant]:
        """See `OrderGateway`."""
        with _answers():
            found = self._customers.variants(line.sku, line.product)
        return [variant_of(product, row) for product, row in found if row.sku and row.currency == currency]

    def products(self, words: Sequence[str]) -> Sequence[Sequence[Variant]]:
        """See `OrderGateway`."""
        with _answers():
            found = self._customers.products(words)
        return [[variant_of(product, row) for product, row in rows] for rows in found]

    def done(self, key: str) -> Outcome | None:
        """See `OrderGateway`."""
        with _answers():
            found = self._book.done(key)
            found = self._customers.done(key) if found is None else found
        return None if found is None else outcome_of(found, str(found.get("currency") or ""))


@contextmanager
def _answers() -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise GatewayError(str(error)) from error
    except OrderMoved as error:
        raise Moved from error


def _records(swaps: Sequence[Swap]) -> list[SwapRecord]:
    return [SwapRecord(int(one.line), one.sku, one.count) for one in swaps]

