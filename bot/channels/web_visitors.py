"""Open connections and the conversations they belong to, in memory."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Optional
from weakref import WeakValueDictionary

from bot.channels.web_limits import TokenBuckets

KEPT_IDS = 500
AT_ONCE = 1 / 3  # of a minute's messages
LINKS_PER_MINUTE, LINKS_PER_MINUTE_PER_ADDRESS, LINKS_AT_ONCE = 0.5, 5.0, 40
"""Twenty links at once, then one in two minutes: enough for who looks around, too little to lift a product's figures."""


class Conversation:
    """A conversation while somebody is in it. Everything that happens to it happens in its turn (`bot.store.turns`)."""

    def __init__(self, sender: str) -> None:
        self.sender = sender
        self.waiting = 0
        self.deleted = False
        self._handled: Optional[OrderedDict[str, None]] = None

    @property
    def knows_handled(self) -> bool:
        """Whether it knows which messages were handled before the server started."""
        return self._handled is not None

    def remember(self, *message_ids: str) -> None:
        """Notes messages as handled."""
        handled = self._handled = OrderedDict() if self._handled is None else self._handled
        handled.update(dict.fromkeys(message_ids))
        while len(handled) > KEPT_IDS:
            handled.popitem(last=False)

    def look_again(self) -> None:
        """Forgets which messages were handled: another process may have handled others since."""
        self._handled = None

    def forget(self, message_id: str) -> None:
        """Notes that a message was not handled after all, so that it can be sent again."""
        if self._handled is not None:
            self._handled.pop(message_id, None)

    def handled(self, message_id: str) -> bool:
        """Whether a message was handled already."""
        return self._handled is not None and message_id in self._handled


class ConversationsAtHand:
    """The conversations that anybody holds; one is forgotten with its last tab."""

    def __init__(self) -> None:
        self._open: WeakValueDictionary[str, Conversation] = WeakValueDictionary()

    def of(self, sender: str) -> Conversation:
        """The one conversation of `sender`."""
        conversation = self._open.get(sender)
        if conversation is None or conversation.deleted:
            conversation = self._open[sender] = Conversation(sender)
        return conversation


@dataclass
class Visitor:
    """An open connection: its address, the conversation it is in, and whether its widget is ours or Rasa's kind."""

    address: str
    ours: bool = False
    conversation: Optional[Conversation] = None
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def room(self) -> str:
        """The Socket.IO room that it listens in."""
        return room(self.conversation.sender, self.ours) if self.conversation else ""


def room(sender: str, ours: bool) -> str:
    """The room of a conversation's tabs, of our own widget or of Rasa's kind, which get different shapes."""
    return sender if ours else f"{sender}/rasa"


class MessageLimits:
    """How many messages, or events of another kind, a session and an address may send."""

    def __init__(self, session_per_minute: float, address_per_minute: float, at_once: float = AT_ONCE) -> None:
        """
        Args:
            session_per_minute, address_per_minute: how many on average.
            at_once: those of how many minutes may come at once.
        """
        self._sessions = TokenBuckets(session_per_minute, max(1, round(session_per_minute * at_once)))
        self._addresses = TokenBuckets(address_per_minute, max(1, round(address_per_minute * at_once)))

    def take(self, visitor: Visitor) -> bool:
        """Counts a message of `visitor`; False when it is one too many."""
        if visitor.conversation is not None and not self._sessions.take(visitor.conversation.sender):
            return False
        return self._addresses.take(visitor.address)


def link_limits() -> MessageLimits:
    """How many followed links are counted; apart from messages, so that who opens many products may still write."""
    return MessageLimits(LINKS_PER_MINUTE, LINKS_PER_MINUTE_PER_ADDRESS, LINKS_AT_ONCE)
