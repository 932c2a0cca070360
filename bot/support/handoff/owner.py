"""Who has a conversation, and who may have it next."""

from __future__ import annotations

from enum import Enum
from typing import Mapping


class Owner(str, Enum):
    """Who speaks with the customer.

    ASSISTANT: the assistant alone. OFFERED: it offered a person and goes on answering. WAITING: a person was asked for and nobody
    has come; the assistant is silent. PERSON: one of the staff has it; the assistant is silent. MAIL: nobody came in time, the
    staff answers later or by mail; meanwhile the assistant answers.
    """

    ASSISTANT = "assistant"
    OFFERED = "offered"
    WAITING = "waiting"
    PERSON = "person"
    MAIL = "mail"

    @property
    def is_people(self) -> bool:
        """Whether the assistant is silent, so that lines go to the staff."""
        return self in (Owner.WAITING, Owner.PERSON)


NEXT: Mapping[Owner, frozenset[Owner]] = {
    Owner.ASSISTANT: frozenset({Owner.OFFERED, Owner.WAITING, Owner.PERSON, Owner.MAIL}),
    Owner.OFFERED: frozenset({Owner.ASSISTANT, Owner.WAITING, Owner.PERSON, Owner.MAIL}),
    Owner.WAITING: frozenset({Owner.ASSISTANT, Owner.PERSON, Owner.MAIL}),
    Owner.PERSON: frozenset({Owner.ASSISTANT, Owner.PERSON, Owner.MAIL}),
    Owner.MAIL: frozenset({Owner.ASSISTANT, Owner.WAITING, Owner.PERSON}),
}
"""Who may have a conversation after whom."""


class Author(str, Enum):
    """Who wrote a line. NOTE is for the staff alone; NOTICE is said by itself ("Mia joined"); ASSISTANT is a fixed sentence that
    still reaches the customer while a person has the talk; WITHHELD marks an answer of the assistant that was not sent, because
    a person took over meanwhile."""

    CUSTOMER = "customer"
    AGENT = "agent"
    NOTE = "note"
    ASSISTANT = "assistant"
    NOTICE = "notice"
    WITHHELD = "withheld"

    @property
    def is_for_customer(self) -> bool:
        """Whether a line of this author is sent to the customer."""
        return self in (Author.AGENT, Author.ASSISTANT, Author.NOTICE)


class Ending(str, Enum):
    """How a talk ended: solved by a person, by the assistant, or not at all; empty while it goes on."""

    OPEN = ""
    BY_PERSON = "by_person"
    BY_ASSISTANT = "by_assistant"
    UNRESOLVED = "unresolved"
