"""The connection to the shop's database: one engine, short sessions, and the catalogue's version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from sqlalchemy import event, select, update
from sqlalchemy.engine import Engine, create_engine, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool

from bot.store.models import CATALOGUE_MODELS, CATALOGUE_ROW, Catalogue, utc_now

BUSY_TIMEOUT_MS = 5000
_CHANGED = "catalogue_changed"


class Database:
    """A database by its SQLAlchemy URL (SQLite or PostgreSQL). Connects when the first session needs it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = make_engine(url)
        self._sessions = sessionmaker(bind=self.engine, future=True, expire_on_commit=False)
        event.listen(self._sessions, "before_flush", _note_change)
        event.listen(self._sessions, "before_commit", _renew_version)
        event.listen(self._sessions, "after_rollback", _forget_change)

    @contextmanager
    def session(self, writing: bool = False) -> Iterator[Session]:
        """A session that is rolled back at the end unless `commit` was called, and always closed.

        With `writing` the session takes the catalogue's write lock at once, so that two imports wait for each
        other instead of failing half-way: SQLite begins IMMEDIATE, PostgreSQL locks the version row.
        """
        session = self._sessions()
        try:
            if writing:
                session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
                session.execute(select(Catalogue.version).with_for_update()).scalar_one()
            yield session
        finally:
            session.rollback()
            session.close()

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine for `url`; on SQLite with foreign keys, write-ahead log and waiting for locks.

    pysqlite's own BEGIN comes too late for schema changes and snapshots, so ours is sent instead (as in
    SQLAlchemy's documentation, "Serializable isolation / Savepoints / Transactional DDL"). Connections are kept,
    because opening one and setting it up takes longer than most questions.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        postgres: Engine = create_engine(url, future=True, pool_pre_ping=True)
        return postgres
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    in_memory = parsed.database in (None, "", ":memory:")
    options["poolclass"] = StaticPool if in_memory else QueuePool
    engine: Engine = create_engine(url, future=True, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def catalogue_version(session: Session) -> str:
    """The token of the catalogue's present state; differs after every committed change."""
    return str(session.execute(select(Catalogue.version)).scalar_one())


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
    finally:
        cursor.close()


def _begin_sqlite(connection: Any) -> None:
    kind = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")


def _note_change(session: Session, _context: Any, _instances: Any) -> None:
    touched = [*session.new, *session.deleted, *(o for o in session.dirty if session.is_modified(o))]
    if any(isinstance(instance, CATALOGUE_MODELS) for instance in touched):
        session.info[_CHANGED] = True


def _renew_version(session: Session) -> None:
    session.flush()
    if session.info.pop(_CHANGED, False):
        token = {"version": uuid4().hex, "changed_at": utc_now()}
        session.execute(update(Catalogue).where(Catalogue.id == CATALOGUE_ROW).values(token))


def _forget_change(session: Session) -> None:
    session.info.pop(_CHANGED, None)
