"""Votes on answers, and the conversations that their visitors deleted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "feedback",
        sa.Column("sender", sa.String(128), primary_key=True),
        sa.Column("message_id", sa.String(40), primary_key=True),
        sa.Column("value", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.CheckConstraint("value IN ('up', 'down')", name="value_known"),
    )
    op.create_table(
        "retired_conversation",
        sa.Column("sender", sa.String(128), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    """Drops the tables and what is in them."""
    op.drop_table("retired_conversation")
    op.drop_table("feedback")
