"""Signed events of the shop: which were taken, and how new what is known of each thing is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    digest = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
    op.create_table(
        "shop_event_taken",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "shop_subject",
        sa.Column("key", digest, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("shop_subject")
    op.drop_table("shop_event_taken")
