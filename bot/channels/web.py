"""The web channel at /socket.io: the assistant on a shop's pages. Its protocol stands in web.md beside this file.

Path and events are those of Rasa's own Socket.IO channel, so that its widgets work; unlike it, it knows who is who
by signed session tokens, keeps order, loses nothing, and takes nothing from a client that it has not checked.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.web_archive import Archive
from bot.channels.web_chat import WebChat
from bot.channels.web_limits import Connections
from bot.channels.web_output import WebOutput
from bot.channels.web_sessions import SessionTokens, session_secret
from bot.channels.web_socket import Gate, Origins, SocketBlueprint, socket_server
from bot.channels.web_visitors import MessageLimits
from bot.settings import Settings, settings
from bot.store.conversations import Conversations
from bot.store.database import Database
from bot.store.feedback import FeedbackStore
from bot.store.plans import PlanStore


class WebInput(InputChannel):
    """`credentials.yml` names it as `bot.channels.web.WebInput`; what can be set about it is among the settings."""

    def __init__(self) -> None:
        self._chat: Optional[WebChat] = None

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return WebOutput.name()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The Socket.IO server, and a sign of life at /webhooks/web/.

        Raises:
            ValueError: when a setting of the channel cannot be used.
        """
        chosen = settings()
        server = socket_server(Origins(chosen.web_origins.replace(",", " ").split()))
        connections = Connections(chosen.web_connections, chosen.web_connections_per_address)
        gate = Gate(server, connections, chosen.trusted_proxies)
        blueprint = SocketBlueprint("glasskin_web", server)
        archive = _archive(chosen)
        self._chat = WebChat(
            server,
            on_new_message,
            agent=lambda: getattr(blueprint.ctx.app.ctx, "agent", None),
            address=gate.address,
            tokens=SessionTokens(session_secret(chosen.session_secret, chosen.var), chosen.session_days),
            archive=archive,
            limits=MessageLimits(chosen.web_messages_per_minute, chosen.web_messages_per_minute_per_address),
            longest=chosen.longest_message,
        )

        @blueprint.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.listener("before_server_stop")
        async def stop(_: Sanic, __: Any) -> None:
            await gate.close()
            archive.dispose()

        return blueprint

    def get_output_channel(self) -> Optional[OutputChannel]:
        """For what the assistant says unasked: reaches every open tab of a conversation."""
        return WebOutput(self._chat.say) if self._chat else None


def _archive(chosen: Settings) -> Archive:
    shop = Database(chosen.shop_database)
    return Archive(Conversations(chosen.tracker_database), FeedbackStore(shop), PlanStore(shop), chosen.session_days)
