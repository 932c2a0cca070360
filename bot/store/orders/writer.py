"""Brings orders into the book: new ones in, known ones as the file tells them now, unchanged ones untouched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.store.database import Database, writing_turn
from bot.store.importers.base import ImportReport, Progress
from bot.store.orders.formats import recognise_orders
from bot.store.orders.models import (
    CANCELLED,
    Customer,
    CustomerAddress,
    CustomerChange,
    OrderChange,
    OrderLine,
    Payment,
    Shipment,
    ShopOrder,
    new,
)
from bot.store.orders.records import OrderRecord, folded_number

AT_ONCE = 500
"""Orders between two commits, so that the chat need not wait for a long file; what is in stays in."""
Numbered = tuple[int, OrderRecord]


def import_orders(
    database: Database, path: Path, currency: str = "USD", progress: Progress | None = None, dry_run: bool = False, shift: timedelta = timedelta()
) -> ImportReport:
    """Imports a file of orders. A file imported twice changes nothing the second time.

    Args:
        database: the shop's.
        path: a file in one of the formats of `bot.store.orders.formats`.
        currency: ISO 4217 code of amounts where the file names none.
        progress: called with the bytes read and the size of the file.
        dry_run: change nothing, only report what would be.
        shift: added to every moment; see `assembling.order_of`.

    Raises:
        CatalogueFileError: when the file as a whole cannot be imported.
        StoreError: when the database gives no answer.
    """
    file = recognise_orders(path)
    report = ImportReport(kind=file.kind)
    write_orders(database, file.records(report, currency, progress, shift), report, dry_run)
    return report


def write_orders(database: Database, orders: Iterable[Numbered], report: ImportReport, dry_run: bool = False) -> None:
    """Writes orders with the lines of the file that they stand in, and reports numbers and refusals.

    Raises:
        StoreError: when the database gives no answer.
    """
    remaining = iter(orders)
    while batch := list(islice(remaining, AT_ONCE)):
        with writing_turn(database.engine), database.session(writing=True, catalogue=False) as session:
            write_batch(session, batch, report)
            if not dry_run:
                session.commit()


def remove_orders(database: Database, path: Path) -> int:
    """Takes the orders of a file out of the book again, where number and e-mail are those of the file, with their customers
    where they have no other. Returns how many.

    Raises:
        CatalogueFileError, StoreError: as `import_orders`.
    """
    wanted = {folded_number(one.number): one.email for _, one in recognise_orders(path).records(ImportReport(), "USD")}
    with writing_turn(database.engine), database.session(writing=True, catalogue=False) as session:
        found = session.execute(select(ShopOrder).where(ShopOrder.folded_number.in_(wanted))).scalars().all()
        gone = [one for one in found if wanted[one.folded_number] == one.email]
        customers = {one.customer_id for one in gone}
        for one in gone:
            session.execute(delete(OrderChange).where(OrderChange.order_id == one.id))
            session.delete(one)
        session.flush()
        kept = set(session.execute(select(ShopOrder.customer_id).where(ShopOrder.customer_id.in_(customers))).scalars())
        session.execute(delete(CustomerChange).where(CustomerChange.customer_id.in_(customers - kept)))
        for key in customers - kept:
            session.delete(session.get(Customer, key))
        session.commit()
        return len(gone)


def write_batch(session: Session, batch: Sequence[Numbered], report: ImportReport) -> None:
    """Writes orders within a transaction of whoever calls; see `write_orders`."""
    numbers = [folded_number(record.number) for _, record in batch]
    found = session.execute(select(ShopOrder).where(ShopOrder.folded_number.in_(numbers)).with_for_update()).scalars()
    known = {one.folded_number: one for one in found}
    customers = _customers(session, [record for _, record in batch])
    changes = _changes(session, [one.id for one in known.values()])
    for (line, record), number in zip(batch, numbers):
        order = known.get(number)
        if order is not None and order.imported == record.digest:
            report.unchanged.append(record.number)
        elif order is not None and order.state == CANCELLED and not record.cancelled_at and order.cancelled_at:
            report.refuse(line, f"order {record.number} was cancelled in the book; cancel it in the shop too, or it stays as it is here")
        elif order is not None and _items_differ(order, record, changes.get(order.id, ())):
            report.refuse(line, f"the items or the payment of order {record.number} were changed in the book; change them in the shop too, or they stay as they are here")
        else:
            record = record if order is None else _with_own_address(order, record, changes.get(order.id, ()))
            (report.created if order is None else report.updated).append(record.number)
            _fill(session, order or new(ShopOrder, folded_number=number), record, customers[_key(record)])


def _changes(session: Session, orders: Sequence[int]) -> dict[int, list[OrderChange]]:
    """What was changed in the book of each order, in its order."""
    found: dict[int, list[OrderChange]] = {}
    for one in session.execute(select(OrderChange).where(OrderChange.order_id.in_(orders)).order_by(OrderChange.at)).scalars():
        found.setdefault(one.order_id, []).append(one)
    return found


def _with_own_address(order: ShopOrder, record: OrderRecord, changes: Sequence[OrderChange]) -> OrderRecord:
    """The record with the address that a customer gave in the chat, while the file still tells the one from before."""
    before = [one.result.get("before") for one in changes if one.kind == "address"]
    told = {name: value for name, value in record.address.items() if value}
    unaware = any({name: value for name, value in (one or {}).items() if value} == told for one in before)
    return replace(record, address=dict(order.address)) if unaware else record


def _items_differ(order: ShopOrder, record: OrderRecord, changes: Sequence[OrderChange]) -> bool:
    """Whether a file tells other items, or another way of payment, than a customer chose in the chat."""
    kinds = {one.kind for one in changes}
    items = sorted((line.sku, line.quantity, line.price) for line in order.lines) != sorted((line.sku, line.quantity, line.price) for line in record.lines)
    paid = {one.method for one in record.payments} != {one.method for one in order.payments}
    return ("items" in kinds and items) or ("payment" in kinds and paid)


def _key(record: OrderRecord) -> str:
    return record.customer_key or record.email


def _customers(session: Session, records: Sequence[OrderRecord]) -> dict[str, Customer]:
    """The customers of orders by key; new ones are made, with the first address seen."""
    keys = {_key(record) for record in records}
    known = {one.key: one for one in session.execute(select(Customer).where(Customer.key.in_(keys))).scalars()}
    for record in records:
        key = _key(record)
        if key not in known:
            known[key] = new(Customer, key=key, email=record.email, first_name=record.first_name, last_name=record.last_name)
            if any(record.address.values()):
                postcode = record.address.get("postcode", "")
                known[key].addresses.append(new(CustomerAddress, position=0, postcode="".join(postcode.split()).upper(), address=dict(record.address)))
            session.add(known[key])
    session.flush()
    return known


def _fill(session: Session, order: ShopOrder, record: OrderRecord, customer: Customer) -> None:
    """Makes the order what the record tells. Returns stay: files know nothing of them."""
    order.number, order.email, order.customer_id = record.number, record.email, customer.id
    order.state, order.currency, order.address = record.state, record.currency, dict(record.address)
    order.placed_at, order.paid_at, order.cancelled_at = record.placed_at, record.paid_at, record.cancelled_at
    order.cancel_reason = order.cancel_reason or ""
    order.shipping, order.discount, order.tax, order.total = record.shipping, record.discount, record.tax, record.total
    order.delivery, order.imported, order.version = record.delivery, record.digest, uuid4().hex
    order.changed_items = bool(order.changed_items)
    order.lines = list(_lines(record))
    order.shipments = list(_shipments(record))
    order.payments = [
        new(Payment, kind=one.kind, amount=one.amount, method=one.method, method_key=one.method_key, at=one.at, done=one.done) for one in record.payments
    ]
    session.add(order)


def _lines(record: OrderRecord) -> Iterator[OrderLine]:
    for place, one in enumerate(record.lines):
        yield new(
            OrderLine, position=place, sku=one.sku, product_key=one.product_key, title=one.title, options=dict(one.options), quantity=one.quantity, price=one.price
        )


def _shipments(record: OrderRecord) -> Iterator[Shipment]:
    for place, one in enumerate(record.parcels):
        yield new(
            Shipment, position=place, carrier=one.carrier, tracking=one.tracking, url=one.url, shipped_at=one.shipped_at,
            expected_on=one.expected_on, delivered_at=one.delivered_at, contents={str(key): count for key, count in one.contents.items()},
        )
