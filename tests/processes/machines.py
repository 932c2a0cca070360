"""Servers, each as if on a machine of its own, at one PostgreSQL; a test kills them and starts them again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import create_engine, make_url

from tests.channels.telegram.server import ServerProcess
from tests.conftest import MANY_VISITORS
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.store.conftest import POSTGRES

SECRET = "telegram-secret-of-the-tests"


def machines(folder: Path, count: int, database: str, peer: TelegramPeer) -> list[ServerProcess]:
    """Servers that share a database and nothing else, not started yet."""
    made = []
    for number in range(count):
        own = folder / f"machine-{number}"
        own.mkdir()
        made.append(
            ServerProcess(
                own, DATABASE_URL=database, TRACKER_URL=database, SESSION_SECRET="the-same-on-every-machine", TELEGRAM_TOKEN=TOKEN,
                TELEGRAM_API=peer.address, TELEGRAM_SECRET=SECRET, **MANY_VISITORS,
            )
        )
    return made


def start_together(servers: Sequence[ServerProcess]) -> None:
    """Starts all at the same moment, and waits until they answer."""
    with ThreadPoolExecutor(len(servers)) as pool:
        list(pool.map(ServerProcess.start, servers))


@contextmanager
def empty_postgres() -> Iterator[str]:
    """Address of a new, empty database on the server that GLASSKIN_TEST_POSTGRES names, dropped at the end."""
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"{POSTGRES} names no PostgreSQL database")
    name = f"glasskin_processes_{uuid4().hex}"
    _do(server, f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(False)
    finally:
        _do(server, f"DROP DATABASE {name} WITH (FORCE)")


def _do(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
