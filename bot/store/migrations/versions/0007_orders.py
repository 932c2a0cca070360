"""The order book, and what customers ask for in the chat."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BOOK = ("order_change", "order_return", "payment", "shipment", "order_line", "shop_order", "payment_method", "customer_address", "customer")
SUPPORT = ("tickets", "requests", "look_up", "proof")


def upgrade() -> None:
    """Makes the tables."""
    _customers()
    _orders()
    _parts_of_orders()
    _support()


def downgrade() -> None:
    """Drops the tables and what is in them."""
    for table in (*SUPPORT, *BOOK):
        op.drop_table(table)


def _text(name: str, length: int, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False, **options)


def _whole(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False)


def _json(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=False)


def _moment(name: str, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, **options)


def _id() -> sa.Column[Any]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _of(table: str, cascade: bool = True) -> sa.Column[Any]:
    name = "customer_id" if table == "customer" else "order_id"
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE" if cascade else None)
    return sa.Column(name, sa.Integer, key, nullable=False, index=True)


def _customers() -> None:
    op.create_table(
        "customer", _id(), _text("key", 254, unique=True), _text("email", 254, index=True), _text("first_name", 200), _text("last_name", 200)
    )
    op.create_table(
        "customer_address", _id(), _of("customer"), _whole("position"), _text("postcode", 40, index=True), _json("address")
    )
    op.create_table(
        "payment_method",
        _id(), _of("customer"), _text("key", 100), _text("kind", 40), _text("label", 100),
        sa.Column("balance", sa.Integer),
        _text("currency", 3),
        sa.UniqueConstraint("customer_id", "key"),
        sa.CheckConstraint("balance IS NULL OR balance >= 0", name="balance_not_negative"),
    )


def _orders() -> None:
    sorted_by_code = sa.String(60).with_variant(sa.String(60, collation="C"), "postgresql")
    op.create_table(
        "shop_order",
        _id(), _text("number", 60),
        sa.Column("folded_number", sorted_by_code, nullable=False, unique=True),
        _of("customer", cascade=False), _text("email", 254, index=True), _text("state", 40),
        _moment("placed_at"), _moment("paid_at", nullable=True), _moment("cancelled_at", nullable=True), _text("cancel_reason", 255),
        sa.Column("changed_items", sa.Boolean, nullable=False),
        _text("currency", 3), _whole("shipping"), _whole("discount"), _whole("tax"), _whole("total"),
        _text("delivery", 255), _json("address"), _text("imported", 64), _text("version", 32),
        sa.CheckConstraint("state IN ('open', 'packed', 'shipped', 'delivered', 'cancelled')", name="state_known"),
    )


def _parts_of_orders() -> None:
    op.create_table(
        "order_line",
        _id(), _of("shop_order"), _whole("position"), _text("sku", 100), _text("product_key", 100), _text("title", 255), _json("options"),
        _whole("quantity"), _whole("price"),
        sa.CheckConstraint("quantity > 0", name="quantity_positive"),
    )
    op.create_table(
        "shipment",
        _id(), _of("shop_order"), _whole("position"), _text("carrier", 200), _text("tracking", 100), _text("url", 1000),
        _moment("shipped_at", nullable=True), sa.Column("expected_on", sa.Date), _moment("delivered_at", nullable=True), _json("contents"),
    )
    op.create_table(
        "payment",
        _id(), _of("shop_order"), _text("kind", 40), _whole("amount"), _text("method", 100), _text("method_key", 100),
        _moment("at", nullable=True), sa.Column("done", sa.Boolean, nullable=False),
        sa.CheckConstraint("kind IN ('payment', 'refund')", name="kind_known"),
        sa.CheckConstraint("amount >= 0", name="amount_not_negative"),
    )
    op.create_table(
        "order_return",
        _id(), _of("shop_order"), _text("kind", 40), _text("state", 40), _json("contents"), _json("instead"),
        sa.Column("reason", sa.Text, nullable=False), _whole("refund"), _text("refund_to", 100), _moment("at"),
        sa.CheckConstraint("kind IN ('return', 'exchange')", name="kind_known"),
        sa.CheckConstraint("state IN ('requested', 'received', 'refunded', 'refused')", name="state_known"),
    )
    op.create_table(
        "order_change", sa.Column("key", sa.String(100), primary_key=True), _of("shop_order"), _text("kind", 40), _json("result"), _moment("at")
    )


def _support() -> None:
    op.create_table(
        "proof",
        sa.Column("sender", sa.String(128), primary_key=True),
        sa.Column("order_number", sa.String(60), primary_key=True),
        sa.Column("way", sa.String(40), primary_key=True),
        _moment("until", index=True),
    )
    op.create_table("look_up", _id(), _text("scope", 40), _text("subject", 64), _moment("at", index=True))
    op.create_index("ix_look_up_scope_subject_at", "look_up", ["scope", "subject", "at"])
    op.create_table(
        "requests",
        _id(), _text("token", 40, unique=True), _text("sender", 128, index=True), _text("kind", 40), _text("state", 40),
        _text("order_number", 60), _json("details"), _json("result"), _moment("at"), _moment("updated_at"),
        sa.CheckConstraint("state IN ('proposed', 'confirmed', 'sent', 'done', 'refused', 'dropped')", name="state_known"),
    )
    op.create_table(
        "tickets",
        _id(), _text("number", 40, unique=True), _text("token", 40, unique=True), _text("sender", 128, index=True), _text("kind", 40),
        _text("state", 40), _text("order_number", 60), _text("email", 254), sa.Column("text", sa.Text, nullable=False),
        _moment("at", index=True),
        sa.CheckConstraint("state IN ('open', 'answered', 'closed')", name="state_known"),
    )
