"""Places elsewhere where staff answer: what was brought there, and what came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "handoff_place",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("tick", sa.Integer, nullable=False),
        sa.Column("cursor", sa.String(100), nullable=False),
        sa.Column("holder", sa.String(40), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "handoff_carried",
        sa.Column("place", sa.String(40), primary_key=True),
        sa.Column("conversation", sa.String(128), primary_key=True),
        sa.Column("token", sa.String(40), nullable=False, unique=True),
        sa.Column("told", sa.Integer, nullable=False),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("parts", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "handoff_arrived",
        sa.Column("place", sa.String(40), primary_key=True),
        sa.Column("key", sa.String(100), primary_key=True),
        sa.Column("conversation", sa.String(128), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def downgrade() -> None:
    """Drops the tables."""
    for table in ("handoff_arrived", "handoff_carried", "handoff_place"):
        op.drop_table(table)
