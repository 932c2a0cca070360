"""REST while a person has the talk: what the customer writes is kept for the staff, and what the staff write comes with the next
answer, or when it is asked for."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Dict, List, Optional

from rasa.core.channels.channel import UserMessage

from bot.channels.people import People
from bot.channels.web_wire import TYPED, moment
from bot.store.errors import StoreError
from bot.support.handoff import BY_CUSTOMER, BY_ITSELF, Author, Line, Owner, Talk

logger = logging.getLogger(__name__)
CHANNEL = "rest"
Reply = Dict[str, Any]


class RestStaffed:
    """The talks of REST with the staff."""

    def __init__(self, people: People) -> None:
        self._people = people

    async def heard(self, agent: Any, message: UserMessage) -> Optional[List[Reply]]:
        """Keeps a message where a person has the talk; None where the assistant is to answer it. The same message gets the same
        again.

        Raises:
            StoreError: when it cannot be kept.
        """
        sender, message_id = message.sender_id, str(message.message_id)
        told = dict(message.metadata or {})
        # Of a picture without words stands there what a person reads in their place.
        text = str(told.pop(TYPED, None) or message.text or "")
        kept = await self._people.heard(agent, CHANNEL, sender, text, message_id, told)
        if kept is None:
            return None
        lines = await asyncio.to_thread(self._people.staff.talks.lines, sender)
        shown = _since_last_message(lines, kept.line)
        await self._sent(shown)
        return [*map(reply_of_line, shown), {"custom": {"person": _state(kept.talk)}}]

    async def unsent(self, sender: str) -> List[Reply]:
        """What the staff wrote that this sender has not got; where nobody ever asked for a person, nothing is looked for."""
        if self._people.never_asked(sender):
            return []
        try:
            lines = await asyncio.to_thread(self._people.outgoing.waiting, CHANNEL, [sender])
            await self._sent(lines)
        except StoreError as error:
            logger.error("what the staff wrote cannot be read: %s", error)
            return []
        return [reply_of_line(line) for line in lines]

    async def allowed(self, message: UserMessage, given: List[Reply]) -> List[Reply]:
        """The assistant's replies, or in their place who has the talk now, where a person took it while they were made."""
        if await self._people.may_answer(message.sender_id, str(message.message_id)):
            return given
        talk = await self._people.talk(message.sender_id)
        return [*await self.unsent(message.sender_id), *([{"custom": {"person": _state(talk)}}] if talk else [])]

    async def messages(self, sender: str, after: int) -> Dict[str, Any]:
        """Who has a conversation, and its lines behind the line of a number, for who asks now and then."""
        talks = self._people.staff.talks
        talk = await asyncio.to_thread(talks.talk, sender)
        lines = [line for line in await asyncio.to_thread(talks.lines, sender, after) if line.author.is_for_customer]
        await self._sent(lines)
        state = _state(talk) if talk else {"owner": Owner.ASSISTANT.value, "name": ""}
        return {**state, "messages": [reply_of_line(line) for line in lines], "after": max((line.number for line in lines), default=after)}

    async def _sent(self, lines: List[Line]) -> None:
        fresh = [line for line in lines if line.delivered_at is None]
        if fresh:
            await asyncio.to_thread(self._people.outgoing.sent, fresh)


def _since_last_message(lines: List[Line], mine: Line) -> List[Line]:
    """What the staff wrote between the customer's message before and `mine`, and what was said by itself because of `mine`: the
    same however often it is asked for."""
    before = max((line.number for line in lines if line.author is Author.CUSTOMER and line.number < mine.number), default=0)
    own = f"{BY_ITSELF}{mine.key.removeprefix(BY_CUSTOMER)}:"
    shown = [line for line in lines if line.author.is_for_customer]
    of_others = [line for line in shown if before < line.number < mine.number and not line.key.startswith(BY_ITSELF)]
    return [*of_others, *(line for line in shown if line.key.startswith(own))]


def _state(talk: Talk) -> Dict[str, Any]:
    return {"owner": talk.owner.value, "name": talk.agent}


def reply_of_line(line: Line) -> Reply:
    """A line of the staff's talk as a reply; `custom.person` tells whose it is."""
    kind = "automatic" if line.author is Author.ASSISTANT else line.author.value
    whose = {"id": line.id, "number": line.number, "from": kind, "name": line.agent or str(line.data.get("name") or ""), "at": moment(line.at.timestamp())}
    reply: Reply = {"text": line.text, "custom": {**(line.data.get("custom") or {}), "person": whose}}
    if line.data.get("buttons"):
        reply["buttons"] = list(line.data["buttons"])
    return reply
