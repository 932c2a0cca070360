"""What the staff do in Chatwoot, taken into our conversations. A conversation is looked at as it stands there, without private notes,
whatever told of it: so nothing that comes twice, late, out of order or not at all makes a difference."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Optional

from bot.phrases import phrases
from bot.store.errors import StoreError
from bot.store.models import utc_now
from bot.support.handoff import (
    Author,
    Conversations,
    Ending,
    HandoffError,
    HandoffUnreachable,
    Line,
    Owner,
    TooLate,
    Unknown,
    Unusable,
)
from bot.support.handoff.writing import clean
from bot.support.places.carrying import ASKED
from bot.support.places.chatwoot.api import OUTGOING, PENDING, RESOLVED, Chatwoot, ChatwootError
from bot.support.places.chatwoot.composing import plain
from bot.support.places.chatwoot.place import NAME, shown_key
from bot.support.places.chatwoot.threads import Thread, Threads, thread_of
from bot.support.places.kept import Carried, Kept
from bot.support.places.telling import agent_name, line_key

logger = logging.getLogger(__name__)
LATELY = timedelta(days=1)
MOST_FAILURES = 3
USER = "user"


@dataclass(frozen=True)
class Written:
    """A public message of one of the staff; `is_changed`: it was seen before, with other words."""

    number: int
    user: int
    agent: str
    text: str
    is_deleted: bool
    has_files: bool
    is_changed: bool = False

    @property
    def state(self) -> str:
        """How its words stand now."""
        return "deleted" if self.is_deleted else hashlib.sha256(self.text.encode()).hexdigest()[:16]


class Taking:
    """Looks at conversations. Calls block; each raises StoreError or HandoffUnreachable where it is to be done again later."""

    def __init__(self, api: Chatwoot, talks: Conversations, kept: Kept, now: Callable[[], datetime] = utc_now) -> None:
        self._api, self._talks, self._kept, self._now = api, talks, kept, now
        self._threads = Threads(api, kept)
        self._is_caught_up = False

    def take_all(self) -> None:
        """Looks at all that go on, and at first at those that ended lately as well, in which something may have been written while nobody
        heard of it."""
        since = None if self._is_caught_up else self._now() - LATELY
        failures: list[HandoffUnreachable] = []
        for carried in self._kept.open_ones(since):
            try:
                self.take(carried)
            except HandoffUnreachable as error:
                failures.append(error)
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001 - the trouble of one conversation must not keep the others from being looked at
                logger.exception("a conversation in Chatwoot cannot be looked at")
                failures.append(HandoffUnreachable(f"a conversation cannot be looked at: {type(error).__name__}"))
            if len(failures) >= MOST_FAILURES:
                break
        if failures:
            raise failures[0]
        self._is_caught_up = True

    def take_thread(self, thread: Thread, assigned: Optional[int] = None) -> bool:
        """Looks at one; False where it was not opened from here.

        Args:
            thread: which.
            assigned: the member of the staff to whom it is assigned there, as far as that is known.
        """
        carried = self._threads.conversation(thread)
        if carried is not None:
            self.take(carried, assigned)
        return carried is not None

    def take(self, carried: Carried, assigned: Optional[int] = None) -> None:
        """Looks at one; see `take_thread`."""
        there = thread_of(carried)
        if there is None:
            return
        try:
            found = self._api.read(there.source, there.number)
        except ChatwootError as error:
            if not error.is_missing:
                raise HandoffUnreachable(f"Chatwoot shows no conversation, `glasskin chatwoot check` looks into it: {error}") from error
            return
        for one in self._unseen(there, found.messages):
            self._take(there, carried.conversation, one, assigned)
            self._kept.all_seen([_key(there, one), _state_key(there, one)], carried.conversation)
        if found.status in (RESOLVED, PENDING):
            self._end(carried.conversation, found.status)

    def _unseen(self, there: Thread, messages: Sequence[Mapping[str, Any]]) -> list[Written]:
        """What was written or changed since the last time, in the order in which it was written at first."""
        written = [one for message in messages if (one := _written(message)) is not None]
        seen = self._kept.among_seen([make(there, one) for one in written for make in (_key, _state_key)])
        new = [replace(one, is_changed=_key(there, one) in seen) for one in written if _state_key(there, one) not in seen]
        return sorted(new, key=lambda one: one.number)

    def _take(self, there: Thread, conversation: str, one: Written, assigned: Optional[int]) -> None:
        try:
            self._do(there, conversation, one, assigned)
        except Unknown:
            return
        except TooLate as late:
            self._tell(there, phrases().say("chatwoot_taken", name=late.talk.agent or late.talk.owner.value))
        except HandoffError as error:
            self._tell(there, phrases().say("topic_refused", why=str(error)))

    def _do(self, there: Thread, conversation: str, one: Written, assigned: Optional[int]) -> None:
        key = f"{NAME}-{there.number}-{one.number}"
        sent = [line for line in self._talks.lines(conversation) if line.author is Author.AGENT and line.key.partition("+")[0] == f"a:{key}"]
        if one.is_deleted:
            if sent:
                self._tell(there, phrases().say("chatwoot_deleted"))
        elif sent:
            self._correct(conversation, one, key, sent)
        elif one.is_changed:
            raise Unusable(phrases().say("topic_edit_unsent"))
        else:
            if one.text.strip():
                self._reply(there, conversation, one, key, assigned)
            if one.has_files:
                self._tell(there, phrases().say("topic_no_text"))

    def _reply(self, there: Thread, conversation: str, one: Written, key: str, assigned: Optional[int]) -> None:
        """Sends it on. Who has the conversation assigned to themself there takes it over from a colleague with that."""
        try:
            line = self._talks.reply(conversation, one.agent, one.text, key)
        except TooLate as late:
            if assigned != one.user:
                raise
            self._talks.take(conversation, one.agent, late.talk.version)
            line = self._talks.reply(conversation, one.agent, one.text, key)
        self._kept.seen(shown_key(there, line_key(line)), conversation)

    def _correct(self, conversation: str, one: Written, key: str, sent: Sequence[Line]) -> None:
        """Sends changed words on as a correction, while the talk goes on."""
        text = clean(one.text)
        corrected = phrases().say("topic_correction", text=text)
        if sent[-1].text == (corrected if len(sent) > 1 else text):
            return
        talk = self._talks.talk(conversation)
        if talk is None or talk.owner is not Owner.PERSON:
            raise Unusable(phrases().say("topic_edit_over"))
        self._talks.reply(conversation, one.agent, corrected, f"{key}+{one.state}")

    def _end(self, conversation: str, status: str) -> None:
        """Ends a talk that goes on here and was ended there, by whoever has it; one that changes at this moment is looked at again."""
        talk = self._talks.talk(conversation)
        if talk is None or not self._kept.carried(conversation).is_open or talk.owner not in ASKED or talk.closed_at is not None:
            return
        agent = talk.agent or agent_name("")
        try:
            if status == PENDING:
                self._talks.give_back(conversation, agent, talk.version)
            else:
                self._talks.close(conversation, agent, talk.version, Ending.BY_PERSON)
        except TooLate as late:
            logger.info("a talk that ends in Chatwoot has just changed: %s", late)

    def _tell(self, there: Thread, text: str) -> None:
        """Tells the staff, in a private note; where Chatwoot refuses that, it is left."""
        try:
            self._api.note(there.number, text)
        except ChatwootError as trouble:
            logger.error("one of the staff could not be answered: %s", trouble)


def _written(message: Mapping[str, Any]) -> Optional[Written]:
    """What one of the staff wrote to the customer; None for anything else, as what a rule, a campaign or a bot sends."""
    sender, attributes = message.get("sender"), message.get("content_attributes")
    sender, attributes = sender if isinstance(sender, dict) else {}, attributes if isinstance(attributes, dict) else {}
    number, user = message.get("id"), sender.get("id")
    if message.get("message_type") != OUTGOING or message.get("private") or sender.get("type") != USER:
        return None
    if not isinstance(number, int) or not isinstance(user, int) or attributes.get("automation_rule_id"):
        return None
    agent = agent_name(str(sender.get("available_name") or sender.get("name") or ""))
    return Written(number, user, agent, plain(str(message.get("content") or "")), bool(attributes.get("deleted")), bool(message.get("attachments")))


def _key(there: Thread, one: Written) -> str:
    return f"in.{there.number}.{one.number}"


def _state_key(there: Thread, one: Written) -> str:
    return f"{_key(there, one)}.{one.state}"
