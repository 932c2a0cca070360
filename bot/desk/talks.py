"""Conversations as the desk's pages show them: a row of the inbox, the head of a conversation."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Optional

from bot.channels.demo_shelf import public_address
from bot.desk.formatting import waited
from bot.desk.wishes import CHANNELS
from bot.support.handoff import TICKET, Ending, Owner, Summary, Talk

HUES = 4
REASONS: Mapping[str, str] = {
    "asked": "asked for a person", "anger": "upset", "legal": "legal", "fraud": "possible fraud", "safety": "safety",
    "lost": "not understood twice", TICKET: "to be done", "topic": "a topic of yours", "order_value": "a large order", "words": "words of yours",
}
HINTS: Mapping[Owner, str] = {
    Owner.WAITING: "Your first reply takes this conversation over.",
    Owner.MAIL: "Nobody was there in time; the assistant answers meanwhile. Your reply takes over.",
    Owner.OFFERED: "The assistant is answering and offered a person. Your reply takes over.",
    Owner.ASSISTANT: "The assistant has this conversation. Your reply takes over.",
}

ENDINGS: Mapping[Ending, str] = {
    Ending.BY_PERSON: "Solved", Ending.BY_ASSISTANT: "Solved by the assistant", Ending.UNRESOLVED: "Unresolved",
}


@dataclass(frozen=True)
class Shown:
    """A conversation as a member of the staff sees it.

    Attributes:
        id: the conversation's.
        name: how it is called where nobody has a better name.
        state: "waiting", "mine", "other" (a colleague has it), "mail", "assistant", "closed".
        version: what was looked at; goes back with whatever is done.
        emergency: when the customer told of an emergency; None for never.
    """

    id: str
    name: str
    channel: str
    channel_label: str
    state: str
    state_label: str
    agent: str
    reason: str
    last_line: str
    unread: int
    waiting_since: Optional[datetime]
    waited: str
    late: bool
    due_at: Optional[datetime]
    at: datetime
    ago: str
    hue: int
    version: int
    email: str
    order_number: str
    summary: Summary
    foot_hint: str
    emergency: Optional[datetime] = None

    @property
    def is_mine(self) -> bool:
        """Whether who looks has it."""
        return self.state == "mine"

    @property
    def held_by_other(self) -> bool:
        """Whether a colleague has it."""
        return self.state == "other"

    @property
    def has_person(self) -> bool:
        """Whether the assistant is silent, so that it can be given back to."""
        return self.state in ("mine", "other", "waiting")

    @property
    def is_closed(self) -> bool:
        """Whether the talk with the staff is over."""
        return self.state == "closed"

    @property
    def page_link(self) -> str:
        """The page that the customer looks at, where that is an address one can go to."""
        return self.summary.page if public_address(self.summary.page) else ""


def shown(talk: Talk, me: str, now: datetime) -> Shown:
    """A conversation for `me` to see at this moment."""
    state, label = _state(talk, me)
    waiting = talk.waiting_since if not talk.closed_at else None
    return Shown(
        id=talk.conversation, name=name_of(talk), channel=talk.channel, channel_label=CHANNELS.get(talk.channel, talk.channel),
        state=state, state_label=label, agent=talk.agent, reason=REASONS.get(talk.reason, talk.reason.replace("_", " ")),
        last_line=talk.last_line or talk.summary.wish, unread=talk.unread, waiting_since=waiting,
        waited=waited(waiting, now) if waiting else "", late=bool(waiting and talk.due_at and talk.due_at < now), due_at=talk.due_at,
        at=talk.at, ago=waited(talk.at, now), hue=_digest(talk.conversation)[0] % HUES, version=talk.version, email=talk.email,
        order_number=talk.order_number, summary=talk.summary, foot_hint=_hint(talk),
        emergency=_moment(talk.summary.emergency),
    )


def name_of(talk: Talk) -> str:
    """How the customer is called: by their e-mail, else by four letters that stay the same."""
    return talk.email or f"Visitor {_digest(talk.conversation).hex()[:4].upper()}"


def _state(talk: Talk, me: str) -> tuple[str, str]:
    if talk.closed_at:
        return "closed", ENDINGS.get(talk.ending, "Closed")
    if talk.owner is Owner.PERSON:
        return ("mine", "You") if talk.agent == me else ("other", talk.agent)
    words = {Owner.WAITING: ("waiting", "Waiting"), Owner.MAIL: ("mail", "By mail")}
    return words.get(talk.owner, ("assistant", "Assistant"))


def _hint(talk: Talk) -> str:
    if talk.closed_at:
        return "This conversation is closed. Your reply opens it again."
    if talk.reason == TICKET and talk.owner is Owner.MAIL:
        return "Something is to be done here; the assistant answers meanwhile. Your reply takes over, and closing closes the ticket too."
    return HINTS.get(talk.owner, "")


def _moment(told: str) -> Optional[datetime]:
    return datetime.fromisoformat(told) if told else None


def _digest(conversation: str) -> bytes:
    return hashlib.sha256(conversation.encode()).digest()
