"""`/desk/chatwoot`: where Chatwoot posts that something happened. It is answered at once, and looked at behind that."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, Optional

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from bot.store.errors import StoreError
from bot.support.handoff import HandoffUnreachable
from bot.support.places.chatwoot.hearing import Due, Hearing
from bot.support.places.chatwoot.signing import SIGNATURE, TIME
from bot.support.places.chatwoot.taking import Taking

logger = logging.getLogger(__name__)
MOST_BYTES = 1_000_000


class Looking:
    """Looks at conversations one after the other in a thread of its own, however many are told of at once."""

    def __init__(self, taking: Taking) -> None:
        self._taking = taking
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="chatwoot")
        self._waiting: set[Due] = set()
        self._lock = Lock()

    def look(self, due: Due) -> None:
        """Has it looked at, unless it is going to be."""
        with self._lock:
            if due in self._waiting:
                return
            self._waiting.add(due)
        self._thread.submit(self._look, due)

    def stop(self) -> None:
        """What was not looked at is found by the next round."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _look(self, due: Due) -> None:
        with self._lock:
            self._waiting.discard(due)
        try:
            self._taking.take_thread(due.thread, due.assigned)
        except (StoreError, SQLAlchemyError, HandoffUnreachable) as error:
            logger.error("what happened in Chatwoot is looked at later: %s", error)
        except Exception:  # noqa: BLE001 - nobody else would ever tell of it
            logger.exception("what happened in Chatwoot could not be looked at")


def add_chatwoot_hook(blueprint: Blueprint, heard_by: Optional[tuple[Hearing, Taking]]) -> None:
    """The route; none where staff don't answer in Chatwoot."""
    if heard_by is None:
        return
    hearing, looking = heard_by[0], Looking(heard_by[1])

    @blueprint.post("/desk/chatwoot", name="desk_chatwoot", strict_slashes=True)
    async def hook(request: Request) -> HTTPResponse:
        if len(request.body) > MOST_BYTES:
            return json({"told": "this is too long"}, status=413)
        heard = hearing.hear(request.body, str(request.headers.get(SIGNATURE, "")), str(request.headers.get(TIME, "")))
        if heard.due is not None:
            looking.look(heard.due)
        elif heard.status != 200:
            logger.error("what was posted for Chatwoot is not taken: %s; CHATWOOT_SECRET is the secret of who posts", heard.told)
        return json({"told": heard.told}, status=heard.status)

    @blueprint.listener("before_server_stop")
    async def stop(_: Sanic, __: Any) -> None:
        looking.stop()
