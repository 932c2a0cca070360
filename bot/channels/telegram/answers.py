"""What the assistant says to an update: through Rasa where there are words to understand, else in a fitting sentence."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any, Callable, Sequence

from rasa.core.channels.channel import UserMessage

from bot.channels.answering import OnNewMessage, answer, is_ready
from bot.channels.incoming import message_text
from bot.channels.rest import OneMessageOutput
from bot.channels.telegram.commands import FORGET, INTENTS, REMINDERS, START, linked_product
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.reminding import Reminding, Reply
from bot.channels.telegram.replies import Call, Place, calls_for
from bot.channels.telegram.updates import Incoming, Kind
from bot.phrases import phrases

CHANNEL = "telegram"
SAY, DO = "say:", "do:"


class NoModel(Exception):
    """There is no assistant to answer yet; the update waits."""


class Answers:
    """Turns an update into the calls that answer it."""

    def __init__(
        self, memory: Memory, reminding: Reminding, on_new_message: OnNewMessage, agent: Callable[[], Any], longest: int
    ) -> None:
        """
        Args:
            memory: what is kept in the database.
            reminding: the reminder dialogue.
            on_new_message: Rasa's handler.
            agent: gives Rasa's agent, which is loaded after the channel is made.
            longest: most characters of a message.
        """
        self._memory = memory
        self._reminding = reminding
        self._on_new_message = on_new_message
        self._agent = agent
        self._longest = longest

    @property
    def ready(self) -> bool:
        """Whether there is an assistant with a model."""
        return is_ready(self._agent())

    async def calls(self, incoming: Incoming) -> list[Call]:
        """The calls that answer an update; none where an answer would only disturb.

        Raises:
            NoModel: no model is loaded.
        """
        if not self.ready:
            raise NoModel("no model is loaded")
        if incoming.chat_id is None:
            return []
        replies, shown = await self._replies(incoming)
        place = replace(
            shown, reply_to=None if incoming.private or incoming.kind is Kind.BUTTON else incoming.message_id
        )
        label = self.say("source", sources="").strip()
        return await asyncio.to_thread(calls_for, replies, place, self.tokens, label)

    def say(self, key: str, **params: str) -> str:
        """A wording, the channel's own first (`telegram_<key>`), filled; see `Phrases.say`."""
        texts = phrases()
        return texts.say(f"telegram_{key}" if texts.has(f"telegram_{key}") else key, **params)

    async def _replies(self, incoming: Incoming) -> tuple[list[Reply], Place]:
        """The replies, and how they are shown."""
        assert incoming.chat_id is not None
        place = Place(incoming.chat_id)
        if incoming.kind is Kind.TEXT:
            return await self._words(incoming, incoming.text), place
        if incoming.kind is Kind.COMMAND:
            return await self._command(incoming), place
        if incoming.kind is Kind.BUTTON:
            return await self._button(incoming, place)
        if incoming.kind is Kind.WORDLESS:
            return [{"text": self.say(f"no_{incoming.text}")}], place
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

    async def _words(self, incoming: Incoming, text: str) -> list[Reply]:
        typed = await asyncio.to_thread(self._reminding.typed, text, *_person(incoming), self.say)
        if typed:
            return [typed]
        return await self._rasa(incoming, message_text(text, self._longest))

    async def _rasa(self, incoming: Incoming, text: str) -> list[Reply]:
        output = OneMessageOutput()
        message = UserMessage(text, output, incoming.sender_id, input_channel=CHANNEL)
        await answer(self._on_new_message, self._agent(), message, output)
        replies = []
        for reply in output.messages:
            wish = (reply.get("custom") or {}).get("reminder")
            if wish:
                reply = await asyncio.to_thread(self._reminding.asked, wish, *_person(incoming), self.say)
            replies.append(reply)
        return replies

    async def _command(self, incoming: Incoming) -> list[Reply]:
        name = incoming.command
        if name == START:
            handle = linked_product(incoming.text)
            words = self.say("about_product", product=handle.replace("-", " ")) if handle else ""
            greeting = await self._rasa(incoming, "/greet")
            return [*greeting, *await self._words(incoming, words)] if words else greeting
        if name == FORGET:
            chat_id, user_id = _person(incoming)
            await asyncio.to_thread(self._memory.forget, chat_id, user_id, incoming.sender_id, incoming.private)
            return [{"text": self.say("forgotten_all")}]
        if name == REMINDERS:
            return [await asyncio.to_thread(self._reminding.listed, *_person(incoming), self.say)]
        if name in INTENTS:
            return await self._rasa(incoming, f"/{INTENTS[name]}")
        return [{"text": self.say("no_command")}] if incoming.private else []

    async def _button(self, incoming: Incoming, place: Place) -> tuple[list[Reply], Place]:
        payload = await asyncio.to_thread(self._memory.button_payload, incoming.text)
        if payload is None:
            return [{"text": self.say("no_button")}], place
        in_place = replace(place, edit=incoming.message_id)
        if payload.startswith(DO):
            choice = json.loads(payload[len(DO) :])
            return [await asyncio.to_thread(self._reminding.pressed, choice, *_person(incoming), self.say)], in_place
        text = payload[len(SAY) :]
        replies = await self._words(incoming, text)
        if len(replies) == 1 and (replies[0].get("custom") or {}).get("finder"):
            return replies, in_place
        return replies, replace(place, pressed=text)

    def tokens(self, payloads: Sequence[str]) -> list[str]:
        """Button data for what each button stands for. Blocking."""
        return self._memory.button_tokens(payloads)


def _person(incoming: Incoming) -> tuple[int, int]:
    return incoming.chat_id or 0, incoming.user_id or 0
