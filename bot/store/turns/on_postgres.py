"""Locks between processes on PostgreSQL: its advisory locks, held by sessions of their own.

One session holds nearly all of a process. Whether a lock is free, and that it is given back, is asked and said over it in batches.
Where another process has a lock, a second session waits for it in PostgreSQL's own queue, and then holds it. A pooler that hands
sessions around between transactions (PgBouncer's transaction pooling) cannot stand between.

A process that is killed loses its turns at once, while what it was storing may still be committed. Who stores holds a second lock until
then, and who takes a turn waits for that one too: else a message would be answered and stored again.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from functools import partial

import psycopg2
from psycopg2.errors import LockNotAvailable

from bot.store.turns.keys import storing_key, turn_key
from bot.store.turns.line import Line
from bot.store.turns.turns import TOLD, Release, TurnTimeout

MOST_WAITING = 8
"""Sessions beyond the first that a process opens at most; who waits behind them waits for one of them first."""
ANSWER_S = 3.0
AWAY_S = 1.0
"""So long after a failure nothing is asked, as messages should not wait for a database that is away."""
TRY, GIVE, IS_STORED = "pg_try_advisory_lock", "pg_advisory_unlock", "pg_try_advisory_xact_lock"
FAILURES = (psycopg2.Error, OSError, asyncio.TimeoutError)
logger = logging.getLogger(__name__)


class Away(Exception):
    """The database gives no answer."""


@dataclass
class _Asked:
    function: str
    key: int
    answer: asyncio.Future[bool]


class PostgresLocks:
    """The advisory locks of one process.

    While the database is away nobody can be kept from another's turn, nor can a conversation be read: messages are answered
    carefully then, in the order of this process alone.
    """

    def __init__(self, url: str) -> None:
        """
        Args:
            url: SQLAlchemy address of the conversations' database.
        """
        self._url = url
        self._line: Line | None = None
        self._asked: list[_Asked] = []
        self._asking: asyncio.Task[None] | None = None
        self._spare: list[Line] = []
        self._room = asyncio.Semaphore(MOST_WAITING)
        self._away_until = 0.0
        self._giving: set[asyncio.Task[None]] = set()

    async def take(self, name: str, seconds: float) -> Release:
        """Takes a turn (see `Keeper`)."""
        key, storing = turn_key(name), storing_key(name)
        try:
            taken, is_stored = await asyncio.gather(self._ask(TRY, key), self._ask(IS_STORED, storing))
            if taken and is_stored:
                return partial(self._ask, GIVE, key)
            if taken:
                await self._ask(GIVE, key)
            return await self._wait(key, storing, seconds)
        except Away:
            return lambda: None

    async def close(self) -> None:
        """Closes all sessions."""
        for task in [*self._giving, *([self._asking] if self._asking else [])]:
            await asyncio.wait((task,), timeout=ANSWER_S)
        for line in [*self._spare, *([self._line] if self._line else [])]:
            line.close()
        self._spare, self._line = [], None

    def _ask(self, function: str, key: int) -> asyncio.Future[bool]:
        """Has a function of PostgreSQL called with a key, together with what else is to be called at this moment."""
        loop = asyncio.get_running_loop()
        asked = _Asked(function, key, loop.create_future())
        if loop.time() < self._away_until:
            asked.answer.set_exception(Away())
        else:
            self._asked.append(asked)
            if self._asking is None or self._asking.done():
                self._asking = loop.create_task(self._answer())
        asked.answer.add_done_callback(_seen)
        return asked.answer

    async def _answer(self) -> None:
        while self._asked:
            batch, self._asked = self._asked, []
            try:
                answers = await self._called(batch)
            except FAILURES as error:
                self._gone(error)
                for one in batch:
                    if not one.answer.done():
                        one.answer.set_exception(Away())
                continue
            for one, answer in zip(batch, answers):
                if not one.answer.done():
                    one.answer.set_result(bool(answer))
                elif one.function == TRY and answer:  # who asked is gone
                    self._asked.append(_Asked(GIVE, one.key, asyncio.get_running_loop().create_future()))

    async def _called(self, batch: list[_Asked]) -> list[bool]:
        """The answers to a batch; once more over a new session where the one at hand turns out to be dead."""
        statement = "SELECT " + ", ".join(f"{one.function}({one.key})" for one in batch)
        if self._line is not None and self._line.is_open:
            try:
                return list(await self._line.run(statement, seconds=ANSWER_S))
            except psycopg2.Error as error:
                self._line.close()
                logger.warning("the session that held the turns of conversations is gone: %s", _short(error))
        self._line = await Line.to(self._url)
        return list(await self._line.run(statement, seconds=ANSWER_S))

    def _gone(self, error: BaseException) -> None:
        logger.error("turns of conversations cannot be kept over processes (%s); trying again", _short(error))
        self._away_until = asyncio.get_running_loop().time() + AWAY_S
        if self._line is not None:
            self._line.close()
        self._line = None

    async def _wait(self, key: int, storing: int, seconds: float) -> Release:
        """Waits in PostgreSQL's queue for a turn that another process has, and until what it stored is committed."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        try:
            await asyncio.wait_for(self._room.acquire(), seconds)
        except asyncio.TimeoutError:
            raise TurnTimeout(TOLD) from None
        line: Line | None = None
        try:
            line = self._spare.pop() if self._spare else await Line.to(self._url)
            left = max(1, round((until - loop.time()) * 1000))
            waiting = f"SET lock_timeout = {left}; SELECT pg_advisory_lock({key}); SELECT pg_advisory_xact_lock({storing})"
            await line.run(waiting, seconds=seconds + ANSWER_S)
        except LockNotAvailable:
            self._put_back(line)
            raise TurnTimeout(TOLD) from None
        except BaseException as error:
            if line is not None:
                line.close()
            self._put_back(line)
            if isinstance(error, FAILURES):
                self._gone(error)
                raise Away from error
            raise
        return partial(self._give, line, key)

    def _give(self, line: Line, key: int) -> None:
        task = asyncio.get_running_loop().create_task(self._given(line, key))
        self._giving.add(task)
        task.add_done_callback(self._giving.discard)

    async def _given(self, line: Line, key: int) -> None:
        try:
            await line.run(f"SELECT {GIVE}({key})", seconds=ANSWER_S)
        except FAILURES:
            line.close()  # the lock ends with its session
        finally:
            self._put_back(line)

    def _put_back(self, line: Line | None) -> None:
        if line is not None and line.is_open:
            self._spare.append(line)
        self._room.release()


def _seen(answer: asyncio.Future[bool]) -> None:
    """Nobody looks at the answer to what is given back."""
    if not answer.cancelled():
        answer.exception()


def _short(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
