"""`/live` and `/ready`, for whatever watches over the server: a supervisor, a load balancer, Docker.

`/live` says that the process answers. `/ready` says whether people get what they should: a model, both databases, nothing that
waits to be stored or sent. It answers 503 with the reason where not; the answer holds nothing of anybody.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy import inspect, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.answering import NO_MODEL, OnNewMessage, is_ready
from bot.settings import Settings, settings
from bot.store.database import VERSION, make_engine
from bot.store.events import writer_at
from bot.store.messaging import oldest_open_update

TIME_LIMIT_S = 2.0
KEPT_S = 1.0
"""An answer is given again for so long, so that nobody can keep the databases busy by asking."""
LONGEST_UNSAVED_S = 10.0
LONGEST_UNSENT_S = 120.0
OK = "ok"
READ = text("SELECT 1 FROM events LIMIT 1")
HEADERS = {"Cache-Control": "no-store"}


class Health(InputChannel):
    """`credentials.yml` names it as `bot.channels.health.Health`; it has no settings."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "health"

    def url_prefix(self) -> str:
        """An absolute path, which takes both addresses out of `/webhooks/` when Rasa joins the two."""
        return "/"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes. `on_new_message` stays unused: no message arrives here."""
        blueprint = Blueprint("health")
        looking = Looking(settings())

        @blueprint.get("/live")
        async def live(_: Request) -> HTTPResponse:
            return response.json({"status": "live"}, headers=HEADERS)

        @blueprint.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            found = await looking.look(getattr(request.app.ctx, "agent", None))
            well = all(told == OK for told in found.values())
            body = {"status": "ready" if well else "not ready", "checks": found}
            return response.json(body, status=200 if well else 503, headers=HEADERS)

        @blueprint.listener("before_server_stop")
        async def stop(_: Sanic, __: Any) -> None:
            looking.close()

        return blueprint


class Looking:
    """Looks at what a server needs, each part in a thread of its own, for two seconds at most."""

    def __init__(self, chosen: Settings) -> None:
        """
        Args:
            chosen: the settings.
        """
        self._shop = make_engine(chosen.shop_database, TIME_LIMIT_S)
        self._tracker = make_engine(chosen.tracker_database, TIME_LIMIT_S)
        self._writer = writer_at(chosen.tracker_database)
        self._has_outbox = bool(chosen.telegram_token)
        self._threads = ThreadPoolExecutor(3, "health")
        self._last: Optional[tuple[float, Mapping[str, str]]] = None
        self._one = asyncio.Lock()

    async def look(self, agent: Any) -> Mapping[str, str]:
        """What is found of each part: "ok", or what is wrong with it."""
        async with self._one:
            if self._last is None or time.monotonic() - self._last[0] > KEPT_S:
                self._last = time.monotonic(), await self._found(agent)
            return self._last[1]

    async def _found(self, agent: Any) -> Mapping[str, str]:
        parts: dict[str, Callable[[], str]] = {"shop": self._shop_answers, "conversations": self._tracker_answers}
        if self._has_outbox:
            parts["outbox"] = self._outbox_moves
        told = await asyncio.gather(*(self._within(work) for work in parts.values()))
        return {"model": OK if is_ready(agent) else NO_MODEL, **dict(zip(parts, told))}

    async def _within(self, work: Callable[[], str]) -> str:
        task = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(asyncio.shield(task), TIME_LIMIT_S + 1)
        except asyncio.TimeoutError:
            return "the database does not answer in time"
        except SQLAlchemyError:
            return "the database does not answer"

    def _shop_answers(self) -> str:
        _ask(self._shop, VERSION)
        return OK

    def _tracker_answers(self) -> str:
        _ask(self._tracker, READ)
        waits = self._writer.waits_s
        return OK if waits < LONGEST_UNSAVED_S else f"{self._writer.unsaved} events wait to be stored, for {waits:.0f} seconds"

    def _outbox_moves(self) -> str:
        with self._tracker.connect() as connection:
            if not inspect(connection).has_table("telegram_update"):
                return OK
            waits = oldest_open_update(connection)
        return OK if waits < LONGEST_UNSENT_S else f"an update of Telegram waits for {waits:.0f} seconds"

    def close(self) -> None:
        """Closes all connections."""
        self._threads.shutdown(wait=False)
        self._shop.dispose()
        self._tracker.dispose()


def _ask(engine: Engine, statement: Any) -> None:
    with engine.connect() as connection:
        connection.execute(statement).first()
