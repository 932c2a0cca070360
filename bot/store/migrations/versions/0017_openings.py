"""What on the shop's pages led people into the chat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "opening",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(128), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.CheckConstraint("way IN ('prompt', 'link', 'box')", name="way_known"),
    )


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("opening")
