"""Mail as a place where staff answer; a `Handoff`."""

from __future__ import annotations

from typing import Iterable, Sequence

from bot.phrases import phrases
from bot.support.handoff import Ending, Line, Talk
from bot.support.places.kept import Kept
from bot.support.places.mail.account import Account
from bot.support.places.mail.composing import mail, opening, transcribed

NAME = "mail"


class MailPlace:
    """Writes to the staff's mailboxes. What is sent again has the same name, by which mail programs know it."""

    def __init__(self, account: Account, kept: Kept) -> None:
        self._account, self._kept = account, kept

    def names(self) -> Sequence[str]:
        """Who of the staff has a mailbox that may answer."""
        return self._account.names

    def opened(self, talk: Talk, thread: list[Line], key: str) -> None:
        """The first mail of a hand-over; raises HandoffUnreachable where it is not taken (as the others do)."""
        carried = self._kept.carried(talk.conversation)
        part = "0" if not carried.parts else _part(key)
        self._send(talk, part, opening(talk, thread))

    def said(self, talk: Talk, line: Line) -> None:
        """What the customer wrote, as a further mail of the thread."""
        self._send(talk, f"l{line.number}", transcribed(line))

    def closed(self, talk: Talk, ending: Ending, key: str) -> None:
        """That the talk is over, where it was brought."""
        self._send(talk, _part(key), phrases().say("mail_over"))

    def refused(self, conversation: Talk, why: str, key: str, to: Iterable[str]) -> None:
        """Tells one of the staff that their mail was not sent on."""
        self._send(conversation, f"r{key}", phrases().say("mail_refused", why=why), to)

    def forget(self, conversation: str) -> bool:
        """Mails lie in the staff's mailboxes, where people must delete them."""
        return False

    def _send(self, talk: Talk, part: str, text: str, to: Iterable[str] = ()) -> None:
        carried = self._kept.carried(talk.conversation)
        self._account.send(mail(self._account, talk, carried.token, part, text, to))
        self._kept.sent(talk.conversation)


def _part(key: str) -> str:
    """What names a mail by the version of the talk that it is about."""
    return f"v{key.rpartition('.')[2]}"
