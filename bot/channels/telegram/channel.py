"""The Telegram channel of Rasa: `/webhooks/telegram/webhook` takes updates, from Telegram or from the poller.

Every request must carry the secret token. An update is kept and acknowledged at once and answered afterwards, so
that Telegram never waits for an answer and never repeats a question because of it.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import socket
from typing import Any, Optional

import aiohttp
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, response
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.resources import resources
from bot.answers.reviewing import thumbs
from bot.channels.answering import OnNewMessage
from bot.channels.people import People
from bot.channels.telegram.answers import CHANNEL, Answers
from bot.channels.telegram.api import SECRET_HEADER, BotApi
from bot.channels.telegram.flooding import Flooding
from bot.channels.telegram.group import StaffGroup
from bot.channels.telegram.handling import Handler
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.pictures import TelegramPictures
from bot.channels.telegram.rating import Rating
from bot.channels.telegram.reminders import Reminders
from bot.channels.telegram.reminding import Reminding
from bot.channels.telegram.running import Running
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.staffed import TelegramStaffed
from bot.settings import Settings, settings, worker_number
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.feedback import FeedbackStore
from bot.store.messaging import MessagingDatabase
from bot.store.privacy import Privacy
from bot.store.repository import ProductRepository
from bot.support.pictures import MOST_BYTES
from bot.support.places.chosen import group_hearing_of
from bot.teaching.forgetting import forgetting

logger = logging.getLogger(__name__)
LONGEST_UPDATE = 256 * 1024
OFF = "Telegram is off. Set TELEGRAM_TOKEN to the token that @BotFather gives you, then start again."


def secret(chosen: Settings) -> str:
    """What requests to the webhook must carry: the setting, else made from the bot's token, so that server and
    poller agree without being told."""
    made = hmac.new(chosen.telegram_token.encode(), b"glasskin telegram webhook", hashlib.sha256).hexdigest()
    return chosen.telegram_secret or made


class TelegramInput(InputChannel):
    """Answers on Telegram; off, and saying so, without a token."""

    @classmethod
    def name(cls) -> str:
        """Name and path of the channel."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: Optional[dict[str, Any]]) -> TelegramInput:
        """Makes the channel; what it needs comes from the settings, because a token belongs in no file of the shop."""
        return cls()

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The channel's routes, and its start and stop with the server's."""
        chosen = settings()
        blueprint = Blueprint("glasskin_telegram")
        if not chosen.telegram_token:
            logger.info(OFF)

            @blueprint.get("/")
            async def off(_: Request) -> HTTPResponse:
                return response.json({"status": "off", "hint": OFF})

            return blueprint
        _add_routes(blueprint, chosen, on_new_message)
        return blueprint


def _add_routes(blueprint: Blueprint, chosen: Settings, on_new_message: OnNewMessage) -> None:
    expected = secret(chosen)
    parts: dict[str, Any] = {}

    @blueprint.listener("before_server_start")
    async def start(app: Any, _: Any) -> None:
        parts["handler"], parts["running"] = _assemble(chosen, on_new_message, app)
        parts["running"].start()

    @blueprint.listener("before_server_stop")
    async def stop(_app: Any, _: Any) -> None:
        await parts["running"].close()

    @blueprint.get("/")
    async def health(_: Request) -> HTTPResponse:
        return response.json({"status": "ok", "bot": parts["running"].bot_name or None})

    @blueprint.post("/webhook")
    async def receive(request: Request) -> HTTPResponse:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode()):
            return response.json({"error": "The secret token is wrong."}, status=403)
        if len(request.body) > LONGEST_UPDATE:
            logger.error("an update of %s bytes was dropped", len(request.body))
            return response.json({"ok": True})
        try:
            update = request.json
        except (InvalidUsage, UnicodeDecodeError, RecursionError):
            logger.warning("something that is no JSON was dropped")
            return response.json({"ok": True})
        await parts["handler"].accept(update)
        return response.json({"ok": True})


def _assemble(chosen: Settings, on_new_message: OnNewMessage, app: Any) -> tuple[Handler, Running]:
    """Puts the channel's parts together."""
    database = MessagingDatabase(chosen.tracker_database)
    memory = Memory(database, f"{socket.gethostname()} {own_address(chosen)} {worker_number()}".strip())
    reminders = Reminders(database)
    people = People(resources())
    api = BotApi(chosen.telegram_token, chosen.telegram_api)
    answers = Answers(
        memory,
        Reminding(memory, reminders),
        on_new_message,
        lambda: getattr(app.ctx, "agent", None),
        chosen.longest_message,
        Privacy(chosen.tracker_database, chosen.shop_database, forgetting(chosen.home)),
        people,
        TelegramPictures(resources().pictures, lambda file_id: api.download(file_id, MOST_BYTES + 1)),
        Rating(memory, FeedbackStore(Database(chosen.shop_database)), thumbs(resources())),
        Flooding(chosen.telegram_messages_per_minute),
        _sells,
    )
    sender = Sender(api, _own_files(own_address(chosen)))
    staffed = TelegramStaffed(people, memory, sender, api, answers.tokens)
    hearing = group_hearing_of(resources().database, chosen, resources().staff.talks)
    group = StaffGroup(hearing, api) if hearing else None
    handler = Handler(api, memory, answers, sender, staffed, chosen.several_processes, group)
    running = Running(api, handler, database, reminders, sender, answers, chosen.telegram_webhook_url, secret(chosen), staffed, resources().notices, group)
    return handler, running


def own_address(chosen: Settings) -> str:
    """Where this machine reaches the server."""
    host = "127.0.0.1" if chosen.host in ("", "0.0.0.0", "::") else chosen.host
    return f"http://{host}:{chosen.port}"


def _sells(handle: str) -> bool:
    """Whether the shop has a product of this handle; also where its database gives no answer, which who asks hears then."""
    try:
        with resources().database.session() as session:
            return ProductRepository(session).by_handle(handle) is not None
    except StoreError as error:
        logger.error("whether a product is sold cannot be told: %s", error)
        return True


def _own_files(base: str) -> Any:
    """Fetches a file of this server, such as the picture of a week plan."""

    async def fetch(href: str) -> bytes:
        timeout = aiohttp.ClientTimeout(total=20)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(f"{base}{href}") as found:
            found.raise_for_status()
            content: bytes = await found.read()
            return content

    return fetch
