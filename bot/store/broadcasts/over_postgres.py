"""Carries broadcasts over PostgreSQL: NOTIFY to tell, LISTEN to hear, each on a connection of its own.

A payload has at most 8,000 bytes, so a longer text goes in parts; those of one transaction come together and in their
order. Each has a number, since PostgreSQL sends what is alike in a transaction once.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Optional
from uuid import uuid4

import psycopg2

from bot.store.broadcasts.broadcasts import Hear
from bot.store.turns.line import Line

LONGEST = 7_000
MOST_AT_ONCE = 100
MOST_WAITING = 10_000
AGAIN_S = 1.0
ANSWER_S = 5.0
LOOK_EVERY_S = 20.0
"""So often a connection that only listens is asked whether it is still there."""
FAILURES = (psycopg2.Error, OSError, asyncio.TimeoutError)
logger = logging.getLogger(__name__)


class OverPostgres:
    """The broadcasts of a database's schema."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: SQLAlchemy address of the database.
        """
        self._url = url
        self._me = uuid4().hex[:12]
        self._channel = ""
        self._number = 0
        self._waiting: list[str] = []
        self._sending: Optional[asyncio.Task[None]] = None
        self._listening: Optional[asyncio.Task[None]] = None
        self._line: Optional[Line] = None
        self._parts: dict[str, list[str]] = {}

    async def start(self, hear: Hear) -> None:
        """Begins (see `Carrier`)."""
        first = asyncio.Event()
        self._listening = asyncio.get_running_loop().create_task(self._listen(hear, first))
        await first.wait()

    def send(self, text: str) -> None:
        """Sends (see `Carrier`)."""
        parts = [text[start : start + LONGEST] for start in range(0, len(text), LONGEST)]
        for left, part in zip(range(len(parts) - 1, -1, -1), parts):
            self._number += 1
            self._waiting.append(f"{self._me} {self._number} {left} {part}")
        if len(self._waiting) > MOST_WAITING:
            self._waiting.clear()
            logger.error("other processes could not be told for so long that what waited was dropped")
        if self._sending is None or self._sending.done():
            self._sending = asyncio.get_running_loop().create_task(self._send())

    async def close(self) -> None:
        """Ends (see `Carrier`)."""
        if self._sending is not None:
            await asyncio.wait((self._sending,), timeout=ANSWER_S)
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
        if self._line is not None:
            self._line.close()

    async def _send(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            try:
                if self._line is None or not self._line.is_open:
                    self._line = await Line.to(self._url)
                    self._channel = await _channel(self._line)
                calls = ", ".join(["pg_notify(%s, %s)"] * len(batch))
                await self._line.run(f"SELECT {calls}", [one for part in batch for one in (self._channel, part)], ANSWER_S)
            except FAILURES as error:
                logger.error("other processes could not be told: %s", " ".join(str(error).split()) or type(error).__name__)
                if self._line is not None:
                    self._line.close()
                self._line = None
                self._waiting.clear()

    async def _listen(self, hear: Hear, first: asyncio.Event) -> None:
        said = False
        while True:
            line: Optional[Line] = None
            try:
                line = await Line.to(self._url)
                channel = await _channel(line)
                await line.run(f'LISTEN "{channel}"', seconds=ANSWER_S)
                first.set()
                said = False
                await self._hear_all(line, hear)
            except FAILURES as error:
                if not said:
                    logger.error("other processes are not heard: %s", " ".join(str(error).split()) or type(error).__name__)
                said = True
            finally:
                first.set()
                if line is not None:
                    line.close()
            await asyncio.sleep(AGAIN_S)

    async def _hear_all(self, line: Line, hear: Hear) -> None:
        while True:
            try:
                await asyncio.wait_for(line.readable(), LOOK_EVERY_S)
                line.connection.poll()
            except asyncio.TimeoutError:
                await line.run("SELECT 1", seconds=ANSWER_S)
            told = line.connection.notifies
            while told:
                self._take(told.pop(0).payload, hear)

    def _take(self, payload: str, hear: Hear) -> None:
        sender, _, left, part = payload.split(" ", 3)
        if sender == self._me:
            return
        if left != "0":
            self._parts.setdefault(sender, []).append(part)
            return
        hear("".join([*self._parts.pop(sender, ()), part]))


async def _channel(line: Line) -> str:
    """The name under which the processes of one schema meet."""
    return f"glasskin {(await line.run('SELECT current_schema()', seconds=ANSWER_S))[0]}"[:60]
