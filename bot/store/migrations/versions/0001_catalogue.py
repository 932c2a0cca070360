"""The catalogue: brands, products, variants, labels, images, tags, and the version row."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TAGS = ("concern", "skin_type", "flag")


def upgrade() -> None:
    """Creates the catalogue's tables and the one row of `catalogue`."""
    _create_catalogue()
    op.create_table(
        "brand",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", _sorted(255), nullable=False, unique=True),
    )
    op.create_table(
        "ingredient",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("inci", _sorted(160), nullable=False, unique=True),
    )
    _create_product()
    _create_variant()
    _create_label_and_image()
    for tag in TAGS:
        op.create_table(tag, sa.Column("slug", sa.String(80), primary_key=True))
        op.create_table(
            f"product_{tag}",
            sa.Column("product_id", sa.Integer, _product(), primary_key=True),
            sa.Column("slug", sa.String(80), sa.ForeignKey(f"{tag}.slug"), primary_key=True, index=True),
        )


def downgrade() -> None:
    """Drops all of it."""
    for tag in TAGS:
        op.drop_table(f"product_{tag}")
        op.drop_table(tag)
    for table in ("image", "product_ingredient", "variant", "product", "ingredient", "brand", "catalogue"):
        op.drop_table(table)


def _sorted(length: int) -> Any:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def _product() -> sa.ForeignKey:
    return sa.ForeignKey("product.id", ondelete="CASCADE")


def _create_catalogue() -> None:
    catalogue = op.create_table(
        "catalogue",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name="single_row"),
    )
    row = {"id": 1, "version": uuid4().hex, "changed_at": datetime.now(timezone.utc)}
    op.bulk_insert(catalogue, [row])


def _create_product() -> None:
    op.create_table(
        "product",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handle", _sorted(255), nullable=False, unique=True),
        sa.Column("title", sa.String(255), nullable=False),
        sa.Column("folded_title", _sorted(510), nullable=False, index=True),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("product_type", _sorted(80), nullable=False),
        sa.Column("product_type_text", sa.String(80), nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("brand_id", sa.Integer, sa.ForeignKey("brand.id"), nullable=False, index=True),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('active', 'archived')", name="status_known"),
    )
    op.create_index("ix_product_status_product_type", "product", ["status", "product_type"])


def _create_variant() -> None:
    op.create_table(
        "variant",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("product_id", sa.Integer, _product(), nullable=False),
        sa.Column("sku", sa.String(100), unique=True),
        sa.Column("size", sa.String(120), nullable=False),
        sa.Column("amount", sa.Float),
        sa.Column("unit", sa.String(20)),
        sa.Column("price", sa.Integer, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("compare_at_price", sa.Integer),
        sa.Column("stock", sa.Integer),
        sa.Column("sells_when_empty", sa.Boolean, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.CheckConstraint("price >= 0", name="price_not_negative"),
        sa.CheckConstraint("stock IS NULL OR stock >= 0", name="stock_not_negative"),
    )
    op.create_index("ix_variant_product_id_price", "variant", ["product_id", "price"])


def _create_label_and_image() -> None:
    op.create_table(
        "product_ingredient",
        sa.Column("product_id", sa.Integer, _product(), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("ingredient_id", sa.Integer, sa.ForeignKey("ingredient.id"), nullable=False, index=True),
        sa.Column("name", sa.String(160), nullable=False),
    )
    op.create_table(
        "image",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("product_id", sa.Integer, _product(), nullable=False, index=True),
        sa.Column("src", sa.String(1000), nullable=False),
        sa.Column("alt", sa.String(255), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
    )
