"""What the web channel reads and writes, off the event loop: conversations, votes, deletions."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Callable, Optional

from bot.channels.web_wire import Message, history, moment, was_restarted
from bot.store.conversations import Conversations
from bot.store.errors import StoreError
from bot.store.feedback import FeedbackStore
from bot.store.follows import Follows
from bot.store.openings import Openings
from bot.store.pictures import PictureStore
from bot.store.privacy import Privacy
from bot.support.handoff import BY_CUSTOMER, Author, Line, Outgoing
from bot.support.handoff.inbox import Inbox

MOST_MESSAGES = 200
Thumb = Callable[[str, float, str, Optional[str]], None]
logger = logging.getLogger(__name__)


class Archive:
    """The stores behind the web channel, each call in a thread."""

    def __init__(
        self, conversations: Conversations, feedback: FeedbackStore, privacy: Privacy, days: int, talks: Inbox, outgoing: Outgoing,
        pictures: Optional[PictureStore] = None, thumb: Optional[Thumb] = None,
        openings: Optional[Openings] = None, follows: Optional[Follows] = None,
    ) -> None:
        """
        Args:
            conversations: what was said.
            feedback: votes and deleted conversations.
            privacy: erases conversations.
            days: how long a session's token is good.
            talks: talks with the staff.
            outgoing: what of them has not reached the visitor.
            pictures: what visitors sent; None where no pictures are taken.
            thumb: notes a vote for whoever reviews answers: conversation, moment of the answer, vote, reason.
            openings: counts what leads people into the chat; None where nobody counts.
            follows: counts which products are opened from the chat; None where nobody counts.
        """
        self._conversations = conversations
        self._feedback = feedback
        self._privacy = privacy
        self._days = days
        self._talks = talks
        self._outgoing = outgoing
        self._pictures = pictures
        self._thumb = thumb
        self._openings = openings
        self._follows = follows

    @property
    def takes_pictures(self) -> bool:
        """Whether visitors may send pictures."""
        return self._pictures is not None

    async def opened(self, sender: str, way: str, words: str) -> None:
        """Notes what on the shop's pages the visitor pressed to ask."""
        if self._openings is not None:
            await asyncio.to_thread(self._openings.keep, sender, way, words)

    async def followed(self, way: str, handle: str) -> bool:
        """Counts that a link to a product was followed; False where the shop does not sell it."""
        return self._follows is None or await asyncio.to_thread(self._follows.keep, way, handle)

    async def picture_sent(self, name: str, sender: str, message_id: str) -> bool:
        """Notes with which message a picture came; False where the visitor has sent no such picture, or with another."""
        return self._pictures is not None and await asyncio.to_thread(self._pictures.sent, name, sender, message_id)

    async def history(self, sender: str) -> tuple[list[Message], bool]:
        """The conversation's last messages, for a browser, which has them from then on, and whether there are older ones."""
        return _page(*await asyncio.to_thread(self._read, sender))

    async def earlier(self, sender: str, before: float) -> tuple[list[Message], bool]:
        """The messages before a moment (seconds since 1970), as `history` gives the last ones."""
        return _page(*await asyncio.to_thread(self._read_before, sender, before))

    async def asked(self, sender: str) -> list[str]:
        """Ids of the visitor's last messages."""
        events = await asyncio.to_thread(self._conversations.said, sender, MOST_MESSAGES)
        lines = await asyncio.to_thread(self._lines, sender)
        told = [line.key.removeprefix(BY_CUSTOMER) for line in lines if line.author is Author.CUSTOMER]
        return [*(event["message_id"] for event in events if event["event"] == "user" and event.get("message_id")), *told]

    async def elsewhere(self, sender: str, message_id: str) -> tuple[bool, bool]:
        """Whether the conversation was deleted, and whether a message came before, by whichever process."""
        return await asyncio.to_thread(self._known_elsewhere, sender, message_id)

    def _known_elsewhere(self, sender: str, message_id: str) -> tuple[bool, bool]:
        return self._feedback.is_retired(sender), self._conversations.was_asked(sender, message_id)

    async def vote(self, sender: str, message_id: str, moment: float, value: str, reason: Optional[str]) -> bool:
        """Keeps a vote on what the bot said at `moment`; False when it said nothing then."""
        if not await asyncio.to_thread(self._conversations.bot_said_at, sender, moment):
            return False
        await asyncio.to_thread(self._feedback.vote, sender, message_id, value, reason)
        if self._thumb is not None:
            await asyncio.to_thread(self._thumb, sender, moment, value, reason)
        return True

    async def is_retired(self, sender: str) -> bool:
        """Whether the conversation was deleted."""
        return await asyncio.to_thread(self._feedback.is_retired, sender)

    async def delete(self, sender: str) -> None:
        """Erases everything of a conversation, for good."""
        await asyncio.to_thread(self._erase, sender)

    def _erase(self, sender: str) -> None:
        self._feedback.retire(sender, self._days)
        self._privacy.erase(sender)

    def dispose(self) -> None:
        """Closes the databases."""
        self._conversations.dispose()
        self._feedback.dispose()
        self._privacy.dispose()

    def _read(self, sender: str) -> tuple[list[dict[str, Any]], dict[str, str], list[Line]]:
        lines = self._lines(sender)
        unsent = [line for line in lines if line.delivered_at is None and line.author.is_for_customer]
        if unsent:
            self._outgoing.sent(unsent)
        return self._conversations.said(sender, MOST_MESSAGES), self._feedback.votes(sender), lines

    def _read_before(self, sender: str, before: float) -> tuple[list[dict[str, Any]], dict[str, str], list[Line]]:
        lines = [line for line in self._lines(sender) if line.at.timestamp() < before]
        return self._conversations.said_before(sender, before, MOST_MESSAGES), self._feedback.votes(sender), lines

    def _lines(self, sender: str) -> list[Line]:
        """The lines of talks with the staff; none where the database gives no answer: what was said to us is shown then."""
        try:
            return self._talks.lines(sender)
        except StoreError as error:
            logger.error("a talk with the staff cannot be read: %s", error)
            return []


def _page(events: list[dict[str, Any]], votes: dict[str, str], lines: list[Line]) -> tuple[list[Message], bool]:
    """What a browser shows of these events and lines, and whether something older is left: a full page says so, unless the
    conversation was begun anew within it. What was said with the staff before the page belongs to an older one."""
    messages = history(events, votes, lines)
    more = len(events) >= MOST_MESSAGES and not any(was_restarted(event) for event in events)
    first = moment(events[0]["timestamp"]) if more else ""
    return [one for one in messages if one["at"] >= first], more
