"""How talks with people ended, and what customers thought of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "handoff_ended",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(128), nullable=False, index=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("agent", sa.String(60), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("rating", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.CheckConstraint("outcome IN ('by_person', 'by_assistant', 'unresolved')", name="outcome_known"),
        sa.CheckConstraint("rating IN ('', 'good', 'bad')", name="rating_known"),
    )


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("handoff_ended")
