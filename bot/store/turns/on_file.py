"""Locks between the processes that share a SQLite database: each is a byte of a file beside it, locked by the kernel.

They are locks of the open file (`F_OFD_SETLK`), not of the process: those would be taken for a deadlock where two processes wait
for each other's conversations. Only Linux has them.
"""

from __future__ import annotations

import asyncio
import fcntl
import logging
import os
import struct
from contextlib import suppress
from pathlib import Path
from threading import Thread

from bot.store.turns.keys import turn_key
from bot.store.turns.turns import TOLD, Release, TurnTimeout

OWNER_ONLY = 0o600
ENDING = "-turns"
FLOCK = "@hhqqi0q"
"""C's `struct flock`: what for, from where, first byte, length, no process."""
TRY, WAIT = getattr(fcntl, "F_OFD_SETLK", None), getattr(fcntl, "F_OFD_SETLKW", None)
logger = logging.getLogger(__name__)


class FileLocks:
    """The locks beside one database."""

    def __init__(self, database: Path) -> None:
        """
        Args:
            database: the SQLite file.
        """
        if TRY is None:
            logger.warning("this system has no locks of open files: start no second process on %s", database)
        database.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(database.with_name(database.name + ENDING), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
        self._waiting: dict[int, asyncio.Future[None]] = {}

    async def take(self, name: str, seconds: float) -> Release:
        """Takes a turn (see `Keeper`). Where another process has it, a thread waits: the kernel calls nobody back."""
        place = turn_key(name) & (2**62 - 1)
        if TRY is None:
            return lambda: None
        if place in self._waiting or not self._tried(place):
            await self._wait(place, seconds)
        return lambda: self._do(TRY, fcntl.F_UNLCK, place)

    async def close(self) -> None:
        """Closes the file, and so gives all locks back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        if getattr(self, "_file", -1) >= 0:
            os.close(self._file)

    async def _wait(self, place: int, seconds: float) -> None:
        """Waits in a thread. One that nobody waits for any more goes on waiting, and is the next one's: two of this process could
        not be told apart by the kernel."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        is_waited_for = place in self._waiting
        self._waiting[place] = mine
        if not is_waited_for:
            Thread(target=self._block, args=(loop, place), name="turn of a conversation", daemon=True).start()
        try:
            await asyncio.wait_for(mine, seconds)
        except asyncio.TimeoutError:
            raise TurnTimeout(TOLD) from None

    def _block(self, loop: asyncio.AbstractEventLoop, place: int) -> None:
        error: OSError | None = None
        try:
            self._do(WAIT, fcntl.F_WRLCK, place)
        except OSError as raised:
            error = raised
        with suppress(RuntimeError):  # the loop is closed: the lock ends with the file
            loop.call_soon_threadsafe(self._arrived, place, error)

    def _arrived(self, place: int, error: OSError | None) -> None:
        mine = self._waiting.pop(place)
        if error is not None:
            if not mine.done():
                mine.set_exception(error)
        elif mine.done():
            self._do(TRY, fcntl.F_UNLCK, place)
        else:
            mine.set_result(None)

    def _tried(self, place: int) -> bool:
        try:
            self._do(TRY, fcntl.F_WRLCK, place)
        except BlockingIOError:
            return False
        return True

    def _do(self, command: int | None, kind: int, place: int) -> None:
        if self._file >= 0:
            fcntl.fcntl(self._file, command or 0, struct.pack(FLOCK, kind, os.SEEK_SET, place, 1, 0))
