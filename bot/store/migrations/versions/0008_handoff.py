"""Who has a conversation, what staff and customers wrote to each other, and the staff."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    clock = op.create_table(
        "handoff_clock", sa.Column("id", sa.Integer, primary_key=True), sa.Column("tick", sa.Integer, nullable=False)
    )
    op.bulk_insert(clock, [{"id": 1, "tick": 0}])
    op.create_table(
        "handoff",
        sa.Column("conversation", sa.String(128), primary_key=True),
        _text("channel", 40), _text("owner", 40), _text("agent", 60), _text("last_agent", 60),
        _moment("since"), _moment("waiting_since", nullable=True), _moment("due_at", nullable=True),
        _text("reason", 40), sa.Column("summary", sa.JSON, nullable=False), _whole("unread"), _text("last_line", 255),
        _text("email", 254), _text("order_number", 60), _moment("closed_at", nullable=True), _text("outcome", 40),
        _whole("version"), _whole("tick", index=True), _moment("at", index=True),
        sa.CheckConstraint("owner IN ('assistant', 'offered', 'waiting', 'person', 'mail')", name="owner_known"),
        sa.CheckConstraint("(owner = 'person') = (agent <> '')", name="person_named"),
    )
    op.create_index("ix_handoff_owner_waiting_since", "handoff", ["owner", "waiting_since"])
    op.create_table(
        "handoff_line",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("conversation", 128, index=True), _text("author", 40), _text("agent", 60), sa.Column("text", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False), _text("key", 100), _whole("tick", index=True), _moment("at", index=True),
        _moment("delivered_at", nullable=True), _moment("lease_until", nullable=True),
        sa.UniqueConstraint("conversation", "key"),
        sa.CheckConstraint("author IN ('customer', 'agent', 'note', 'assistant', 'notice', 'withheld')", name="author_known"),
    )
    op.create_index("ix_handoff_line_delivered_at", "handoff_line", ["delivered_at", "author"])
    op.create_table(
        "desk_user",
        sa.Column("id", sa.Integer, primary_key=True),
        _text("name", 60, unique=True), _text("password", 255), _text("role", 40), sa.Column("picture", sa.LargeBinary),
        _text("picture_type", 40), _moment("created"), sa.Column("disabled", sa.Boolean, nullable=False),
        sa.CheckConstraint("role IN ('agent', 'owner')", name="role_known"),
    )


def downgrade() -> None:
    """Drops the tables and what is in them."""
    for table in ("desk_user", "handoff_line", "handoff", "handoff_clock"):
        op.drop_table(table)


def _text(name: str, length: int, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.String(length), nullable=False, **options)


def _whole(name: str, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=False, **options)


def _moment(name: str, nullable: bool = False, **options: Any) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, **options)
