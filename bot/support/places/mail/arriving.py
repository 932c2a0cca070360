"""Mail from the staff, taken into the conversations that it answers: each once, of known addresses alone, and never of a machine."""

from __future__ import annotations

import hashlib
import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Optional, cast

from bot.phrases import phrases
from bot.support.handoff import Conversations, Ending, HandoffError, HandoffUnreachable, Talk
from bot.support.places.kept import Carried, Kept
from bot.support.places.mail.account import UNREACHABLE, Account
from bot.support.places.mail.parsing import Answer, answer_in, is_automatic, sender_of, token_of
from bot.support.places.mail.place import NAME, MailPlace

logger = logging.getLogger(__name__)
MOST_AT_ONCE = 50
MOST_BYTES = 1_000_000
"""Of a mail only its beginning is read: words stand there, and what is attached is not taken."""
KEY_LENGTH = 32


class Arriving:
    """Reads the assistant's mailbox. Calls block. Mails stay there as they are, read or unread, since people look at it too."""

    def __init__(self, account: Account, place: MailPlace, talks: Conversations, kept: Kept) -> None:
        self._account, self._place, self._talks, self._kept = account, place, talks, kept

    def fetch(self) -> int:
        """Takes what came since the last time; returns how many mails were looked at.

        Raises:
            HandoffUnreachable: the mailbox gives no answer.
            StoreError: the database gives none; the mail is looked at again.
        """
        count = 0
        with self._box() as box:
            validity, last = self._begin(box)
            for uid in _uids(box, last)[:MOST_AT_ONCE]:
                raw = _raw(box, uid)
                if raw is not None:
                    self.take(cast(EmailMessage, message_from_bytes(raw, policy=default)))
                    count += 1
                self._kept.set_cursor(f"{validity}.{uid}")
        return count

    def take(self, message: EmailMessage) -> str:
        """Takes one mail; returns what became of it, in a word."""
        became = self._take(message)
        logger.info("a mail came: %s", became)  # even its Message-ID names whose mail it is
        return became

    def _take(self, message: EmailMessage) -> str:
        if is_automatic(message):
            return "automatic"
        sender, carried = sender_of(message), self._kept.of_token(token_of(message))
        if sender not in self._account.staff:
            return "a stranger"
        if carried is None:
            return "of no conversation"
        key = _key(message)
        if self._kept.was_seen(key):
            return "seen before"
        became = self._answer(answer_in(message), carried, sender, key)
        self._kept.seen(key, carried.conversation)
        return became

    def _answer(self, answer: Answer, carried: Carried, sender: str, key: str) -> str:
        agent, conversation = self._account.staff[sender], carried.conversation
        talk = self._talks.talk(conversation)
        if talk is None:
            return "of no conversation"
        if not answer.text and not answer.command:
            return self._refuse(talk, phrases().say("mail_empty"), key, sender)
        try:
            self._do(answer, talk, agent, key)
        except HandoffError as error:
            return self._refuse(talk, str(error), key, sender)
        return answer.command or "answered"

    def _do(self, answer: Answer, talk: Talk, agent: str, key: str) -> None:
        conversation = talk.conversation
        if answer.command == "note":
            self._talks.note(conversation, agent, answer.text, f"{NAME}-{key}")
            return
        if answer.text:
            self._talks.reply(conversation, agent, answer.text, f"{NAME}-{key}")
        if not answer.command:
            return
        now = self._talks.talk(conversation) or talk
        if now.agent not in ("", agent):
            raise HandoffError(f"{now.agent} has this conversation.")
        if answer.command == "bot":
            self._talks.give_back(conversation, agent, now.version)
        else:
            ending = Ending.UNRESOLVED if answer.command == "unresolved" else Ending.BY_PERSON
            self._talks.close(conversation, agent, now.version, ending)

    def _refuse(self, talk: Talk, why: str, key: str, sender: str) -> str:
        try:
            self._place.refused(talk, why, key, [sender])
        except HandoffUnreachable as error:
            logger.error("that a mail was not sent on could not be told: %s", error)
        return "refused"

    @contextmanager
    def _box(self) -> Iterator[imaplib.IMAP4]:
        box = self._account.box()
        try:
            yield box
        except UNREACHABLE as error:
            raise HandoffUnreachable(f"the mailbox cannot be read: {type(error).__name__}: {error}") from error
        finally:
            try:
                box.logout()
            except UNREACHABLE as error:
                logger.debug("the mailbox was left without a word: %s", error)

    def _begin(self, box: imaplib.IMAP4) -> tuple[str, int]:
        """The mailbox's validity and the last mail that was looked at. In one that is looked at for the first time, or was made anew,
        it begins with what comes from now on: older mail answers nothing of ours, or was answered."""
        status, _ = box.select("INBOX", readonly=True)
        if status != "OK":
            raise HandoffUnreachable("the mailbox has no INBOX")
        validity = _number(box.response("UIDVALIDITY")[1])
        known, _, last = self._kept.cursor().partition(".")
        if known == str(validity) and last.isdigit():
            return str(validity), int(last)
        newest = max(_uids(box, 0), default=0)
        self._kept.set_cursor(f"{validity}.{newest}")
        return str(validity), newest


def _uids(box: imaplib.IMAP4, last: int) -> list[int]:
    """The numbers of the mails behind one, oldest first; "n:*" gives the last one even where it is not behind."""
    _, found = box.uid("SEARCH", "UID", f"{last + 1}:*")
    words = (found[0] or b"").split() if found else []
    return sorted(int(word) for word in words if int(word) > last)


def _raw(box: imaplib.IMAP4, uid: int) -> Optional[bytes]:
    """The beginning of a mail, without marking it as read; None where it is gone."""
    _, parts = box.uid("FETCH", str(uid), f"(BODY.PEEK[]<0.{MOST_BYTES}>)")
    return next((bytes(part[1]) for part in parts or () if isinstance(part, tuple)), None)


def _number(response: object) -> int:
    words = response if isinstance(response, list) else []
    return int(words[0]) if words and isinstance(words[0], bytes) and words[0].isdigit() else 0


def _key(message: EmailMessage) -> str:
    """What makes a mail one: its own name and who it is from."""
    named = f"{str(message.get('Message-ID', '')).strip()}\n{message.get('Date', '')}\n{sender_of(message)}"
    return hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]
