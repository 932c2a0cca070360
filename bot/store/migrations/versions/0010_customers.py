"""Proofs and changes of customers, and the options of variants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables and the column."""
    op.create_table(
        "customer_proof",
        sa.Column("sender", sa.String(128), primary_key=True),
        sa.Column("customer", sa.String(254), primary_key=True),
        sa.Column("way", sa.String(40), primary_key=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "customer_change",
        sa.Column("key", sa.String(100), primary_key=True),
        sa.Column("customer_id", sa.Integer, sa.ForeignKey("customer.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("result", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.add_column("variant", sa.Column("options", sa.JSON))


def downgrade() -> None:
    """Drops them and what is in them."""
    op.drop_column("variant", "options")
    for name in ("customer_change", "customer_proof"):
        op.drop_table(name)
