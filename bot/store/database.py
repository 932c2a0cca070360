"""The connection to the shop's database: one engine, short sessions, and the catalogue's version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any, ContextManager
from uuid import uuid4

from sqlalchemy import event, select, text, update
from sqlalchemy.engine import Engine, create_engine, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool

from bot.store.errors import as_store_errors
from bot.store.models import CATALOGUE_ROW, Catalogue, utc_now

BUSY_TIMEOUT_MS = 5000
CONNECT_TIMEOUT_S = 3
STEPS_BETWEEN_LOOKS = 10_000
"""So many steps of SQLite's machine (about a millisecond) pass between two looks at the clock."""
VERSION = text("SELECT version FROM catalogue")


class Database:
    """A database by its SQLAlchemy URL (SQLite or PostgreSQL). Connects when the first session needs it."""

    def __init__(self, url: str, time_limit: float | None = None) -> None:
        """
        Args:
            url: SQLAlchemy address.
            time_limit: seconds after which a statement of a reading session is stopped; None for no limit.
        """
        self.url = url
        self.engine = make_engine(url, time_limit)
        self._sessions = sessionmaker(bind=self.engine, future=True, expire_on_commit=False)

    @contextmanager
    def session(self, writing: bool = False) -> Iterator[Session]:
        """A session that is rolled back at the end unless `commit` was called, and always closed.

        With `writing` the session takes the catalogue's write lock at once, so that two imports wait for each
        other instead of failing half-way: SQLite begins IMMEDIATE, PostgreSQL locks the version row. Writing has
        no time limit.

        Raises:
            StoreError: when the database is away, locked or too slow; the next session tries anew.
        """
        session = self._sessions()
        try:
            with as_store_errors():
                if writing:
                    connection = session.connection(execution_options={"writing": True})
                    if connection.dialect.name == "postgresql":
                        session.execute(text("SET LOCAL statement_timeout = 0"))
                    session.execute(select(Catalogue.version).with_for_update()).scalar_one()
                yield session
        finally:
            session.close()

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def make_engine(url: str, time_limit: float | None = None) -> Engine:
    """An engine for `url`; on SQLite with foreign keys, write-ahead log and waiting for locks. Statements that do
    not write are stopped after `time_limit` seconds.

    pysqlite's own BEGIN comes too late for schema changes and snapshots, so ours is sent instead (as in
    SQLAlchemy's documentation, "Serializable isolation / Savepoints / Transactional DDL"). Connections are kept,
    because opening one and setting it up takes longer than most questions.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        postgres: Engine = create_engine(
            url, future=True, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT_S}
        )
        if time_limit is not None:
            _limit_postgres(postgres, time_limit)
        return postgres
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    in_memory = parsed.database in (None, "", ":memory:")
    options["poolclass"] = StaticPool if in_memory else QueuePool
    engine: Engine = create_engine(url, future=True, **options)
    waits = BUSY_TIMEOUT_MS if time_limit is None else min(BUSY_TIMEOUT_MS, round(time_limit * 1000))
    event.listen(engine, "connect", lambda connection, _record: _prepare_sqlite(connection, waits))
    if time_limit is not None:
        _limit_sqlite(engine, time_limit)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@cache
def _turns(address: str) -> Lock:
    return Lock()


def writing_turn(engine: Engine) -> ContextManager[Any]:
    """Held while writing: the writers of one process take turns on a SQLite file, because SQLite's own waiting sleeps
    in growing steps and lets late comers pass. Writers of other processes wait as SQLite does; PostgreSQL needs no
    turns."""
    if engine.dialect.name != "sqlite":
        return nullcontext()
    return _turns(str(engine.url))


def catalogue_version(session: Session) -> str:
    """The token of the catalogue's present state; differs after every committed change."""
    return str(session.execute(VERSION).scalar_one())


def renew_version(session: Session) -> None:
    """Gives the catalogue a new version; whoever changes it calls this before the commit."""
    token = {"version": uuid4().hex, "changed_at": utc_now()}
    session.execute(update(Catalogue).where(Catalogue.id == CATALOGUE_ROW).values(token))


def _prepare_sqlite(connection: Any, waits: int) -> None:
    """Sets a new connection up; it waits so many milliseconds for a lock."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {waits}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
    finally:
        cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql(f"BEGIN {'IMMEDIATE' if writing else 'DEFERRED'}")


def _limit_postgres(engine: Engine, seconds: float) -> None:
    """PostgreSQL stops a statement by itself; waiting for a lock counts."""

    def prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", (max(1, round(seconds * 1000)),))
        connection.commit()

    event.listen(engine, "connect", prepare)


def _limit_sqlite(engine: Engine, seconds: float) -> None:
    """SQLite asks a function now and then whether to go on; waiting for a lock ends at the same time."""

    def prepare(connection: Any, record: Any) -> None:
        record.info["deadline"] = None

        def late() -> bool:
            deadline = record.info["deadline"]
            return deadline is not None and monotonic() > deadline

        connection.set_progress_handler(late, STEPS_BETWEEN_LOOKS)

    def begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        wait = BUSY_TIMEOUT_MS if writing else min(BUSY_TIMEOUT_MS, round(seconds * 1000))
        connection.connection.cursor().execute(f"PRAGMA busy_timeout = {wait}")

    def start(connection: Any, *_: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.info["deadline"] = None if writing else monotonic() + seconds

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", start)
