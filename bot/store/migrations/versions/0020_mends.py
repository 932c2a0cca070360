"""What an owner mended of products, and what is missing of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

EMPTY = "CAST(label AS VARCHAR(10)) = '[]'"
COUNTED = "EXISTS (SELECT 1 FROM variant WHERE variant.product_id = product.id AND variant.stock IS NOT NULL)"
MARKS = {
    1: f"{EMPTY} AND label_doubt = ''", 2: "label_doubt <> ''", 4: "kind = ''", 8: "kind = 'other'", 16: "NOT in_stock", 32: f"NOT {COUNTED}",
}
"""The marks as they were when this step was written (`bot.store.gaps`)."""


def upgrade() -> None:
    """Adds the columns, and finds out what is missing of the products that are there."""
    op.add_column("product", sa.Column("unmended", sa.JSON))
    op.add_column("product", sa.Column("gaps", sa.Integer, nullable=False, server_default="0"))
    found = " + ".join(f"CASE WHEN {holds} THEN {mark} ELSE 0 END" for mark, holds in MARKS.items())
    op.execute(f"UPDATE product SET gaps = {found}")
    op.create_index("ix_product_browsed", "product", ["status", "folded_title", "id", "gaps", "brand_id"])


def downgrade() -> None:
    """Takes the columns out."""
    op.drop_index("ix_product_browsed", "product")
    op.execute("ALTER TABLE product DROP COLUMN gaps")
    op.execute("ALTER TABLE product DROP COLUMN unmended")
