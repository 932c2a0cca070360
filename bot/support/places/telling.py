"""What staff elsewhere are told of a conversation, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.phrases import phrases
from bot.store.handoff_models import AGENT_LENGTH
from bot.support.handoff import PICTURE, Author, Line, Talk
from bot.support.handoff.veil import HIDDEN

LAST_LINES = 30


@dataclass(frozen=True)
class Found:
    """What there is to say of a place that was looked at."""

    can_be_used: bool
    told: str


def facts(talk: Talk) -> list[str]:
    """What is known before the first word, a line each."""
    said, summary = phrases(), talk.summary
    known = [
        said.say("mail_asked", who=who(talk), channel=talk.channel, reason=talk.reason or "-"),
        said.say("mail_wish", text=summary.wish) if summary.wish else "",
        said.say("mail_order", number=talk.order_number) if talk.order_number else "",
        said.say("mail_email", email=talk.email) if talk.email else "",
        said.say("mail_page", page=summary.page) if summary.page else "",
        said.say("mail_emergency") if summary.emergency else "",
        *summary.person,
    ]
    return [one for one in known if one]


def who(talk: Talk) -> str:
    """What a customer is called."""
    return talk.email or phrases().say("mail_somebody")


def transcribed(line: Line, text: str) -> str:
    """A line with who wrote it.

    Args:
        line: whose author is told.
        text: its text, as it may be shown.
    """
    said = phrases()
    names = {Author.CUSTOMER: said.say("mail_customer"), Author.ASSISTANT: said.say("mail_assistant"), Author.AGENT: line.agent}
    name = names.get(line.author, "")
    return f"{name}: {text}" if name else f"({text})"


def in_one_line(text: str) -> str:
    """Words in one line, without what cannot be seen."""
    return "".join(letter if letter.isprintable() else " " for letter in " ".join(text.split()))


def last_lines(thread: Iterable[Line]) -> list[Line]:
    """The last lines of a conversation, those that the staff need."""
    wanted = [line for line in thread if line.author in (Author.CUSTOMER, Author.ASSISTANT, Author.AGENT) or _hides(line)]
    return [line for line in wanted if not line.withheld][-LAST_LINES:]


def line_key(line: Line) -> str:
    """What makes a line once at a place; the notice that it is hidden is another."""
    return f"{line.id}~" if _hides(line) else line.id


def picture_of(line: Line) -> str:
    """The name of the picture that the customer sent with a line; empty for none."""
    return str(line.data.get(PICTURE) or "") if line.author is Author.CUSTOMER else ""


def agent_name(name: str) -> str:
    """What customers read as the name of one of the staff."""
    return " ".join(in_one_line(name).split())[:AGENT_LENGTH].strip() or phrases().say("topic_nameless")


def _hides(line: Line) -> bool:
    return line.data.get("notice") == HIDDEN


def version_of(key: str) -> str:
    """The version of the talk that a message's key is about."""
    return key.rpartition(".")[2]
