"""What every channel asks before the assistant may speak: who has the conversation. What the customer writes while a person has it
goes to the staff, and the assistant is silent, but for the fixed sentence of an emergency and for who wants to be forgotten."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional

from bot.answers.resources import Resources
from bot.answers.staff.listening import Overheard, overheard
from bot.message_log import message as logged
from bot.store.errors import StoreError
from bot.support.handoff import Line, Outgoing, Owner, Staff, Talk

logger = logging.getLogger(__name__)
MOST_KNOWN = 20_000
KEPT = "person"
"""The outcome of such a message in the log of messages."""


@dataclass(frozen=True)
class Kept:
    """What the customer wrote is kept for the staff: the line, and how the talk stands now."""

    line: Line
    talk: Talk


class People:
    """Asks who has conversations, off the event loop."""

    def __init__(self, of: Resources) -> None:
        self._resources = of
        self.outgoing = Outgoing(of.database)
        self._known: OrderedDict[str, Optional[Owner]] = OrderedDict()
        self._of_forgetting: set[tuple[str, str]] = set()

    @property
    def staff(self) -> Staff:
        """The staff of the shop."""
        return self._resources.staff

    async def talk(self, sender: str) -> Optional[Talk]:
        """How a conversation stands; None where nobody ever asked for a person, or the database gives no answer."""
        try:
            found = await asyncio.to_thread(self.staff.talks.talk, sender)
        except StoreError as error:
            logger.error("who has a conversation cannot be told: %s", error)
            return None
        self._known[sender] = found.owner if found else None
        self._known.move_to_end(sender)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
        return found

    async def owner(self, sender: str) -> Owner:
        """Who has a conversation; where the database gives no answer, who had it last as far as this process knows."""
        found = await self.talk(sender)
        return found.owner if found else self._known.get(sender) or Owner.ASSISTANT

    def never_asked(self, sender: str) -> bool:
        """Whether nobody ever asked for a person in a conversation, so that no line of the staff can be there, as it was when last
        asked; False where that was never told."""
        return self._known.get(sender, Owner.ASSISTANT) is None

    async def heard(
        self, agent: Any, channel: str, sender: str, text: str, message_id: str, data: Optional[Mapping[str, Any]] = None
    ) -> Optional[Kept]:
        """Takes what a customer wrote where a person has the talk; None where the assistant is to answer it, as it does whoever has
        the talk when the customer wants to be forgotten.

        Args:
            agent: Rasa's agent, which reads the message; nothing of it enters a conversation of Rasa's.
            channel: the channel's name.
            sender: whose message it is.
            text: what was written, as it may be shown; a command begins with "/".
            message_id: makes it once.
            data: what came with it.

        Raises:
            StoreError: when it cannot be kept, though a person has the talk; nothing was done.
        """
        found = await self.talk(sender)
        owner = found.owner if found else self._known.get(sender) or Owner.ASSISTANT
        again = found is not None and not owner.is_people and await self._was_kept(sender, message_id)
        if not owner.is_people and not again:
            return None
        read = await self._read(agent, text)
        if read.forgets and not again:
            self._of_forgetting.add((sender, message_id))
            return None
        with logged(channel) as handled:
            handled.outcome = KEPT
            return await asyncio.to_thread(self._keep, sender, text, message_id, {**(data or {}), "reading": dict(read.reading)}, read)

    async def back(self, sender: str) -> None:
        """Gives a conversation back to the assistant, where a person has it.

        Raises:
            StoreError: when the database gives no answer.
        """
        if (await self.owner(sender)).is_people:
            await asyncio.to_thread(self.staff.talks.back, sender)

    async def may_answer(self, sender: str, message_id: str) -> bool:
        """Whether the assistant's answer to a message may still be sent; that it was not is noted, where a member of the staff has
        taken the talk meanwhile. What is said to who wants to be forgotten may always be sent."""
        if (sender, message_id) in self._of_forgetting:
            self._of_forgetting.discard((sender, message_id))
            return True
        if await self.owner(sender) is not Owner.PERSON:
            return True
        try:
            await asyncio.to_thread(self.staff.talks.withhold, sender, message_id)
        except StoreError as error:
            logger.error("that an answer was withheld could not be noted: %s", error)
        return False

    async def _was_kept(self, sender: str, message_id: str) -> bool:
        """Whether a message that is sent again went to the staff before."""
        try:
            return await asyncio.to_thread(self.staff.talks.was_heard, sender, message_id)
        except StoreError as error:
            logger.error("whether a message came before cannot be told: %s", error)
            return False

    async def _read(self, agent: Any, text: str) -> Overheard:
        """What the message says to us; nothing where it cannot be read, since the staff read it anyway."""
        try:
            parsed = await agent.parse_message(text.lstrip("/"))
            return await asyncio.to_thread(overheard, parsed, self._resources)
        except Exception:  # noqa: BLE001 - whatever fails, the message must reach the staff
            logger.exception("a message to the staff could not be read")
            return Overheard()

    def _keep(self, sender: str, text: str, message_id: str, data: Mapping[str, Any], read: Overheard) -> Optional[Kept]:
        talks = self.staff.talks
        line = talks.heard(sender, text, message_id, data)
        if line is None:
            return None
        if read.emergency:
            talks.automatic(sender, read.emergency, message_id)
        if read.shares:
            talks.agree(sender, message_id)
        taken_back = (read.refuses or read.takes_back) and talks.take_back(sender, message_id) is not None
        if read.back or (read.refuses and not taken_back):
            talks.back(sender, message_id)
        talk = talks.talk(sender)
        return Kept(line, talk) if talk else None
