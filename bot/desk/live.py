"""Tells open pages what changed, over server-sent events: the database is asked for all of them together, when this process changed
something and once a second for what others did, and only while somebody looks."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Optional

from bot.desk.glance import NEVER
from bot.store.errors import StoreError
from bot.support.handoff import Changes, Conversations, Typing

LOOK_EVERY_S = 1.0
REST_S = 0.1
"""So long after a look there is none, however much happens."""
HEARTBEAT_S = 15.0
MOST_PAGES = 200
MOST_WAITING = 100
logger = logging.getLogger(__name__)
Event = dict[str, Any]


class Live:
    """The open pages of one process."""

    def __init__(self, conversations: Conversations, typing: Typing, look_every_s: float = LOOK_EVERY_S) -> None:
        self._conversations = conversations
        self._look_every_s = look_every_s
        self._pages: set[asyncio.Queue[Optional[Event]]] = set()
        self._loop: Optional[asyncio.AbstractEventLoop] = None
        self._watch: Optional[asyncio.Task[None]] = None
        self._cursor: Optional[int] = None
        self._known, self._wake = asyncio.Event(), asyncio.Event()
        self._stopped = False
        typing.listen(self._wrote)

    @property
    def is_full(self) -> bool:
        """Whether no more pages can listen."""
        return self._stopped or len(self._pages) >= MOST_PAGES

    async def events(self, since: int, still_in: Callable[[], bool]) -> AsyncIterator[str]:
        """What changed since a cursor and from then on, as lines of an event stream; ends where the page's session does.

        Args:
            since: the cursor that the page was made with.
            still_in: whether who looks is still signed in; blocks.
        """
        queue: asyncio.Queue[Optional[Event]] = asyncio.Queue(MOST_WAITING)
        self._pages.add(queue)
        self._begin()
        try:
            yield "retry: 2000\n\n"
            await self._known.wait()  # from then on nothing is missed: what came before is asked for, what comes is told
            missed = await asyncio.to_thread(self._changes, since)
            if missed is not None and missed.cursor > since:
                yield _line(self._changed(missed))
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT_S)
                except asyncio.TimeoutError:
                    if not await asyncio.to_thread(still_in):
                        yield _line({"signed_out": True})
                        return
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield _line(event)
        finally:
            self._pages.discard(queue)

    def stop(self) -> None:
        """Ends all streams, which a stopping server would wait for."""
        self._stopped = True
        if self._watch is not None:
            self._watch.cancel()
        for queue in list(self._pages):
            _put(queue, None)

    def _begin(self) -> None:
        self._loop = asyncio.get_running_loop()
        if self._watch is None or self._watch.done():
            self._cursor = None
            self._known.clear()
            self._watch = self._loop.create_task(self._look())

    async def _look(self) -> None:
        end = self._conversations.on_change(self._changed_here)
        try:
            while self._pages:
                self._wake.clear()
                changes = await asyncio.to_thread(self._changes, self._cursor)
                if changes is not None:
                    if self._cursor is not None and changes.cursor > self._cursor:
                        self._tell(self._changed(changes))
                    self._cursor = changes.cursor
                    self._known.set()
                await asyncio.sleep(min(REST_S, self._look_every_s))
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), self._look_every_s)
        finally:
            end()

    def _changed(self, changes: Changes) -> Event:
        """What a page is told of changes; `pages` says how many are told at once, so that they don't all ask for more in one moment."""
        return {"cursor": changes.cursor, "talks": list(changes.conversations), "pages": len(self._pages)}

    def _changed_here(self, _: str) -> None:
        """This process changed something; told from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake.set)

    def _changes(self, since: Optional[int]) -> Optional[Changes]:
        """What changed, nothing but the present cursor without one; None where the database gives no answer, which is asked again in
        a moment."""
        try:
            return self._conversations.changes(NEVER if since is None else since)
        except StoreError as error:
            logger.warning("the desk cannot look for changes: %s", error)
            return None

    def _wrote(self, conversation: str, who: str) -> None:
        """Somebody is typing; told from any thread."""
        if self._pages and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, {"typing": conversation, "who": who})

    def _tell(self, event: Event) -> None:
        for queue in list(self._pages):
            _put(queue, event)


def _put(queue: asyncio.Queue[Optional[Event]], event: Optional[Event]) -> None:
    """Hands an event to a page. One that takes none for long is let go: it connects again and is told what it missed."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = None
    queue.put_nowait(event)


def _line(event: Event) -> str:
    return f"data: {json.dumps(event)}\n\n"
