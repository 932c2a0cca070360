"""Weekly plans at `/plans/<token>.png`, `/plans/<token>.dark.png` and `/plans/<token>.ics`: a Rasa channel that hands out what the assistant
made. Whoever has the token may see the plan; it says nothing about whose it is.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from typing import Any, Awaitable, Callable

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw, text
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.files import is_current
from bot.settings import settings
from bot.store.database import Database
from bot.store.plans import PlanStore, PlanView

logger = logging.getLogger(__name__)
KINDS = {"png": "image/png", "dark.png": "image/png", "ics": "text/calendar; charset=utf-8"}
MOST_CACHED = 64
HEADERS = {
    "Cache-Control": "private, max-age=86400",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
UNKNOWN = "There is no plan here, or it has expired. Ask the assistant to plan your week again."
UNREACHABLE = "The plans can't be reached right now. Please try again in a moment."


class Plans(InputChannel):
    """Serves weekly plans. `credentials.yml` names it as `bot.channels.plans.Plans`; it has no settings."""

    def __init__(self, store: PlanStore | None = None) -> None:
        """Take the plans from `store`, else from the shop's database."""
        self._store = store
        self._cache: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._drawing = asyncio.Semaphore(1)

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "plans"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Plans:
        """Make the channel from its section in `credentials.yml`, which is empty."""
        return cls()

    def url_prefix(self) -> str:
        """An absolute path, which takes the plans out of `/webhooks/` when Rasa joins the two."""
        return "/plans"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The route for all files. `on_new_message` stays unused: no message arrives here."""
        blueprint = Blueprint("plans")

        @blueprint.route("/<name>", methods=["GET", "HEAD"])
        async def serve(request: Request, name: str) -> HTTPResponse:
            token, _, kind = name.partition(".")
            if kind not in KINDS:
                return _sentence(404, UNKNOWN)
            try:
                body = await self._file(token, kind)
            except SQLAlchemyError:
                logger.exception("the plans' database did not answer")
                return _sentence(503, UNREACHABLE)
            return _sentence(404, UNKNOWN) if body is None else _answer(request, body, kind)

        return blueprint

    async def _file(self, token: str, kind: str) -> bytes | None:
        """The bytes of a file whose plan is still kept: from the last time, or made now, one at a time and off the event
        loop."""
        plan = await asyncio.to_thread(self._plans().find, token)
        if plan is None:
            return None
        key = (token, kind)
        if key not in self._cache:
            async with self._drawing:
                self._cache[key] = await asyncio.to_thread(made, plan, token, kind)
            while len(self._cache) > MOST_CACHED:
                self._cache.popitem(last=False)
        self._cache.move_to_end(key)
        return self._cache[key]

    def _plans(self) -> PlanStore:
        if self._store is None:
            self._store = PlanStore(Database(settings().shop_database))
        return self._store


def made(plan: PlanView, token: str, kind: str) -> bytes:
    """The picture ("png", "dark.png") or the calendar ("ics") of a plan. What they need is loaded with the first one, as most
    servers start and stop without."""
    from bot.plans.calendar import calendar
    from bot.plans.page import load
    from bot.plans.picture import picture
    from bot.plans.shades import DARK, LIGHT

    page = load(plan.content)
    return calendar(page, token, plan.at) if kind == "ics" else picture(page, DARK if kind == "dark.png" else LIGHT)


def _answer(request: Request, body: bytes, kind: str) -> HTTPResponse:
    headers = {**HEADERS, "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    if kind == "ics":
        headers["Content-Disposition"] = 'attachment; filename="skincare-week.ics"'
    if is_current(request.headers.get("if-none-match", ""), headers["ETag"]):
        return HTTPResponse(status=304, headers=headers, content_type=KINDS[kind])
    return raw(body, headers=headers, content_type=KINDS[kind])


def _sentence(status: int, sentence: str) -> HTTPResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return text(sentence, status=status, headers=headers)
