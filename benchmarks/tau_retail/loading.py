"""Brings the shop of tau2-bench retail into an empty database: products with variants, customers, orders."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any, Mapping

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.migrations import upgrade
from bot.store.models import Brand, Product, Variant, utc_now
from bot.store.orders.models import (
    CANCELLED,
    DELIVERED,
    OPEN,
    PACKED,
    Customer,
    CustomerAddress,
    CustomerChange,
    OrderChange,
    PaymentMethod,
    ShopOrder,
    new,
)
from bot.store.orders.records import LineRecord, OrderRecord, ParcelRecord, PaymentRecord
from bot.store.orders.writer import write_orders
from bot.store.ownership import OWN, set_origin

Data = Mapping[str, Any]
STATES = {"pending": OPEN, "processed": PACKED, "delivered": DELIVERED, "cancelled": CANCELLED}
COUNTRIES = {"USA": "US"}
KINDS = {"paypal": "PayPal", "gift_card": "gift card", "credit_card": "credit card"}


def load(data: Path, url: str) -> Data:
    """Fills the database at an address, and gives back what was read.

    Args:
        data: the folder with `db.json`.
        url: SQLAlchemy address of an empty database.
    """
    db: Data = json.loads((data / "db.json").read_text(encoding="utf-8"))
    upgrade(url)
    database = Database(url)
    try:
        _products(database, db["products"])
        _customers(database, db["users"])
        write_orders(database, enumerate(_order(one, number, db["users"]) for number, one in enumerate(db["orders"].values())), ImportReport())
    finally:
        database.dispose()
    return db


def restore(data: Path, url: str) -> None:
    """Makes the orders and customers that were changed what they were at first."""
    db: Data = json.loads((data / "db.json").read_text(encoding="utf-8"))
    database = Database(url)
    try:
        with database.session(writing=True, catalogue=False) as session:
            changed = session.execute(select(ShopOrder).where(ShopOrder.id.in_(select(OrderChange.order_id)))).scalars().all()
            moved = set(session.execute(select(CustomerChange.customer_id)).scalars()) | {one.customer_id for one in changed}
            numbers = [one.number for one in changed]
            for one in changed:
                one.imported, one.state, one.cancelled_at, one.changed_items = "", OPEN, None, False
                one.returns.clear()
            session.execute(delete(OrderChange))
            session.execute(delete(CustomerChange))
            for customer in session.execute(select(Customer).where(Customer.id.in_(moved))).scalars():
                user = db["users"][customer.key]
                customer.addresses[0].address, customer.addresses[0].postcode = address(user["address"]), user["address"]["zip"]
                for method in customer.methods:
                    kept = user["payment_methods"][method.key]
                    method.balance = cents(kept["balance"]) if "balance" in kept else None
            session.commit()
        orders = [(place, _order(db["orders"][number], place, db["users"])) for place, number in enumerate(numbers)]
        write_orders(database, orders, ImportReport())
    finally:
        database.dispose()


def _products(database: Database, products: Data) -> None:
    now = utc_now()
    with database.session(writing=True) as session:
        brand = new(Brand, name="House")
        session.add(brand)
        session.flush()
        for one in products.values():
            variants = list(one["variants"].values())
            product = new(
                Product, source="benchmark", shop_id=one["product_id"], handle=one["product_id"], title=one["name"], folded_title=one["name"].lower(),
                product_type="goods", product_type_text="goods", description="", brand_id=brand.id, status="active", url="", created_at=now, updated_at=now,
                label=[], named=[], concerns=[], skin_types=[], flags=[], derived_concerns=[], derived_skin_types=[],
                price_min=min(cents(each["price"]) for each in variants), in_stock=True, search_document=one["name"].lower(),
            )
            session.add(product)
            session.flush()
            for place, each in enumerate(variants):
                session.add(new(
                    Variant, product_id=product.id, sku=each["item_id"], size="", price=cents(each["price"]), currency="USD", available=each["available"],
                    options=each["options"], position=place,
                ))
        session.commit()
        set_origin(session, OWN)
        session.commit()


def _customers(database: Database, users: Data) -> None:
    with database.session(writing=True, catalogue=False) as session:
        for one in users.values():
            customer = new(
                Customer, key=one["user_id"], email=one["email"].lower(), first_name=one["name"]["first_name"], last_name=one["name"]["last_name"]
            )
            customer.addresses.append(new(CustomerAddress, position=0, postcode=one["address"]["zip"], address=address(one["address"])))
            for method in one["payment_methods"].values():
                balance = cents(method["balance"]) if "balance" in method else None
                customer.methods.append(new(PaymentMethod, key=method["id"], kind=method["source"], label=label(method), balance=balance, currency="USD"))
            session.add(customer)
        session.commit()


def _order(one: Data, number: int, users: Data) -> OrderRecord:
    """An order. The benchmark tells no days: they are placed one after the other in the order of the file, delivered ones arrived."""
    user = users[one["user_id"]]
    placed = datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=user["orders"].index(one["order_id"]) if one["order_id"] in user["orders"] else 0)
    items = {each["item_id"]: place for place, each in enumerate(one["items"])}
    delivered = one["status"] == "delivered"
    parcels = tuple(
        ParcelRecord({items[item]: 1 for item in each["item_ids"] if item in items}, tracking=tracking, shipped_at=placed)
        for each in one["fulfillments"] for tracking in each["tracking_id"]
    )
    labels = {key: label(method) for key, method in user["payment_methods"].items()}
    payments = tuple(
        PaymentRecord(cents(each["amount"]), labels.get(each["payment_method_id"], ""), each["payment_method_id"], each["transaction_type"])
        for each in one["payment_history"]
    )
    lines = tuple(
        LineRecord(each["name"], 1, cents(each["price"]), each["item_id"], each["product_id"], each["options"]) for each in one["items"]
    )
    return OrderRecord(
        one["order_id"], user["email"].lower(), placed, "USD", sum(line.price for line in lines), lines, STATES[one["status"]],
        customer_key=one["user_id"], address=address(one["address"]), parcels=parcels if delivered or one["status"] != "pending" else (), payments=payments,
        cancelled_at=placed if one["status"] == "cancelled" else None,
    )


def address(one: Data) -> dict[str, str]:
    """An address in our fields."""
    return {
        "name": "", "line1": one["address1"], "line2": one["address2"], "city": one["city"], "region": one["state"], "postcode": one["zip"],
        "country": COUNTRIES.get(one["country"], one["country"]),
    }


def label(method: Data) -> str:
    """A way to pay as customers read it."""
    if method["source"] == "credit_card":
        return f"{method['brand']} credit card ending {method['last_four']}"
    return KINDS[method["source"]]


def cents(amount: float) -> int:
    """Dollars as whole cents."""
    return int((Decimal(str(amount)) * 100).to_integral_value())


