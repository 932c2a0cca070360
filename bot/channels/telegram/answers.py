"""What the assistant says to an update: through Rasa where there are words to understand, else in a fitting sentence."""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextvars import ContextVar
from dataclasses import replace
from functools import partial
from typing import Any, Callable, Sequence

from rasa.core.channels.channel import UserMessage

from bot.channels.answering import OnNewMessage, answer, is_ready
from bot.channels.erasing import Erasing
from bot.channels.incoming import NO_WORDS, message_text
from bot.channels.people import People
from bot.channels.rest import OneMessageOutput
from bot.channels.rest_once import earlier_replies
from bot.channels.telegram.commands import FORGET, GROUP, INTENTS, REMINDERS, START, linked_product
from bot.channels.telegram.flooding import Flooding
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.once import Once
from bot.channels.telegram.pictures import NOTHING, Received, TelegramPictures
from bot.channels.telegram.rating import Rating
from bot.channels.telegram.reminding import Reminding, Reply
from bot.channels.telegram.replies import RATED, Call, Place, calls_for
from bot.channels.telegram.updates import Incoming, Kind
from bot.channels.web_wire import PICTURE, TYPED
from bot.phrases import phrases
from bot.store.conversations import Conversations
from bot.store.privacy import Privacy

CHANNEL = "telegram"
_AGAIN: ContextVar[bool] = ContextVar("again", default=False)
SAY, DO = "say:", "do:"
FOR_STAFF = (Kind.TEXT, Kind.COMMAND, Kind.BUTTON, Kind.WORDLESS)


class NoModel(Exception):
    """There is no assistant to answer yet; the update waits."""


