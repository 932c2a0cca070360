"""The order book's tables. Amounts are whole minor units (cents) of the order's currency."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Callable, TypeVar

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from bot.store.models import SKU_LENGTH, TITLE_LENGTH, URL_LENGTH, Base, UtcDateTime, binary_ordered, mapped_column

Row = TypeVar("Row")
NUMBER_LENGTH = 60
EMAIL_LENGTH = 254
KEY_LENGTH = 100
WORD_LENGTH = 40
NAME_LENGTH = 200
VERSION_LENGTH = 32

OPEN, PACKED, SHIPPED, DELIVERED, CANCELLED = "open", "packed", "shipped", "delivered", "cancelled"
STATES = (OPEN, PACKED, SHIPPED, DELIVERED, CANCELLED)
"""How far an order is: paid for and not packed yet, packed, with a carrier, at its address, called off."""


def new(table: Callable[..., Row], **values: Any) -> Row:
    """A row of a table with these values; SQLAlchemy's plugin for mypy knows no columns of ours in a constructor."""
    return table(**values)


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


class Customer(Base):
    """Somebody who ordered. `key` is what the shop's own system calls them, `email` is folded to small letters."""

    __tablename__ = "customer"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    key: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, unique=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, index=True)
    first_name: Mapped[str] = mapped_column(String(NAME_LENGTH), nullable=False, default="")
    last_name: Mapped[str] = mapped_column(String(NAME_LENGTH), nullable=False, default="")
    addresses: Mapped[list[CustomerAddress]] = relationship(
        "CustomerAddress", order_by="CustomerAddress.position", cascade="all, delete-orphan"
    )
    methods: Mapped[list[PaymentMethod]] = relationship("PaymentMethod", order_by="PaymentMethod.id", cascade="all, delete-orphan")


class CustomerAddress(Base):
    """An address that a customer keeps with the shop; the one at position 0 is used unless another is named."""

    __tablename__ = "customer_address"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True)
    position: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    postcode: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False, default="", index=True)
    address: Mapped[dict[str, str]] = mapped_column(JSON, nullable=False)


class PaymentMethod(Base):
    """A way to pay that a customer keeps with the shop. `balance` only where it holds money, as a gift card does."""

    __tablename__ = "payment_method"
    __table_args__ = (UniqueConstraint("customer_id", "key"), CheckConstraint("balance IS NULL OR balance >= 0", name="balance_not_negative"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True)
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    label: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    balance: Mapped[int | None] = mapped_column(Integer)
    currency: Mapped[str] = mapped_column(String(3), nullable=False)


class ShopOrder(Base):
    """An order. `number` is what the customer reads, `folded_number` the same in capitals without marks.

    `version` is new after every change, so that who looked at an older state cannot change it unseen. `changed_items` marks
    an order whose items were changed once. `address` is a copy: what was on the parcel, wherever the customer lives now.
    """

    __tablename__ = "shop_order"
    __table_args__ = (CheckConstraint(_one_of("state", STATES), name="state_known"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), nullable=False)
    folded_number: Mapped[str] = mapped_column(binary_ordered(NUMBER_LENGTH), nullable=False, unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), nullable=False, index=True)
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), nullable=False, index=True)
    state: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
    paid_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancel_reason: Mapped[str] = mapped_column(String(TITLE_LENGTH), nullable=False, default="")
    changed_items: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    currency: Mapped[str] = mapped_column(String(3), nullable=False)
    shipping: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    discount: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    tax: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    total: Mapped[int] = mapped_column(Integer, nullable=False)
    delivery: Mapped[str] = mapped_column(String(TITLE_LENGTH), nullable=False, default="")
    address: Mapped[dict[str, str]] = mapped_column(JSON, nullable=False)
    imported: Mapped[str] = mapped_column(String(64), nullable=False, default="")
    version: Mapped[str] = mapped_column(String(VERSION_LENGTH), nullable=False)
    customer: Mapped[Customer] = relationship("Customer")
    lines: Mapped[list[OrderLine]] = relationship("OrderLine", order_by="OrderLine.position", cascade="all, delete-orphan")
    shipments: Mapped[list[Shipment]] = relationship("Shipment", order_by="Shipment.position", cascade="all, delete-orphan")
    payments: Mapped[list[Payment]] = relationship("Payment", order_by="Payment.id", cascade="all, delete-orphan")
    returns: Mapped[list[OrderReturn]] = relationship("OrderReturn", order_by="OrderReturn.id", cascade="all, delete-orphan")


class OrderLine(Base):
    """A position of an order: which variant, how many, at what price for one. `options` are the variant's ("size": "30 ml")."""

    __tablename__ = "order_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity_positive"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"), nullable=False, index=True)
    position: Mapped[int] = mapped_column(Integer, nullable=False)
    sku: Mapped[str] = mapped_column(String(SKU_LENGTH), nullable=False, default="")
    product_key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False, default="")
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), nullable=False)
    options: Mapped[dict[str, str]] = mapped_column(JSON, nullable=False)
    quantity: Mapped[int] = mapped_column(Integer, nullable=False)
    price: Mapped[int] = mapped_column(Integer, nullable=False)


class Shipment(Base):
    """A parcel. `contents` maps positions of the order to how many are in it; empty: all that is in no other parcel."""

    __tablename__ = "shipment"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"), nullable=False, index=True)
    position: Mapped[int] = mapped_column(Integer, nullable=False)
    carrier: Mapped[str] = mapped_column(String(NAME_LENGTH), nullable=False, default="")
    tracking: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False, default="")
    url: Mapped[str] = mapped_column(String(URL_LENGTH), nullable=False, default="")
    shipped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    expected_on: Mapped[date | None] = mapped_column(Date)
    delivered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    contents: Mapped[dict[str, int]] = mapped_column(JSON, nullable=False)


class Payment(Base):
    """Money that came or goes back: `kind` payment or refund; `done` False while a refund is on its way."""

    __tablename__ = "payment"
    __table_args__ = (CheckConstraint(_one_of("kind", ("payment", "refund")), name="kind_known"), CheckConstraint("amount >= 0", name="amount_not_negative"))
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    amount: Mapped[int] = mapped_column(Integer, nullable=False)
    method: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False, default="")
    method_key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False, default="")
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)


class OrderReturn(Base):
    """A return or exchange that was asked for. `contents` maps positions of the order to how many come back; `instead` maps
    positions to the SKU sent for them."""

    __tablename__ = "order_return"
    __table_args__ = (
        CheckConstraint(_one_of("kind", ("return", "exchange")), name="kind_known"),
        CheckConstraint(_one_of("state", ("requested", "received", "refunded", "refused")), name="state_known"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    state: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    contents: Mapped[dict[str, int]] = mapped_column(JSON, nullable=False)
    instead: Mapped[dict[str, str]] = mapped_column(JSON, nullable=False)
    reason: Mapped[str] = mapped_column(Text, nullable=False, default="")
    refund: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    refund_to: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class CustomerChange(Base):
    """A change to what the shop keeps of a customer, under the key of whoever asked, so that none is done twice."""

    __tablename__ = "customer_change"
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)


class OrderChange(Base):
    """A change that was done in the book, under the key of whoever asked, so that none is done twice."""

    __tablename__ = "order_change"
    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id", ondelete="CASCADE"), nullable=False, index=True)
    kind: Mapped[str] = mapped_column(String(WORD_LENGTH), nullable=False)
    result: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, nullable=False)
