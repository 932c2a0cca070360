"""What the staff and the channels read of conversations that a person has or had."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Mapping, Optional, Sequence

from bot.support.handoff.owner import Author, Ending, Owner

CUSTOMER = "customer"
"""Who did something, where it was the customer and none of the staff."""
CLOCK = ""
"""Who did something, where it was nobody: time passed."""
TICKET = "ticket"
"""Why a conversation is in the inbox where nobody asked for a person: something that the staff must do came of it."""
LONGEST_LINE = 4000
PICTURE = "picture"
"""Under it a customer's line has the name of the picture that came with it."""


class HandoffError(Exception):
    """Something cannot be done with a conversation; the message says why, for a member of the staff."""


class TooLate(HandoffError):
    """Somebody else was faster; nothing was changed.

    Attributes:
        talk: how the conversation stands.
    """

    def __init__(self, talk: Talk) -> None:
        who = f"{talk.agent} has" if talk.agent else f"the {talk.owner.value} has"
        super().__init__(f"Somebody was faster: {who} this conversation now.")
        self.talk = talk


class Unknown(HandoffError):
    """There is no such conversation, or it was erased."""

    def __init__(self, conversation: str) -> None:
        super().__init__("This conversation is not there any more.")
        self.conversation = conversation


class Unusable(HandoffError):
    """What was written cannot be sent: it is empty or too long."""


@dataclass(frozen=True)
class Summary:
    """What the staff should know before the first word.

    Attributes:
        wish: what was asked for, in the customer's words.
        request: the kind of the open request ("return"), empty for none.
        order_number: the order that it is about.
        proved: whether the customer proved to be that order's.
        person: what is known of the customer's skin and health, a line each; only where they agreed.
        page: the page that they look at.
        ticket: the number of the ticket that was made of it, empty for none.
        emergency: when a red flag that cannot wait was told, as ISO 8601; empty for never, and from the talk's end on.
    """

    wish: str = ""
    request: str = ""
    order_number: str = ""
    proved: bool = False
    person: Sequence[str] = ()
    page: str = ""
    ticket: str = ""
    emergency: str = ""


NOTHING_TOLD = Summary()


@dataclass(frozen=True)
class Talk:
    """A conversation as the inbox lists it.

    Attributes:
        conversation: its sender's id ("web-...", "telegram:...", "rest:...").
        channel: "web", "telegram" or "rest".
        owner, agent: who has it; `agent` is empty unless a person has it.
        last_agent: who had it last.
        since: since when they have it.
        waiting_since: since when the customer waits for a word; None where nothing is unanswered.
        due_at: until when an answer is promised.
        reason: why a person was asked for ("asked", "anger", "fraud", ...).
        summary: see `Summary`.
        unread: how many of the customer's lines nobody has seen.
        last_line: the beginning of the last line of either side.
        email, order_number: what the customer gave.
        closed_at, ending: when it was closed, and how; None and OPEN while it is open.
        version: goes up with every change of who has it; give it back to `take` and the like.
        at: when anything happened last.
    """

    conversation: str
    channel: str
    owner: Owner
    since: datetime
    at: datetime
    agent: str = ""
    last_agent: str = ""
    waiting_since: Optional[datetime] = None
    due_at: Optional[datetime] = None
    reason: str = ""
    summary: Summary = NOTHING_TOLD
    unread: int = 0
    last_line: str = ""
    email: str = ""
    order_number: str = ""
    closed_at: Optional[datetime] = None
    ending: Ending = Ending.OPEN
    version: int = 0


@dataclass(frozen=True)
class Line:
    """A line of a conversation.

    Attributes:
        id: what names it: "h17" for a line of a hand-over, "b..." for the assistant's as on the web, "u..." for a customer's.
        number: the row of a line of a hand-over; 0 for lines that Rasa keeps.
        author, agent: who wrote it.
        text: as the customer reads it.
        at: when.
        data: buttons, pictures and cards of the assistant's; the name of a customer's picture (`PICTURE`); for notices {"notice": "joined", ...}; for a fixed sentence
            {"automatic": true}.
        key: what made it once.
        delivered_at: when it reached the customer's channel; None for what is not sent, or not yet.
        reading: for a customer's line that the assistant read: {"intent", "confidence", "subjects", "rules", "frames"}.
        withheld: an answer of the assistant that was never sent.
    """

    id: str
    author: Author
    text: str
    at: datetime
    number: int = 0
    conversation: str = ""
    agent: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    key: str = ""
    delivered_at: Optional[datetime] = None
    reading: Mapping[str, Any] = field(default_factory=dict)
    withheld: bool = False


@dataclass(frozen=True)
class Filter:
    """Which conversations the inbox lists, all conditions together; in the order that `Inbox.listed` tells.

    Attributes:
        owners: who has them; empty for anybody.
        channel: of this channel.
        agent: that this member of the staff has, or had last.
        unread: with lines that nobody has seen.
        words: whose conversation, lines, order number or e-mail have these words.
        closed: closed ones instead of open ones; None for both.
        most, skip: a page of the list.
    """

    owners: frozenset[Owner] = frozenset()
    channel: str = ""
    agent: str = ""
    unread: bool = False
    words: str = ""
    closed: Optional[bool] = False
    most: int = 50
    skip: int = 0


OPEN_ONES = Filter()
"""All that are not closed."""


@dataclass(frozen=True)
class Changes:
    """What changed since a cursor: conversations, by their ids, and the cursor to ask with next."""

    cursor: int
    conversations: Sequence[str] = ()
