"""What happens to each event of the web channel. The protocol stands in web.md beside this file."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import Any, Awaitable, Callable, Optional
from uuid import uuid4

from rasa.core.channels.channel import UserMessage
from socketio import AsyncServer

from bot.channels import web_wire as wire
from bot.channels.answering import NO_MODEL, OnNewMessage, answer, is_ready
from bot.channels.incoming import NO_WORDS, NOT_TEXT, TOO_LONG, message_text, page_context
from bot.channels.web_archive import Archive
from bot.channels.web_output import WebOutput
from bot.channels.web_sessions import SessionTokens
from bot.channels.web_visitors import Conversation, ConversationsAtHand, MessageLimits, Visitor, room
from bot.phrases import phrases
from bot.store.feedback import DOWN, UP

OUR_WIDGET = "glasskin"
START_OVER = "/start_over"
MOST_WAITING = 5
REFUSALS = {
    "not_text": "not_text",
    "too_long": "too_long",
    "too_fast": "too_fast",
    "no_session": "no_session",
    "malformed": "malformed",
    "failed": "failed",
}

logger = logging.getLogger(__name__)
Event = dict[str, Any]
Handler = Callable[[str, Visitor, Event], Awaitable[Optional[Event]]]


class Refused(Exception):
    """An event is not obeyed; the message is one of `REFUSALS` or "not_ready"."""


class WebChat:
    """Answers the events of one Socket.IO server."""

    def __init__(
        self,
        server: AsyncServer,
        on_new_message: OnNewMessage,
        agent: Callable[[], Any],
        address: Callable[[str], str],
        tokens: SessionTokens,
        archive: Archive,
        limits: MessageLimits,
        longest: int,
    ) -> None:
        """
        Args:
            server: the server whose events are answered.
            on_new_message: hands a message to Rasa.
            agent: Rasa's agent at this moment.
            address: whom a connection is counted for, by its Socket.IO id.
            tokens: makes and reads session tokens.
            archive: what is kept of conversations.
            limits: how many messages may come.
            longest: most characters of a message.
        """
        self._server = server
        self._on_new_message = on_new_message
        self._agent = agent
        self._address = address
        self._tokens = tokens
        self._archive = archive
        self._limits = limits
        self._longest = longest
        self._visitors: dict[str, Visitor] = {}
        self._conversations = ConversationsAtHand()
        for event, handle in (
            ("session_request", self._session_request),
            ("user_uttered", self._user_uttered),
            ("feedback", self._feedback),
            ("restart", self._restart),
            ("delete_conversation", self._delete_conversation),
        ):
            server.on(event, partial(self._event, event, handle))
        server.on("disconnect", self._disconnect)

    async def say(self, sender: str, message: wire.Message, reply_to: Optional[str] = None) -> None:
        """Sends a bot's message to every tab of a conversation."""
        await self._server.emit("bot_uttered", wire.live(message, reply_to), room=room(sender, ours=True))
        for part in wire.as_rasa(message):
            await self._server.emit("bot_uttered", part, room=room(sender, ours=False))

    async def _event(self, event: str, handle: Handler, sid: str, *sent: Any) -> Optional[Event]:
        if not self._is_connected(sid):
            return None
        visitor = self._visitors.setdefault(sid, Visitor(self._address(sid)))
        data = sent[0] if sent and sent[0] is not None else {}
        try:
            if not isinstance(data, dict):
                raise Refused("malformed")
            return await handle(sid, visitor, data)
        except Refused as refused:
            return await self._refuse(event, sid, visitor, str(refused))
        except Exception:  # noqa: BLE001 - whatever failed, the person is told and the log has the reason
            logger.exception("the event %s could not be handled", event)
            return await self._refuse(event, sid, visitor, "failed")

    async def _disconnect(self, sid: str, *_: Any) -> None:
        if not self._is_connected(sid):  # a client may send an event of this name, too
            self._visitors.pop(sid, None)

    def _is_connected(self, sid: str) -> bool:
        return bool(self._server.manager.is_connected(sid, "/"))

    async def _refuse(self, event: str, sid: str, visitor: Visitor, code: str) -> Event:
        agent = self._agent()
        text = phrases().say(REFUSALS[code]) if code in REFUSALS and is_ready(agent) else NO_MODEL
        if event == "user_uttered" and not visitor.ours:
            await self._server.emit("bot_uttered", {"text": text}, to=sid)
        return {"ok": False, "error": code, "text": text}

    async def _session_request(self, sid: str, visitor: Visitor, data: Event) -> None:
        self._spend(visitor)
        visitor.ours = data.get("client") == OUR_WIDGET
        async with visitor.opening:
            await self._open(sid, visitor, data.get("session_id"))

    async def _open(self, sid: str, visitor: Visitor, token: Any) -> None:
        """Leads a visitor into the token's conversation, or into a new one where the token opens none."""
        if visitor.conversation is not None:
            for ours in (True, False):
                await self._server.leave_room(sid, room(visitor.conversation.sender, ours))
        sender = self._tokens.sender(token)
        if sender is not None:
            conversation = self._conversations.of(sender)
            async with conversation.lock:
                if not await self._archive.is_retired(sender):
                    await self._enter(sid, visitor, conversation, token)
                    return
        token = self._tokens.new()
        conversation = self._conversations.of(self._tokens.sender(token) or "")
        await self._enter(sid, visitor, conversation, token)

    async def _enter(self, sid: str, visitor: Visitor, conversation: Conversation, token: str) -> None:
        if not self._is_connected(sid):
            return
        visitor.conversation = conversation
        await self._server.enter_room(sid, visitor.room)
        await self._server.emit("session_confirm", token, to=sid)
        if visitor.ours:
            messages = await self._archive.history(conversation.sender)
            await self._server.emit("history", {"messages": messages}, to=sid)

    async def _user_uttered(self, sid: str, visitor: Visitor, data: Event) -> Event:
        conversation = await self._conversation(sid, visitor, data.get("session_id"))
        self._spend(visitor)
        typed = data.get("message")
        text = message_text(typed, self._longest)
        if text in (NOT_TEXT, TOO_LONG):
            raise Refused("not_text" if text == NOT_TEXT else "too_long")
        message_id = wire.client_id(data.get("id")) or uuid4().hex
        context = page_context(data.get("metadata") or data.get("customData"))
        if text == NO_WORDS:
            context[wire.TYPED] = wire.without_controls(str(typed))
        await self._in_turn(sid, conversation, message_id, text, context)
        return {"ok": True, "id": message_id}

    async def _conversation(self, sid: str, visitor: Visitor, token: Any) -> Conversation:
        """The conversation that a visitor is in; one that never asked for a session gets one, as from Rasa."""
        if visitor.conversation is None:
            async with visitor.opening:
                if visitor.conversation is None:
                    await self._open(sid, visitor, token)
        conversation = visitor.conversation
        meant = self._tokens.sender(token)
        if conversation is None or (meant is not None and meant != conversation.sender):
            raise Refused("no_session")
        return conversation

    async def _in_turn(
        self, sid: str, conversation: Conversation, message_id: str, text: str, metadata: dict[str, Any]
    ) -> None:
        """Has a message answered after all that came before it in its conversation, and only once."""
        if not is_ready(self._agent()):
            raise Refused("not_ready")
        if conversation.waiting >= MOST_WAITING:
            raise Refused("too_fast")
        conversation.waiting += 1
        try:
            async with conversation.lock:
                if conversation.deleted:
                    raise Refused("no_session")
                if not conversation.knows_handled:
                    conversation.remember(*await self._archive.asked(conversation.sender))
                if not conversation.handled(message_id):
                    conversation.remember(message_id)
                    await self._answer(sid, conversation.sender, message_id, text, metadata)
        finally:
            conversation.waiting -= 1

    async def _answer(self, sid: str, sender: str, message_id: str, text: str, metadata: dict[str, Any]) -> None:
        ours = room(sender, ours=True)
        event = {"event": "user", "text": text, "metadata": metadata}
        if shown := wire.shown_text(event):
            echo = {"id": message_id, "text": shown, "at": wire.moment(time.time())}
            await self._server.emit("user_echo", echo, room=ours, skip_sid=sid)
        await self._server.emit("bot_typing", {"on": True}, room=ours)
        said: list[wire.Message] = []

        async def keep(_: str, message: wire.Message) -> None:
            said.append(message)

        output = WebOutput(keep)
        try:
            message = UserMessage(text, output, sender, None, output.name(), message_id, metadata)
            await answer(self._on_new_message, self._agent(), message, output)
            # Only what is saved is sent: a message that a crash cut off can be answered again without doubling.
            for reply in said:
                await self.say(sender, reply, message_id)
        finally:
            await self._server.emit("bot_typing", {"on": False}, room=ours)

    async def _feedback(self, _: str, visitor: Visitor, data: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor)
        message_id, value, reason = data.get("message_id"), data.get("value"), data.get("reason")
        moment = wire.bot_moment(message_id)
        if moment is None or value not in (UP, DOWN) or not isinstance(reason, (str, type(None))):
            raise Refused("malformed")
        if reason is not None and len(reason) > wire.LONGEST_REASON:
            raise Refused("too_long")
        async with conversation.lock:
            known = not conversation.deleted and await self._archive.vote(
                conversation.sender, str(message_id), moment, value, reason
            )
        if not known:
            raise Refused("malformed")
        return {"ok": True}

    async def _restart(self, sid: str, visitor: Visitor, _: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor)
        await self._server.emit("conversation_restarted", {}, room=room(conversation.sender, ours=True))
        await self._in_turn(sid, conversation, uuid4().hex, START_OVER, {wire.RESTARTED: True})
        return {"ok": True}

    async def _delete_conversation(self, _: str, visitor: Visitor, __: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor)
        async with conversation.lock:
            if not conversation.deleted:
                await self._archive.delete(conversation.sender)
                conversation.deleted = True
                await self._dismiss(conversation)
        return {"ok": True}

    async def _dismiss(self, conversation: Conversation) -> None:
        for ours in (True, False):
            await self._server.emit("conversation_deleted", {}, room=room(conversation.sender, ours))
            await self._server.close_room(room(conversation.sender, ours))
        for visitor in self._visitors.values():
            if visitor.conversation is conversation:
                visitor.conversation = None

    def _joined(self, visitor: Visitor) -> Conversation:
        if visitor.conversation is None:
            raise Refused("no_session")
        return visitor.conversation

    def _spend(self, visitor: Visitor) -> None:
        if not self._limits.take(visitor):
            raise Refused("too_fast")
