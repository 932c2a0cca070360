"""The shop's own pictures: its logo at `/widget/logo`, Glasskin's while it has none, and those beside answers at `/widget/pictures/<name>`."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw, text

from bot.channels.files import REVALIDATE, WebFile, answer, embeddable_headers, is_current
from bot.home.folder import Home
from bot.settings import settings
from bot.support.own_pictures import ADDRESS, Shown, find, find_shops

KEPT = "public, max-age=3600"
HARMLESS = {"Content-Security-Policy": "default-src 'none'; sandbox"}
"""For who opens a picture as a page: nothing in it may run."""
NOTHING = "There is no such picture."


def add_pictures(blueprint: Blueprint, logo: WebFile) -> None:
    """Their routes. The files are looked at with each request, so that a new one shows at once.

    Args:
        blueprint: takes the routes.
        logo: what is shown for a shop without a picture.
    """

    @blueprint.route("/widget/logo", methods=["GET", "HEAD"], strict_slashes=True)
    async def shops(request: Request) -> HTTPResponse:
        headers = {**embeddable_headers(), "Cache-Control": REVALIDATE}
        found = await asyncio.to_thread(find_shops, Home(settings().home))
        return _handed_out(request, found, headers) if found else answer(request, logo, headers)

    @blueprint.route(f"{ADDRESS}<name:str>", methods=["GET", "HEAD"], strict_slashes=True)
    async def picture(request: Request, name: str) -> HTTPResponse:
        found = await asyncio.to_thread(find, Home(settings().home), name)
        if found is None:
            return text(NOTHING, status=404, headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
        return _handed_out(request, found, {**embeddable_headers(), "Cache-Control": KEPT})


def _handed_out(request: Request, shown: Shown, headers: Mapping[str, str]) -> HTTPResponse:
    etag = f'"{hashlib.sha256(shown.body).hexdigest()[:32]}"'
    sent = {**headers, **HARMLESS, "ETag": etag}
    if is_current(request.headers.get("if-none-match", ""), etag):
        return HTTPResponse(status=304, headers=sent, content_type=shown.kind)
    return raw(shown.body, headers=sent, content_type=shown.kind)
