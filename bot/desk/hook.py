"""`/desk/hook`: where a helpdesk posts what its staff did."""

from __future__ import annotations

import asyncio
import logging
from typing import Optional

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from bot.store.errors import StoreError
from bot.support.places.webhook.hearing import Hearing
from bot.support.places.webhook.signing import HEADER

logger = logging.getLogger(__name__)
MOST_BYTES = 64_000


def add_hook(blueprint: Blueprint, hearing: Optional[Hearing]) -> None:
    """The route; none where no helpdesk is set up."""
    if hearing is None:
        return

    @blueprint.post("/desk/hook", name="desk_hook", strict_slashes=True)
    async def hook(request: Request) -> HTTPResponse:
        if len(request.body) > MOST_BYTES:
            return json({"told": "this is too long"}, status=413)
        try:
            heard = await asyncio.to_thread(hearing.hear, request.body, str(request.headers.get(HEADER, "")))
        except (StoreError, SQLAlchemyError) as error:
            logger.error("what a helpdesk posted could not be kept: %s", error)
            return json({"told": "try again later"}, status=503)
        return json({"told": heard.told}, status=heard.status)
