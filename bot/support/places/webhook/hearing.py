"""What a helpdesk posts back: signed, each event once, of known staff alone."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.support.handoff import Conversations, Ending, HandoffError, TooLate
from bot.support.places.kept import Kept
from bot.support.places.webhook.place import NAME, Hook
from bot.support.places.webhook.signing import is_signed

EVENTS = ("reply", "note", "take", "give_back", "close")
LONGEST_ID = 200
KEY_LENGTH = 32


@dataclass(frozen=True)
class Heard:
    """What became of an event: a status of HTTP, and a word why."""

    status: int
    told: str


class Hearing:
    """Takes events. Calls block."""

    def __init__(self, hook: Hook, talks: Conversations, kept: Kept, now: Callable[[], float] = time.time) -> None:
        self._hook, self._talks, self._kept, self._now = hook, talks, kept, now

    def hear(self, body: bytes, signature: str) -> Heard:
        """Takes what was posted.

        Raises:
            StoreError: when the database gives no answer; to be posted again.
        """
        if not is_signed(self._hook.secret, body, signature, self._now()):
            return Heard(401, "the signature is wrong or old")
        try:
            sent = json.loads(body)
        except ValueError:
            return Heard(400, "this is no JSON")
        fields = ("id", "event", "conversation", "agent")
        if not isinstance(sent, dict) or not all(isinstance(sent.get(name), str) and 0 < len(sent[name]) <= LONGEST_ID for name in fields):
            return Heard(400, f"{', '.join(fields)} are needed, as texts")
        if sent["event"] not in EVENTS:
            return Heard(400, f"event is one of {', '.join(EVENTS)}")
        if sent["agent"] not in self._hook.staff:
            return Heard(403, "nobody of the staff is called so")
        carried = self._kept.of_token(sent["conversation"])
        if carried is None:
            return Heard(404, "there is no such conversation")
        key = hashlib.sha256(sent["id"].encode()).hexdigest()[:KEY_LENGTH]
        if self._kept.was_seen(key):
            return Heard(200, "seen before")
        try:
            self._do(sent, carried.conversation, key)
        except HandoffError as error:
            return Heard(409 if isinstance(error, TooLate) else 422, str(error))
        self._kept.seen(key, carried.conversation)
        return Heard(200, "done")

    def _do(self, sent: dict[str, Any], conversation: str, key: str) -> None:
        event, agent, text = sent["event"], sent["agent"], str(sent.get("text") or "")
        if event == "reply":
            self._talks.reply(conversation, agent, text, f"{NAME}-{key}")
            return
        if event == "note":
            self._talks.note(conversation, agent, text, f"{NAME}-{key}")
            return
        talk = self._talks.talk(conversation)
        if talk is None:
            raise HandoffError("This conversation is not there any more.")
        if event != "take" and talk.agent not in ("", agent):
            raise TooLate(talk)
        if event == "take":
            self._talks.take(conversation, agent, talk.version)
        elif event == "give_back":
            self._talks.give_back(conversation, agent, talk.version)
        else:
            ending = Ending.UNRESOLVED if sent.get("unresolved") is True else Ending.BY_PERSON
            self._talks.close(conversation, agent, talk.version, ending)
