"""When a product that was sold out came back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the moment, unknown for every product there is."""
    op.add_column("product", sa.Column("restocked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.execute("ALTER TABLE product DROP COLUMN restocked_at")
