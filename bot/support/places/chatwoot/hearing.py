"""What Chatwoot posts to tell that something happened: the signature is checked, and which conversation it is about is read. What
happened is not taken from here, but from the conversation itself (`Taking`), so that the answer need not wait for that."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from bot.support.places.chatwoot.signing import is_signed
from bot.support.places.chatwoot.taking import USER
from bot.support.places.chatwoot.threads import Thread

MESSAGES = ("message_created", "message_updated")
STATUS = ("conversation_status_changed", "conversation_resolved", "conversation_opened", "conversation_updated")


@dataclass(frozen=True)
class Due:
    """A conversation that is to be looked at, and the member of the staff to whom it is assigned there."""

    thread: Thread
    assigned: Optional[int]


@dataclass(frozen=True)
class Heard:
    """What became of it: a status of HTTP, a word why, and what is to be looked at."""

    status: int
    told: str
    due: Optional[Due] = None


class Hearing:
    """Hears what Chatwoot posts. Whatever is signed gets a 200: Chatwoot takes anything else for a bot that failed, and tells the staff."""

    def __init__(self, secret: str, now: Callable[[], float] = time.time) -> None:
        self._secret, self._now = secret, now

    def hear(self, body: bytes, signature: str, at: str) -> Heard:
        """Takes what was posted."""
        if not is_signed(self._secret, body, signature, at, self._now()):
            return Heard(401, "the signature is wrong or old")
        try:
            sent = json.loads(body)
        except ValueError:
            return Heard(400, "this is no JSON")
        due = _due(sent) if isinstance(sent, dict) else None
        return Heard(200, "is looked at" if due else "of no interest", due)


def _due(sent: Mapping[str, Any]) -> Optional[Due]:
    event = sent.get("event")
    if event in MESSAGES:
        is_ours = sent.get("private") or sent.get("message_type") != "outgoing" or _object(sent.get("sender")).get("type") != USER
        return None if is_ours else _of_conversation(_object(sent.get("conversation")))
    return _of_conversation(sent) if event in STATUS else None


def _of_conversation(told: Mapping[str, Any]) -> Optional[Due]:
    number, source = told.get("id"), _object(told.get("contact_inbox")).get("source_id")
    if not isinstance(number, int) or not isinstance(source, str) or not source:
        return None
    assigned = _object(_object(told.get("meta")).get("assignee")).get("id")
    return Due(Thread(source, number), assigned if isinstance(assigned, int) else None)


def _object(told: Any) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}
