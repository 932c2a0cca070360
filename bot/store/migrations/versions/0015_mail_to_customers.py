"""Mail to customers: codes that prove who writes in a conversation, and notices of what is back in stock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "mailed_code",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(128), nullable=False, unique=True),
        sa.Column("order_number", sa.String(60), nullable=False),
        sa.Column("customer", sa.String(254), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(200), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('wanted', 'sent', 'not_taken')", name="state_known"),
    )
    op.create_table(
        "stock_notice",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(128), nullable=False, index=True),
        sa.Column("way", sa.String(40), nullable=False),
        sa.Column("handle", sa.String(255), nullable=False),
        sa.Column("sku", sa.String(100), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('asked', 'agreed')", name="state_known"),
        sa.CheckConstraint("way IN ('mail', 'telegram')", name="way_known"),
    )
    op.create_index("ix_stock_notice_state_way", "stock_notice", ["state", "way"])


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("stock_notice")
    op.drop_table("mailed_code")
