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
from bot.channels.erasing import Erasing
from bot.channels.incoming import NO_WORDS, NOT_TEXT, TOO_LONG, message_text, page_context
from bot.channels.people import People
from bot.channels.web_archive import Archive
from bot.channels.web_order import REFUSALS, Order, Refused
from bot.channels.web_output import WebOutput
from bot.channels.web_past import earlier, followed, used, vote
from bot.channels.web_sessions import SessionTokens
from bot.channels.web_staffed import WebStaffed
from bot.channels.web_visitors import Conversation, ConversationsAtHand, MessageLimits, Visitor, link_limits, room
from bot.phrases import phrases
from bot.store.turns import TurnTimeout
from bot.support.asking import ADDRESS
from bot.support.handoff import CUSTOMER, TYPING

OUR_WIDGET = "glasskin"
START_OVER = "/start_over"

logger = logging.getLogger(__name__)
Event = dict[str, Any]
Handler = Callable[[str, Visitor, Event], Awaitable[Optional[Event]]]
Act = Callable[[Archive, Conversation, Event], Awaitable[Event]]


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
        erasing: Erasing,
        people: People,
        order: Order,
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
            erasing: erases whoever asks to be forgotten.
            people: who has conversations.
            order: puts what happens to a conversation in order.
        """
        self._order = order
        self._server = server
        self._on_new_message = on_new_message
        self._agent = agent
        self._address = address
        self._tokens = tokens
        self._archive = archive
        self._limits = limits
        self._longest = longest
        self._erasing = erasing
        self._people = people
        self.tell_deleted: Callable[[str], None] = lambda _: None
        self._visitors: dict[str, Visitor] = {}
        self._conversations = ConversationsAtHand()
        self.staffed = WebStaffed(server, people, self._visitors, self._conversations, order)
        for event, handle in (
            ("session_request", self._session_request),
            ("user_uttered", self._user_uttered),
            ("feedback", self._feedback),
            ("restart", self._restart),
            ("delete_conversation", self._delete_conversation),
            ("typing", self._typing),
            ("earlier", partial(self._beside, earlier, limits)),
            ("used", partial(self._beside, used, limits)),
            ("followed", partial(self._beside, followed, link_limits())),
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
        except TurnTimeout as busy:
            logger.error("the event %s was not taken: %s", event, busy)
            return await self._refuse(event, sid, visitor, "too_fast")
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
        text = phrases().say(code) if code in REFUSALS and is_ready(agent) else NO_MODEL
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
            async with self._order.turn(conversation.sender):
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
        conversation.look_again()
        await self._server.enter_room(sid, visitor.room)
        await self._server.emit("session_confirm", token, to=sid)
        if visitor.ours:
            messages, more = await self._archive.history(conversation.sender)
            await self._server.emit("history", {"messages": messages, "more": more, "now": wire.moment(time.time())}, to=sid)
            if self._archive.takes_pictures:
                await self._server.emit("pictures", {}, to=sid)
            await self.staffed.tell(conversation.sender, to=sid)

    async def _user_uttered(self, sid: str, visitor: Visitor, data: Event) -> Event:
        conversation = await self._conversation(sid, visitor, data.get("session_id"))
        self._spend(visitor)
        typed = data.get("message")
        text = message_text(typed, self._longest)
        if text in (NOT_TEXT, TOO_LONG):
            raise Refused("not_text" if text == NOT_TEXT else "too_long")
        message_id = wire.client_id(data.get("id")) or uuid4().hex
        context = page_context(data.get("metadata") or data.get("customData"))
        if (picture := wire.picture_name(data.get(wire.PICTURE))) is not None:
            if not await self._archive.picture_sent(picture, conversation.sender, message_id):
                raise Refused("malformed")
            context[wire.PICTURE] = picture
        if text == NO_WORDS:
            context[wire.TYPED] = wire.without_controls(str(typed)) or (phrases().say("picture_sent") if picture else "")
        ADDRESS.set(visitor.address)
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
        async with self._order.next(conversation, message_id) as is_new:
            if is_new:
                await self._answer(sid, conversation.sender, message_id, text, metadata)

    async def _answer(self, sid: str, sender: str, message_id: str, text: str, metadata: dict[str, Any]) -> None:
        ours = room(sender, ours=True)
        event = {"event": "user", "text": text, "metadata": metadata}
        if shown := wire.shown_text(event):
            echo = {"id": message_id, "text": shown, "at": wire.moment(time.time()), **wire.picture_in(metadata)}
            await self._server.emit("user_echo", echo, room=ours, skip_sid=sid)
        if await self.staffed.heard(self._agent(), sender, message_id, shown, metadata):
            return
        await self._server.emit("bot_typing", {"on": True}, room=ours)
        said: list[wire.Message] = []

        async def keep(_: str, message: wire.Message) -> None:
            said.append(message)

        output = WebOutput(keep)
        try:
            message = UserMessage(text, output, sender, None, output.name(), message_id, metadata)
            await answer(self._on_new_message, self._agent(), message, output, self._erasing)
            if output.forget:
                await self._server.emit("conversation_restarted", {}, room=ours)
                await self.staffed.tell(sender)
            if not await self._people.may_answer(sender, message_id):
                return
            # Only what is saved is sent: a message that a crash cut off can be answered again without doubling.
            for reply in said:
                await self.say(sender, reply, message_id)
        finally:
            await self._server.emit("bot_typing", {"on": False}, room=ours)

    async def _typing(self, _: str, visitor: Visitor, __: Event) -> Event:
        TYPING.writes(self._joined(visitor).sender, CUSTOMER)
        return {"ok": True}

    async def _beside(self, act: Act, limits: MessageLimits, _: str, visitor: Visitor, data: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor, limits)
        return await act(self._archive, conversation, data)

    async def _feedback(self, _: str, visitor: Visitor, data: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor)
        return await vote(self._archive, self._order, conversation, data)

    async def _restart(self, sid: str, visitor: Visitor, _: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor)
        await self._people.back(conversation.sender)
        await self._server.emit("conversation_restarted", {}, room=room(conversation.sender, ours=True))
        await self._in_turn(sid, conversation, uuid4().hex, START_OVER, {wire.RESTARTED: True})
        return {"ok": True}

    async def _delete_conversation(self, _: str, visitor: Visitor, __: Event) -> Event:
        conversation = self._joined(visitor)
        self._spend(visitor)
        async with self._order.turn(conversation.sender):
            if not conversation.deleted:
                await self._archive.delete(conversation.sender)
                conversation.deleted = True
                for ours in (True, False):
                    await self._server.emit("conversation_deleted", {}, room=room(conversation.sender, ours))
                    await self._server.close_room(room(conversation.sender, ours))
                self.dismiss(conversation.sender)
                self.tell_deleted(conversation.sender)
        return {"ok": True}

    def dismiss(self, sender: str) -> None:
        """Lets nobody go on in a conversation that was deleted."""
        for visitor in self._visitors.values():
            if visitor.conversation is not None and visitor.conversation.sender == sender:
                visitor.conversation.deleted = True
                visitor.conversation = None

    def _joined(self, visitor: Visitor) -> Conversation:
        if visitor.conversation is None:
            raise Refused("no_session")
        return visitor.conversation

    def _spend(self, visitor: Visitor, limits: Optional[MessageLimits] = None) -> None:
        if not (limits or self._limits).take(visitor):
            raise Refused("too_fast")
