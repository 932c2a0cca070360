"""The schema's steps (Alembic), run from code: `upgrade(url)` before the store is used.

There is no alembic.ini. For a new step change the models, then call
`new_revision(url, "what it does")`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from bot.store import (
    desk_models,
    handoff_models,
    notice_models,
    picture_models,
    place_models,
    review_models,
    support_models,
    week_models,
)
from bot.store.database import make_engine, one_at_a_time
from bot.store.orders import models as order_models

TABLES_OF = (desk_models, handoff_models, notice_models, picture_models, place_models, review_models, support_models, week_models, order_models)
"""Rooms whose tables are known to the models' metadata by being imported."""


def upgrade(url: str, revision: str = "head") -> None:
    """Brings the database at `url` up to `revision`, creating the tables when there are none."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str) -> None:
    """Takes the database at `url` back to `revision`; "base" drops every table and what is in it."""
    _run(url, lambda config: command.downgrade(config, revision))


def new_revision(url: str, message: str) -> None:
    """Writes a migration that takes the (up-to-date) database at `url` to the models. Read it before use."""
    _run(url, lambda config: command.revision(config, message=message, autogenerate=True))


def current_revision(url: str) -> str | None:
    """The step the database at `url` is at, None when it was never set up."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def in_models(_item: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
    """False for the parts of the full-text search: each database has its own, so the models have none."""
    return not (name or "").startswith(("product_search", "search_vector", "ix_product_search_vector"))


def _run(url: str, step: Callable[[Config], object]) -> None:
    engine = make_engine(url)
    try:
        with engine.connect().execution_options(writing=True) as connection:
            if connection.dialect.name == "sqlite":  # a table that is dropped or made anew must not take others along
                connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                one_at_a_time(connection)
                config = Config()
                config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
                config.attributes["connection"] = connection
                step(config)
    finally:
        engine.dispose()
