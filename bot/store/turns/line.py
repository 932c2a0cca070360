"""`Line`: a connection to PostgreSQL that waits in the event loop, for what no thread should wait for: locks and notices.

SQLAlchemy's connections are for short statements in threads; psycopg2 waits without one where it is asked to.
"""

from __future__ import annotations

import asyncio
from typing import Any, Optional, Sequence

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE
from sqlalchemy.engine import make_url

CONNECT_S = 3.0
KEEP_ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
SERVER_KEEP_ALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
"""So that the locks of a machine that is gone are free half a minute later, and not after two hours."""


class Line:
    """One connection, for one statement at a time."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    @classmethod
    async def to(cls, url: str) -> Line:
        """Connects.

        Raises:
            psycopg2.Error, asyncio.TimeoutError: when that is not possible.
        """
        parsed = make_url(url)
        _, given = parsed.get_dialect()().create_connect_args(parsed)
        options = f"{given.get('options', '')} {SERVER_KEEP_ALIVE}".strip()
        line = cls(psycopg2.connect(**{**KEEP_ALIVE, **given, "options": options}, async_=True))
        try:
            await asyncio.wait_for(line._ready(), CONNECT_S)
        except BaseException:
            line.close()
            raise
        return line

    @property
    def is_open(self) -> bool:
        """Whether it was not closed, as far as is known here."""
        return not self.connection.closed

    async def run(self, statement: str, parameters: Optional[Sequence[Any]] = None, seconds: Optional[float] = None) -> Sequence[Any]:
        """Runs a statement and returns the last row of it, () where it has none. A line that is given up in the middle is closed.

        Raises:
            psycopg2.Error, asyncio.TimeoutError: when there is no answer, or not within `seconds`.
        """
        cursor = self.connection.cursor()
        try:
            cursor.execute(statement, parameters)
            await asyncio.wait_for(self._ready(), seconds)
        except psycopg2.Error:
            raise
        except BaseException:
            self.close()
            raise
        rows: Sequence[Any] = cursor.fetchone() if cursor.description else ()
        return rows

    async def readable(self) -> None:
        """Waits until something came that nobody asked for, such as a notice."""
        await self._possible(POLL_READ)

    def close(self) -> None:
        """Ends it, and with it the locks that were taken over it."""
        if not self.connection.closed:
            self.connection.close()

    async def _ready(self) -> None:
        while True:
            state = self.connection.poll()
            if state == POLL_OK:
                return
            await self._possible(state)

    async def _possible(self, state: int) -> None:
        """Waits until the network connection can be read or written."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        file = self.connection.fileno()
        add, remove = {
            POLL_READ: (loop.add_reader, loop.remove_reader),
            POLL_WRITE: (loop.add_writer, loop.remove_writer),
        }[state]
        add(file, lambda: None if mine.done() else mine.set_result(None))
        try:
            await mine
        finally:
            remove(file)
