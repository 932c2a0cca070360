"""The tabs of all processes: Socket.IO's own way of sharing rooms between servers, carried by our broadcasts.

What is sent within a moment goes to the others together: an answer is five events or more, and another tab of the same
conversation need not see them one by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Optional

from socketio.async_pubsub_manager import AsyncPubSubManager

from bot.store.broadcasts import Broadcasts

TOPIC = "tabs"
TOGETHER_S = 0.02


class SharedTabs(AsyncPubSubManager):  # type: ignore[misc]  # python-socketio has no types
    """Reaches the tabs of a room wherever they are connected."""

    name = "glasskin"

    def __init__(self) -> None:
        super().__init__(channel=TOPIC)
        self._broadcasts: Optional[Broadcasts] = None
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._waiting: list[dict[str, Any]] = []

    def begin(self, broadcasts: Broadcasts) -> None:
        """Begins to tell and to hear, in the running event loop."""
        self._broadcasts = broadcasts
        broadcasts.subscribe(TOPIC, self._take)

    async def emit(self, event: str, data: Any, namespace: Any = None, room: Any = None, skip_sid: Any = None,
                   callback: Any = None, to: Any = None, **kwargs: Any) -> None:
        """Sends an event (see parent class); what is for one tab of this process is nobody else's."""
        where = to or room
        if isinstance(where, str) and self.is_connected(where, namespace or "/"):
            kwargs["ignore_queue"] = True
        await super().emit(event, data, namespace=namespace, room=where, skip_sid=skip_sid, callback=callback, **kwargs)

    async def _publish(self, data: dict[str, Any]) -> None:
        if self._broadcasts is None:
            return
        if not self._waiting:
            asyncio.get_running_loop().call_later(TOGETHER_S, self._tell)
        self._waiting.append(data)

    def _tell(self) -> None:
        waiting, self._waiting = self._waiting, []
        if self._broadcasts is not None:
            self._broadcasts.tell(TOPIC, waiting)

    def _take(self, told: list[dict[str, Any]]) -> None:
        for one in told:
            self._heard.put_nowait(one)

    async def _listen(self) -> AsyncIterator[dict[str, Any]]:
        while True:
            yield await self._heard.get()
