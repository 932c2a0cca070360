"""What was asked and what came of it, for the shop's owner to look through."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "review_turn",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("message", sa.String(100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("sight", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("band", sa.String(40), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("topic", sa.String(80), nullable=False),
        sa.Column("red_flag", sa.Boolean, nullable=False),
        sa.Column("handed", sa.String(40), nullable=False),
        sa.Column("product", sa.String(255), nullable=False),
        sa.Column("subjects", sa.JSON, nullable=False),
        sa.Column("thumb", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("sight IN ('open', 'apart', 'health', 'order')", name="sight_known"),
        sa.CheckConstraint("outcome IN ('answered', 'asked_back', 'lost', 'beyond', 'unsaid', 'unknown')", name="outcome_known"),
        sa.CheckConstraint("thumb IN ('', 'up', 'down')", name="thumb_known"),
        sa.UniqueConstraint("sender", "message"),
    )
    for column in ("outcome", "kind", "product", "thumb", "red_flag", "handed", "channel"):
        op.create_index(f"ix_review_turn_{column}_id", "review_turn", [column, "id"])
    op.create_table(
        "review_answer",
        sa.Column("turn", sa.Integer, sa.ForeignKey("review_turn.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("sender", sa.String(128), nullable=False, index=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=True),
    )


def downgrade() -> None:
    """Drops the tables."""
    op.drop_table("review_answer")
    op.drop_table("review_turn")
