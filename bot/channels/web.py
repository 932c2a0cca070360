"""The web channel at /socket.io: the assistant on a shop's pages. Its protocol stands in web.md beside this file.

Path and events are those of Rasa's own Socket.IO channel, so that its widgets work; unlike it, it knows who is who
by signed session tokens, keeps order, loses nothing, and takes nothing from a client that it has not checked.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Awaitable, Callable, Optional

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answers.resources import resources
from bot.answers.reviewing import thumbs
from bot.channels.erasing import Erasing
from bot.channels.people import People
from bot.channels.pictures import WebPictures
from bot.channels.spreading import DELETED, Spreading
from bot.channels.web_archive import Archive
from bot.channels.web_chat import WebChat
from bot.channels.web_limits import Connections
from bot.channels.web_order import Order
from bot.channels.web_output import WebOutput
from bot.channels.web_sessions import SessionTokens, session_secret
from bot.channels.web_socket import Gate, Origins, SocketBlueprint, socket_server
from bot.channels.web_tabs import SharedTabs
from bot.channels.web_visitors import MessageLimits
from bot.settings import listed, settings
from bot.store.broadcasts import broadcasts_of
from bot.store.conversations import Conversations
from bot.store.database import Database
from bot.store.feedback import FeedbackStore
from bot.store.follows import Follows
from bot.store.openings import Openings
from bot.store.privacy import Privacy
from bot.store.turns import turns_of
from bot.teaching.forgetting import forgetting


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
        origins = Origins(listed(chosen.web_origins))
        tabs = SharedTabs() if chosen.several_processes else None
        server = socket_server(origins, tabs)
        connections = Connections(chosen.web_connections, chosen.web_connections_per_address)
        gate = Gate(server, connections, chosen.trusted_proxies)
        blueprint = SocketBlueprint("glasskin_web", server, websocket_only=chosen.workers > 1)
        privacy = Privacy(chosen.tracker_database, chosen.shop_database, forgetting(chosen.home))
        feedback = FeedbackStore(Database(chosen.shop_database))
        people, pictures = People(resources()), resources().pictures
        talks = Conversations(chosen.tracker_database)
        archive = Archive(
            talks, feedback, privacy, chosen.session_days, people.staff.talks, people.outgoing, pictures.store if pictures else None, thumbs(resources()),
            Openings(feedback.database), Follows(feedback.database),
        )
        tokens = SessionTokens(session_secret(chosen.session_secret, chosen.var), chosen.session_days)
        self._chat = WebChat(
            server,
            on_new_message,
            agent=lambda: getattr(blueprint.ctx.app.ctx, "agent", None),
            address=gate.address,
            tokens=tokens,
            archive=archive,
            limits=MessageLimits(chosen.web_messages_per_minute, chosen.web_messages_per_minute_per_address),
            longest=chosen.longest_message,
            erasing=Erasing(privacy),
            people=people,
            order=Order(chosen.tracker_database, archive, chosen.several_processes),
        )
        chat, staffed = self._chat, self._chat.staffed
        spreading = Spreading(people.staff.talks)

        if pictures:
            WebPictures(pictures, tokens, archive, origins, chosen.trusted_proxies).add_routes(blueprint)

        @blueprint.get("/")
        async def health(_: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @blueprint.listener("after_server_start")
        async def start(_: Sanic, __: Any) -> None:
            broadcasts = broadcasts_of(chosen.tracker_database, chosen.several_processes)
            if tabs is not None:
                tabs.begin(broadcasts)
                spreading.start(broadcasts)
                broadcasts.subscribe(DELETED, chat.dismiss)
                chat.tell_deleted = partial(broadcasts.tell, DELETED)
            staffed.start()

        @blueprint.listener("before_server_stop")
        async def stop(_: Sanic, __: Any) -> None:
            spreading.stop()
            await staffed.close()
            await gate.close()
            archive.dispose()

        @blueprint.listener("after_server_stop")
        async def close(_: Sanic, __: Any) -> None:
            await broadcasts_of(chosen.tracker_database, chosen.several_processes).close()
            await turns_of(chosen.tracker_database).close()

        return blueprint

    def get_output_channel(self) -> Optional[OutputChannel]:
        """For what the assistant says unasked: reaches every open tab of a conversation."""
        return WebOutput(self._chat.say) if self._chat else None
