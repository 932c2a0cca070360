"""Counts by week that outlive what was counted, the weeks that the owner had a mail on, and the language of a message."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables and the column."""
    op.create_table(
        "week_count",
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("what", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(255), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "week_mail",
        sa.Column("week", sa.Date, primary_key=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
    )
    op.add_column("review_turn", sa.Column("language", sa.String(40), nullable=False, server_default=""))


def downgrade() -> None:
    """Drops them."""
    op.drop_column("review_turn", "language")
    op.drop_table("week_mail")
    op.drop_table("week_count")
