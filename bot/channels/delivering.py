"""Brings what the staff wrote to the customers of a channel, in order, as soon as it is written; and lets time pass for talks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Optional

from bot.channels.people import People
from bot.store.errors import StoreError
from bot.support.handoff import Line

logger = logging.getLogger(__name__)
LOOK_EVERY = 2.0
"""Seconds after which what another process wrote is seen at the latest."""
PASS_TIME_EVERY = 15.0

Claim = Callable[[], Sequence[Line]]
Send = Callable[[Line], Awaitable[bool]]
"""Sends a line; False where it cannot be sent now."""


class Delivering:
    """Delivers the lines of one channel while it runs."""

    def __init__(self, people: People, claim: Claim, send: Send, changed: Optional[Callable[[str], Awaitable[None]]] = None) -> None:
        """
        Args:
            people: who has conversations.
            claim: gives the lines that wait for this process to send. Called in a thread.
            send: sends one.
            changed: is told of each conversation that changed, after its lines were sent.
        """
        self._people = people
        self._claim = claim
        self._send = send
        self._changed = changed
        self._wake = asyncio.Event()
        self._seen: dict[str, None] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Begins, in the running event loop."""
        loop = asyncio.get_running_loop()

        def tell(conversation: str) -> None:
            with suppress(RuntimeError):  # the loop is closed already
                loop.call_soon_threadsafe(self._notice, conversation)

        self._end = self._people.staff.talks.on_change(tell)
        self._tasks = [loop.create_task(self._deliver()), loop.create_task(self._pass_time())]

    async def close(self) -> None:
        """Ends; what was not sent is sent after the next start."""
        self._end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _notice(self, conversation: str) -> None:
        self._seen[conversation] = None
        self._wake.set()

    async def _deliver(self) -> None:
        while True:
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LOOK_EVERY)
            self._wake.clear()
            changed, self._seen = list(self._seen), {}
            try:
                await self.deliver_once()
                for conversation in changed if self._changed else ():
                    assert self._changed is not None
                    await self._changed(conversation)
            except StoreError as error:
                logger.error("what the staff wrote cannot be read: %s", error)
            except Exception:  # noqa: BLE001 - one line's trouble must not stop the others for ever
                logger.exception("what the staff wrote could not be delivered; trying again")

    async def deliver_once(self) -> None:
        """Sends what waits; of a conversation nothing goes before what stands in front of it."""
        lines = await asyncio.to_thread(self._claim)
        ordered = sorted(lines, key=lambda line: (line.conversation, line.number))
        for _, of_one in groupby(ordered, key=lambda line: line.conversation):
            await self._deliver_one(list(of_one))

    async def _deliver_one(self, lines: list[Line]) -> None:
        sent = 0
        try:
            for line in lines:
                if not await self._send(line):
                    break
                sent += 1
        except Exception:  # noqa: BLE001 - told here; the rest of this conversation waits, the others go on
            logger.exception("a line of the staff could not be sent; trying again")
        finally:
            outgoing = self._people.outgoing
            await asyncio.to_thread(outgoing.sent, lines[:sent])
            if sent < len(lines):
                await asyncio.to_thread(outgoing.let_go, lines[sent:])

    async def _pass_time(self) -> None:
        while True:
            await asyncio.sleep(PASS_TIME_EVERY)
            staff = self._people.staff
            try:
                await asyncio.to_thread(staff.talks.pass_time, staff.quiet_after)
            except StoreError as error:
                logger.error("whether somebody waits too long cannot be told: %s", error)
