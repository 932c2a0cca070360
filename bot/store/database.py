"""The connection to the shop's database: one engine, short sessions, and the catalogue's version."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, ContextManager
from uuid import uuid4

from sqlalchemy import event, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool, StaticPool

from bot.store.errors import as_store_errors
from bot.store.models import CATALOGUE_ROW, Catalogue, utc_now

BUSY_TIMEOUT_MS = 5000
CONNECT_TIMEOUT_S = 3
WRITERS_WAIT_S = 900
"""So long an import waits for another one."""
LOCK_NOT_AVAILABLE = "55P03"
STEPS_BETWEEN_LOOKS = 10_000
"""So many steps of SQLite's machine (about a millisecond) pass between two looks at the clock."""
OWNER_ONLY = 0o600
SCHEMA_LOCK = 7_421_337
"""The number of PostgreSQL's advisory lock that whoever changes the schema holds; any number that nobody else uses."""
WORTH_COMPACTING = 0.2
"""A SQLite file is made smaller where so much of it is free."""
logger = logging.getLogger(__name__)
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
    def session(self, writing: bool = False, waiting: Callable[[], None] | None = None, catalogue: bool = True) -> Iterator[Session]:
        """A session that is rolled back at the end unless `commit` was called, and always closed.

        With `writing` the session takes the catalogue's write lock at once, so that two imports wait for each
        other instead of failing half-way: SQLite begins IMMEDIATE, PostgreSQL locks the version row. Writing has
        no time limit. A caller that gives `waiting` waits up to WRITERS_WAIT_S for another writer and is told once; others
        give up after a few seconds. Without `catalogue` PostgreSQL locks nothing: who writes something else locks its own rows.

        Raises:
            StoreError: when the database is away, locked or too slow; the next session tries anew.
        """
        session = self._sessions()
        try:
            with as_store_errors():
                if writing:
                    self._lock(session, waiting, catalogue)
                yield session
        finally:
            session.close()

    def _lock(self, session: Session, waiting: Callable[[], None] | None, catalogue: bool) -> None:
        """Takes the write lock; while another has it, tries again after telling `waiting`, if there is one."""
        deadline = monotonic() + WRITERS_WAIT_S
        told = waiting is None
        while True:
            try:
                connection = session.connection(execution_options={"writing": True})
                if connection.dialect.name == "postgresql":
                    session.execute(text("SET LOCAL statement_timeout = 0"))
                    if waiting:
                        session.execute(text(f"SET LOCAL lock_timeout = {BUSY_TIMEOUT_MS}"))
                if catalogue:
                    session.execute(select(Catalogue.version).with_for_update()).scalar_one()
                return
            except OperationalError as error:
                session.rollback()
                if waiting is None or not _is_locked(error) or monotonic() > deadline:
                    raise
                if not told:
                    waiting()
                    told = True

    def dispose(self) -> None:
        """Closes all connections."""
        self.engine.dispose()


def _is_locked(error: OperationalError) -> bool:
    """Whether another writer holds the lock."""
    return "database is locked" in str(error.orig) or getattr(error.orig, "pgcode", None) == LOCK_NOT_AVAILABLE


def make_engine(url: str, time_limit: float | None = None, write_wait_s: float = BUSY_TIMEOUT_MS / 1000) -> Engine:
    """An engine for `url`; on SQLite with foreign keys, write-ahead log and waiting for locks, in a file that its owner alone
    may read. Statements that do not write are stopped after `time_limit` seconds; writers on SQLite wait `write_wait_s` for a
    lock, while on PostgreSQL `time_limit` holds for all.

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
        _limit_sqlite(engine, time_limit, write_wait_s)
    event.listen(engine, "begin", _begin_sqlite)
    if not in_memory and not str(parsed.database).startswith("file:"):
        event.listen(engine, "do_connect", lambda *_: make_private(Path(str(parsed.database))))
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


def one_at_a_time(connection: Connection) -> None:
    """Lets only one process of all change the schema, until the transaction ends; others wait for it. On SQLite a writer is the
    only one anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": SCHEMA_LOCK})


def delete_rows(session: Session | Connection, statement: Any) -> int:
    """Runs a DELETE; returns how many rows it took."""
    options = {"synchronize_session": False} if isinstance(session, Session) else {}
    result: Any = session.execute(statement.execution_options(**options))
    return int(result.rowcount)


def insert_new(session: Session, table: Any, rows: Sequence[Mapping[str, Any]]) -> int:
    """Inserts those rows whose keys are not there, also where others insert the same at this moment; returns how many."""
    if not rows:
        return 0
    kind = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    result: Any = session.execute(kind(table).values(list(rows)).on_conflict_do_nothing())
    return int(result.rowcount)


def tidy(engine: Engine, compact: bool = False, always: bool = False) -> None:
    """Moves what SQLite wrote ahead into the file, so that nothing deleted is left beside it; with `compact` gives room back to
    the disk, where that is worth it or `always`. On PostgreSQL `compact` makes the room free for other rows."""
    raw: Any = engine.raw_connection()
    try:
        if engine.dialect.name != "sqlite":
            if compact:
                raw.set_session(autocommit=True)
                raw.cursor().execute("VACUUM")
                raw.set_session(autocommit=False)
            return
        cursor = raw.cursor()
        free, pages = (cursor.execute(f"PRAGMA {name}").fetchall()[0][0] for name in ("freelist_count", "page_count"))
        if compact and (always or free > pages * WORTH_COMPACTING):
            cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


def catalogue_version(session: Session) -> str:
    """The token of the catalogue's present state; differs after every committed change."""
    return str(session.execute(VERSION).scalar_one())


def renew_version(session: Session) -> None:
    """Gives the catalogue a new version; whoever changes it calls this before the commit."""
    token = {"version": uuid4().hex, "changed_at": utc_now()}
    session.execute(update(Catalogue).where(Catalogue.id == CATALOGUE_ROW).values(token))


def make_private(database: Path) -> None:
    """Makes a SQLite file readable to its owner alone, before anything is in it; what SQLite lays beside it gets the mode of
    the file. A file of somebody else stays as it is, as `glasskin doctor` tells.

    A file that is there is never opened here: closing it again would end SQLite's own locks of this process on it
    (sqlite.org, "How To Corrupt An SQLite Database File", 2.2)."""
    try:
        if not database.exists():
            with suppress(FileExistsError):  # another process was quicker
                os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        for path in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
            if path.exists() and stat.S_IMODE(path.stat().st_mode) != OWNER_ONLY:
                path.chmod(OWNER_ONLY)
    except OSError as error:
        logger.debug("%s keeps its mode: %s", database, error.strerror)


def _prepare_sqlite(connection: Any, waits: int) -> None:
    """Sets a new connection up; it waits so many milliseconds for a lock."""
    connection.isolation_level = None
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {waits}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA secure_delete = ON")
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


def _limit_sqlite(engine: Engine, seconds: float, write_wait_s: float) -> None:
    """SQLite asks a function now and then whether to go on; waiting for a lock ends at the same time."""

    def prepare(connection: Any, record: Any) -> None:
        record.info["deadline"] = None

        def late() -> bool:
            deadline = record.info["deadline"]
            return deadline is not None and monotonic() > deadline

        connection.set_progress_handler(late, STEPS_BETWEEN_LOOKS)

    def begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        wait = round(write_wait_s * 1000) if writing else min(BUSY_TIMEOUT_MS, round(seconds * 1000))
        connection.connection.cursor().execute(f"PRAGMA busy_timeout = {wait}")

    def start(connection: Any, *_: Any) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.info["deadline"] = None if writing else monotonic() + seconds

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", start)
