"""Carries broadcasts between the processes of one machine that share a SQLite database: each has a socket in a folder beside it, and
sends to all others there. A socket of a process that is gone is taken away by whoever finds that nobody hears it."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections import deque
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from bot.store.broadcasts.broadcasts import Hear

ENDING = "-broadcasts"
ROOM = 1 << 20
LONGEST = 1 << 17
MOST_WAITING = 10_000
AGAIN_S = 0.005
CLOSES_S = 1.0
logger = logging.getLogger(__name__)


class OverSockets:
    """The broadcasts of the processes at one database."""

    def __init__(self, database: Path) -> None:
        """
        Args:
            database: the SQLite file.
        """
        folder = database.with_name(database.name + ENDING)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._beside = folder
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        for option in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            self._socket.setsockopt(socket.SOL_SOCKET, option, ROOM)
        self._name = uuid4().hex[:12]
        self._waiting: dict[str, deque[bytes]] = {}

    async def start(self, hear: Hear) -> None:
        """Begins (see `Carrier`)."""
        self._socket.bind(self._address(self._name))
        asyncio.get_running_loop().add_reader(self._socket, self._heard, hear)

    def send(self, text: str) -> None:
        """Sends (see `Carrier`). A socket holds a few texts; what does not fit waits here until its process has read some."""
        for name in [path.name for path in self._beside.iterdir()]:
            if name != self._name:
                waiting = self._waiting.setdefault(name, deque(maxlen=MOST_WAITING))
                waiting.append(text.encode())
                if len(waiting) == 1:
                    self._flush(name)

    def _flush(self, name: str) -> None:
        waiting = self._waiting[name]
        while waiting:
            try:
                self._socket.sendto(waiting[0], self._address(name))
            except BlockingIOError:
                asyncio.get_running_loop().call_later(AGAIN_S, self._flush, name)
                return
            except (ConnectionRefusedError, FileNotFoundError):
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=self._folder)
                waiting.clear()
            except OSError as error:
                logger.error("another process could not be told: %s", error.strerror)
                waiting.popleft()
            else:
                waiting.popleft()
        del self._waiting[name]

    async def close(self) -> None:
        """Ends (see `Carrier`)."""
        for _ in range(round(CLOSES_S / AGAIN_S)):
            if self._waiting:
                await asyncio.sleep(AGAIN_S)
        if self._socket.fileno() >= 0:
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            with suppress(FileNotFoundError):
                os.unlink(self._name, dir_fd=self._folder)
            os.close(self._folder)

    def _address(self, name: str) -> str:
        """By way of the open folder, since the path of a socket may have no more than 107 characters."""
        return f"/proc/self/fd/{self._folder}/{name}"

    def _heard(self, hear: Hear) -> None:
        with suppress(BlockingIOError):
            while True:
                hear(self._socket.recv(LONGEST).decode())
