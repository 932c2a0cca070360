"""One line per chat: updates of a chat are handled one after the other in their own order, chats side by side."""

from __future__ import annotations

import asyncio
import logging
from typing import Awaitable, Callable, Hashable

logger = logging.getLogger(__name__)


class Lines:
    """Hands numbered work to a worker, in order within each line. A line's worker lives only while there is work."""

    def __init__(self, work: Callable[[int], Awaitable[None]]) -> None:
        """
        Args:
            work: handles the item with a number; what it raises is logged and the line goes on.
        """
        self._work = work
        self._waiting: dict[Hashable, asyncio.PriorityQueue[int]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    def put(self, line: Hashable, number: int) -> None:
        """Adds work to a line; among what waits the lowest number comes first, however late it arrived."""
        if line not in self._waiting:
            self._waiting[line] = asyncio.PriorityQueue()
            worker = asyncio.get_running_loop().create_task(self._drain(line))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        self._waiting[line].put_nowait(number)

    async def _drain(self, line: Hashable) -> None:
        waiting = self._waiting[line]
        try:
            while not waiting.empty():
                number = waiting.get_nowait()
                try:
                    await self._work(number)
                except Exception:  # noqa: BLE001 - one update's trouble must not stop the chat
                    logger.exception("update %s could not be handled", number)
        finally:
            del self._waiting[line]

    async def close(self) -> None:
        """Stops all workers; what waits stays in the database for the next start."""
        for worker in list(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
