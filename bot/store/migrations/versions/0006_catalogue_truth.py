"""What a shop says of its products: its own ids, equal SKUs, uncounted stock, kinds, doubtful labels, what is derived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TEXTS = {"source": 20, "kind": 80, "kind_reason": 200, "label_doubt": 200}
LISTS = ("named", "derived_concerns", "derived_skin_types")
NAMING = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
UNIQUE_SKU = "uq_variant_sku"
# SQLite makes the table anew, and reads no checks of the old one.
CHECKS = (
    sa.CheckConstraint("price >= 0", name="price_not_negative"),
    sa.CheckConstraint("stock IS NULL OR stock >= 0", name="stock_not_negative"),
)


def upgrade() -> None:
    """Adds the columns; SKUs need not differ any more."""
    for name, length in TEXTS.items():
        op.add_column("product", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    for name in LISTS:
        op.add_column("product", sa.Column(name, sa.JSON, nullable=False, server_default="[]"))
    op.add_column("product", sa.Column("shop_id", sa.String(100)))
    op.create_index("ix_product_source_shop_id", "product", ["source", "shop_id"])
    op.add_column("catalogue", sa.Column("origin", sa.String(80)))
    with op.batch_alter_table("variant", naming_convention=NAMING, table_args=CHECKS) as variant:
        variant.drop_constraint(_unique_sku(), type_="unique")
        variant.add_column(sa.Column("shop_id", sa.String(100)))
        variant.add_column(sa.Column("available", sa.Boolean))
        variant.create_index("ix_variant_sku", ["sku"])


def downgrade() -> None:
    """Takes the columns out; of equal SKUs the first keeps its own."""
    op.execute(
        "UPDATE variant SET sku = NULL WHERE EXISTS "
        "(SELECT 1 FROM variant AS first WHERE first.sku = variant.sku AND first.id < variant.id)"
    )
    with op.batch_alter_table("variant", table_args=CHECKS) as variant:
        variant.drop_index("ix_variant_sku")
        variant.drop_column("available")
        variant.drop_column("shop_id")
        variant.create_unique_constraint(UNIQUE_SKU, ["sku"])
    op.execute("ALTER TABLE catalogue DROP COLUMN origin")
    op.drop_index("ix_product_source_shop_id", "product")
    for name in (*TEXTS, *LISTS, "shop_id"):
        op.execute(f"ALTER TABLE product DROP COLUMN {name}")


def _unique_sku() -> str:
    """The name of the constraint in this database: PostgreSQL chose its own where the first step gave none."""
    names = [one["name"] for one in sa.inspect(op.get_bind()).get_unique_constraints("variant")]
    return next((str(name) for name in names if name), UNIQUE_SKU)
