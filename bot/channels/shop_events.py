"""`/webhooks/shop/events`: where the shop's engine posts what changed, signed. No message arrives here."""

from __future__ import annotations

import asyncio
import logging
from typing import Optional

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.answering import OnNewMessage
from bot.settings import settings
from bot.shops.events.hearing import Hearing
from bot.store.database import Database
from bot.store.errors import StoreError

logger = logging.getLogger(__name__)
MOST_BYTES = 1_000_000
CURRENCY = "USD"
"""Of amounts that name none, as in files."""


class ShopEvents(InputChannel):
    """`credentials.yml` names it as `bot.channels.shop_events.ShopEvents`; ENGINE_EVENTS_SECRET opens it."""

    def __init__(self, hearing: Optional[Hearing] = None) -> None:
        """
        Args:
            hearing: takes the events; None: there is no such address.
        """
        self._hearing = hearing

    @classmethod
    def name(cls) -> str:
        """The channel's name in Rasa."""
        return "shop"

    @classmethod
    def from_credentials(cls, credentials: object) -> ShopEvents:
        """Make the channel from the settings; its section in `credentials.yml` is empty."""
        chosen = settings()
        if not chosen.engine_events_secret:
            return cls()
        return cls(Hearing(Database(chosen.shop_database), chosen.engine_events_secret, CURRENCY, keeps_orders=not chosen.engine_url))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The route; none without a secret. `on_new_message` stays unused: no message arrives here."""
        blueprint, hearing = Blueprint("shop_events"), self._hearing
        if hearing is None:
            return blueprint

        @blueprint.post("/events", name="shop_events", strict_slashes=True)
        async def events(request: Request) -> HTTPResponse:
            if len(request.body) > MOST_BYTES:
                return json({"told": "this is too long"}, status=413)
            try:
                heard = await asyncio.to_thread(hearing.hear, request.body, dict(request.headers))
            except (StoreError, SQLAlchemyError) as error:
                logger.error("an event of the shop could not be kept: %s", type(error).__name__)
                return json({"told": "try again later"}, status=503)
            return json({"told": heard.told}, status=heard.status)

        return blueprint