class Answers:
    """Turns an update into the calls that answer it."""

    def __init__(
        self,
        memory: Memory,
        reminding: Reminding,
        on_new_message: OnNewMessage,
        agent: Callable[[], Any],
        longest: int,
        privacy: Privacy,
        people: People,
        pictures: TelegramPictures,
        rating: Rating,
        flooding: Flooding,
        sells: Callable[[str], bool],
    ) -> None:
        """
        Args:
            memory: what is kept in the database.
            reminding: the reminder dialogue.
            on_new_message: Rasa's handler.
            agent: gives Rasa's agent, which is loaded after the channel is made.
            longest: most characters of a message.
            privacy: erases whoever asks to be forgotten.
            people: who has conversations.
            pictures: receives what people send of them.
            rating: takes reactions.
            flooding: counts what people write.
            sells: whether the shop has a product of this handle.
        """
        self._sells = sells
        self._rating = rating
        self._flooding = flooding
        self._pictures = pictures
        self._people = people
        self._once = Once()
        self._memory = memory
        self._reminding = reminding
        self._on_new_message = on_new_message
        self._agent = agent
        self._longest = longest
        self._erasing = Erasing(privacy, self.say)
        self._stored = Conversations(memory.database.url)

    @property
    def ready(self) -> bool:
        """Whether there is an assistant with a model."""
        return is_ready(self._agent())

    async def calls(self, incoming: Incoming, again: bool = False) -> list[Call]:
        """The calls that answer an update; none where an answer would only disturb. `again` says that it may have been answered
        before, as far as Rasa's part goes, by a process that was cut off then: its replies are found and not made anew.

        Raises:
            NoModel: no model is loaded.
        """
        if not self.ready:
            raise NoModel("no model is loaded")
        if incoming.chat_id is None:
            return []
        if incoming.kind is Kind.REACTION:
            await self._rating.take(incoming)
            return []
        if incoming.kind in FOR_STAFF and not again and self._flooding.is_too_much(incoming):
            told = self._flooding.is_to_be_told(incoming)
            return await self._shown([{"text": self.say("too_fast")}], self._place(incoming), incoming) if told else []
        sent = await self._pictures.received(incoming)
        # A picture that was taken has an album's answer of its own.
        if (not sent.name and self._once.is_known(incoming)) or await self._kept(incoming, sent):
            return []
        _AGAIN.set(again)
        replies, shown = await self._replies(incoming, sent)
        self._once.keep(incoming)
        if not await self._people.may_answer(incoming.sender_id, _key(incoming)):
            return []
        return await self._shown(replies, shown, incoming)

    async def _shown(self, replies: Sequence[Reply], shown: Place, incoming: Incoming) -> list[Call]:
        """The calls that show replies; in groups they quote what they answer."""
        place = replace(
            shown, reply_to=None if incoming.private or incoming.kind is Kind.BUTTON else incoming.message_id
        )
        tokens = partial(self.tokens, place.chat_id)
        return await asyncio.to_thread(calls_for, replies, place, tokens, self.say)

    @staticmethod
    def _place(incoming: Incoming) -> Place:
        assert incoming.chat_id is not None
        return Place(incoming.chat_id, thread=incoming.thread_id)

    async def _kept(self, incoming: Incoming, sent: Received) -> bool:
        """Whether what was written went to a person, who has the talk."""
        if incoming.kind not in FOR_STAFF or incoming.command == FORGET:
            return False
        text, data = await self._as_written(incoming, sent), {PICTURE: sent.name} if sent.name else {}
        return await self._people.heard(self._agent(), CHANNEL, incoming.sender_id, text, _key(incoming), data) is not None

    async def _as_written(self, incoming: Incoming, sent: Received) -> str:
        """What the staff read of an update."""
        if sent.name and incoming.kind is Kind.WORDLESS:
            return self.say("picture_sent")
        if incoming.kind is Kind.COMMAND:
            return f"/{incoming.command} {incoming.text}".strip()
        if incoming.kind is Kind.WORDLESS:
            return self.say("person_wordless", what=incoming.text)
        if incoming.kind is Kind.BUTTON:
            payload = await asyncio.to_thread(self._memory.button_payload, incoming.text)
            return payload[len(SAY) :] if payload and payload.startswith(SAY) else self.say("person_button")
        return incoming.text[: self._longest]

    async def may_send(self, incoming: Incoming) -> bool:
        """Whether an answer that was made before may still be sent."""
        return incoming.kind not in FOR_STAFF or await self._people.may_answer(incoming.sender_id, _key(incoming))

    def say(self, key: str, **params: str) -> str:
        """A wording, the channel's own first (`telegram_<key>`), filled; see `Phrases.say`."""
        texts = phrases()
        return texts.say(f"telegram_{key}" if texts.has(f"telegram_{key}") else key, **params)

    async def _replies(self, incoming: Incoming, sent: Received) -> tuple[list[Reply], Place]:
        """The replies, and how they are shown."""
        place = self._place(incoming)
        if incoming.kind is Kind.TEXT:
            refused = [{"text": self.say(sent.refusal.value)}] if sent.refusal else []
            return [*await self._words(incoming, incoming.text, sent), *refused], place
        if incoming.kind is Kind.COMMAND:
            return await self._command(incoming), place
        if incoming.kind is Kind.BUTTON:
            return await self._button(incoming, place)
        if incoming.kind is Kind.WORDLESS:
            return await self._wordless(incoming, sent), place
        if incoming.kind is Kind.JOINED:
            return [{"text": self.say("joined")}], place
        await asyncio.to_thread(self._remember, incoming)
        return [], place

    def _remember(self, incoming: Incoming) -> None:
        """What an update changes that needs no answer."""
        assert incoming.chat_id is not None
        if incoming.kind in (Kind.BLOCKED, Kind.UNBLOCKED):
            self._memory.set_blocked(incoming.chat_id, incoming.kind is Kind.BLOCKED)
        elif incoming.kind is Kind.MIGRATED and incoming.new_chat_id is not None:
            self._memory.migrate(incoming.chat_id, incoming.new_chat_id)

    async def _wordless(self, incoming: Incoming, sent: Received) -> list[Reply]:
        if not sent.name:
            return [{"text": self.say(sent.refusal.value if sent.refusal else f"no_{incoming.text}")}]
        replies = await self._rasa(incoming, NO_WORDS, sent)
        return [] if self._pictures.goes_on(incoming) else replies

    async def _words(self, incoming: Incoming, text: str, sent: Received = NOTHING) -> list[Reply]:
        self._pictures.goes_on(incoming)
        typed = await asyncio.to_thread(self._reminding.typed, text, *_person(incoming), self.say)
        if typed:
            return [typed]
        return await self._rasa(incoming, message_text(text, self._longest), sent)

    async def _rasa(self, incoming: Incoming, text: str, sent: Received = NOTHING) -> list[Reply]:
        data = {PICTURE: sent.name, **({TYPED: self.say("picture_sent")} if text == NO_WORDS else {})} if sent.name else None
        replies = []
        for reply in await self._said(incoming.sender_id, text, f"{_key(incoming)}-{_digest(text)}", data):
            wish = (reply.get("custom") or {}).get("reminder")
            if wish:
                reply = await asyncio.to_thread(self._reminding.asked, wish, *_person(incoming), self.say)
            elif not text.startswith("/"):
                reply = {**reply, RATED: True}
            replies.append(reply)
        return replies

    async def _said(self, sender: str, text: str, message_id: str, metadata: dict[str, str] | None) -> Sequence[Reply]:
        """What the assistant says to a text, or said to it before it was cut off."""
        earlier = await earlier_replies(self._stored, sender, message_id) if _AGAIN.get() else None
        if earlier:
            return earlier
        output = OneMessageOutput()
        message = UserMessage(text, output, sender, input_channel=CHANNEL, message_id=message_id, metadata=metadata)
        await answer(self._on_new_message, self._agent(), message, output, self._erasing)
        return list(output.messages)

    async def _command(self, incoming: Incoming) -> list[Reply]:
        name = incoming.command
        if name == START:
            handle = linked_product(incoming.text)
            greeting = await self._rasa(incoming, "/greet")
            if not handle:
                return greeting
            if not await asyncio.to_thread(self._sells, handle):
                return [*greeting, {"text": self.say("product_gone")}]
            return [*greeting, *await self._words(incoming, self.say("about_product", product=handle.replace("-", " ")))]
        if name == FORGET:
            return [{"text": await self._erasing.erase(incoming.sender_id)}]
        if name == REMINDERS:
            return [await asyncio.to_thread(self._reminding.listed, *_person(incoming), self.say)]
        if name in INTENTS:
            return await self._rasa(incoming, f"/{INTENTS[name]}")
        if name == GROUP and not incoming.private:
            return [{"text": self.say("group", number=str(incoming.chat_id))}]
        return [{"text": self.say("no_command")}] if incoming.private else []

    async def _button(self, incoming: Incoming, place: Place) -> tuple[list[Reply], Place]:
        payload = await asyncio.to_thread(self._memory.button_payload, incoming.text)
        if payload is None:
            return [{"text": self.say("no_button")}], place
        in_place = replace(place, edit=incoming.message_id)
        if payload.startswith(DO):
            choice = json.loads(payload[len(DO) :])
            return [await asyncio.to_thread(self._reminding.pressed, choice, *_person(incoming), self.say)], in_place
        if self._once.is_pressed_again(incoming):
            return [], place
        text = payload[len(SAY) :]
        replies = await self._words(incoming, text)
        self._once.pressed(incoming)
        if len(replies) == 1 and (replies[0].get("custom") or {}).get("finder"):
            return replies, in_place
        return replies, replace(place, pressed=text)

    def tokens(self, chat_id: int, payloads: Sequence[str]) -> list[str]:
        """Button data for what each button of a chat stands for. Blocking."""
        return self._memory.button_tokens(chat_id, payloads)


def _key(incoming: Incoming) -> str:
    """What makes a message once: an edited one is another."""
    return f"{incoming.message_id or 0}-{incoming.query_id or ''}-{_digest(f'{incoming.command} {incoming.text}')}"


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def _person(incoming: Incoming) -> tuple[int, int]:
    return incoming.chat_id or 0, incoming.user_id or 0
