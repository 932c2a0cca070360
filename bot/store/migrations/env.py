"""Executed by Alembic for every command; `bot.store.migrations` put a connection into its configuration."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from bot.store.migrations import in_models
from bot.store.models import Base, UtcDateTime


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """A migration stands on its own: it names SQLAlchemy's types, never the models'."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
    include_object=in_models,
)
with context.begin_transaction():
    context.run_migrations()
