"""Pictures of the web channel, over HTTP: a browser brings one before the message that it belongs to, and fetches its own again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Optional

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot.channels.web_archive import Archive
from bot.channels.web_limits import TokenBuckets, client_address
from bot.channels.web_sessions import SessionTokens
from bot.channels.web_socket import Origins
from bot.channels.web_wire import client_id
from bot.phrases import phrases
from bot.store.errors import StoreError
from bot.support.pictures import NotTaken, Pictures

logger = logging.getLogger(__name__)
A_MINUTE, AT_ONCE = 4, 8
A_MINUTE_OF_ADDRESS, AT_ONCE_OF_ADDRESS = 20, 30
CLEAN = {
    "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex",
}
"""Goes with every picture: whatever it holds, a browser shows it as a picture or not at all."""


class WebPictures:
    """The two routes for pictures. Who asks is known by the session's token, and named by no cookie."""

    def __init__(self, pictures: Pictures, tokens: SessionTokens, archive: Archive, origins: Origins, proxies: int) -> None:
        """
        Args:
            pictures: takes them.
            tokens: reads session tokens.
            archive: knows which conversations were deleted.
            origins: the pages that may ask.
            proxies: how many proxies of ours stand in front.
        """
        self._pictures, self._tokens, self._archive = pictures, tokens, archive
        self._origins, self._proxies = origins, proxies
        self._sessions = TokenBuckets(A_MINUTE, AT_ONCE)
        self._addresses = TokenBuckets(A_MINUTE_OF_ADDRESS, AT_ONCE_OF_ADDRESS)

    def add_routes(self, blueprint: Blueprint) -> None:
        """Adds them: one takes a form with `session_id`, `id` (the client's own for this picture) and the file `picture`, the other
        gives the picture of a form with `session_id` and `name`."""

        @blueprint.post("/pictures", strict_slashes=True)
        async def taken(request: Request) -> HTTPResponse:
            return await self._answered(request, self._take)

        @blueprint.post("/pictures/shown", strict_slashes=True)
        async def shown(request: Request) -> HTTPResponse:
            return await self._answered(request, self._show)

    async def _answered(self, request: Request, work: Callable[[Request, str], Any]) -> HTTPResponse:
        origin = request.headers.get("origin")
        if not self._origins.allow(origin, {"HTTP_HOST": request.headers.get("host", "")}):
            return response.json({"ok": False, "error": "origin"}, status=403)
        try:
            sender = await self._sender(request)
            answer: HTTPResponse = await work(request, sender) if sender else _refused("no_session", "no_session", 403)
        except StoreError as error:
            logger.error("a picture cannot be kept or read: %s", error)
            answer = _refused("failed", "failed", 503)
        answer.headers["Vary"] = "Origin"
        if origin:
            answer.headers["Access-Control-Allow-Origin"] = origin
        return answer

    async def _sender(self, request: Request) -> Optional[str]:
        sender = self._tokens.sender(_field(request, "session_id"))
        return None if sender is None or await self._archive.is_retired(sender) else sender

    async def _take(self, request: Request, sender: str) -> HTTPResponse:
        address = client_address(request.ip, request.headers, self._proxies)
        if not all([self._sessions.take(sender), self._addresses.take(address)]):
            return _refused("too_fast", "too_fast", 429)
        key, given = client_id(_field(request, "id")), (request.files or {}).get("picture")
        if key is None or given is None:
            return _refused("malformed", "malformed", 400)
        try:
            name = await asyncio.to_thread(self._pictures.take, sender, key, given.body)
        except NotTaken as refused:
            return _refused(refused.why.name.lower(), refused.why.value, 422)
        return response.json({"ok": True, "name": name}, headers={"Cache-Control": "no-store"})

    async def _show(self, request: Request, sender: str) -> HTTPResponse:
        found = await asyncio.to_thread(self._pictures.store.find, _field(request, "name"))
        if found is None or found.conversation != sender:
            return _refused("unknown", "malformed", 404)
        return raw(found.content, headers=CLEAN, content_type=found.kind)


def _field(request: Request, name: str) -> str:
    value: Optional[str] = (request.form or {}).get(name)
    return value or ""


def _refused(code: str, wording: str, status: int) -> HTTPResponse:
    body = {"ok": False, "error": code, "text": phrases().say(wording)}
    return response.json(body, status=status, headers={"Cache-Control": "no-store"})
