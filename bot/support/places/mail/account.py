"""The mailbox of the assistant: where mail goes out and comes in, and who of the staff may answer."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import getaddresses

from bot.support.handoff import HandoffUnreachable
from bot.support.mailing import LOOPBACK, TIMEOUT_S, Mailer, Server

UNREACHABLE = (OSError, imaplib.IMAP4.error)


@dataclass(frozen=True)
class Account(Mailer):
    """The assistant's mailbox. `staff` are the names that customers read, by address in lower case."""

    imap: Server
    staff: Mapping[str, str]

    @property
    def names(self) -> list[str]:
        """Who may answer, each once."""
        return list(dict.fromkeys(self.staff.values()))

    def box(self) -> imaplib.IMAP4:
        """The mailbox, signed in; to be signed out by whoever asked.

        Raises:
            HandoffUnreachable: when it gives no answer.
        """
        try:
            context = ssl.create_default_context()
            if self.imap.scheme == "imaps":
                box: imaplib.IMAP4 = imaplib.IMAP4_SSL(self.imap.host, self.imap.port, ssl_context=context, timeout=TIMEOUT_S)
            else:
                box = imaplib.IMAP4(self.imap.host, self.imap.port, timeout=TIMEOUT_S)
                if not self.imap.is_plain:
                    box.starttls(ssl_context=context)
            box.login(self.imap.user, self.imap.password)
            return box
        except UNREACHABLE as error:
            raise HandoffUnreachable(f"the mailbox cannot be read: {type(error).__name__}: {error}") from error


def staff_in(written: str) -> dict[str, str]:
    """Names by address in "Mina <mina@shop.example>, joon@shop.example"; without a name the part before the @ stands for one.

    Raises:
        ValueError: when one is no address.
    """
    found: dict[str, str] = {}
    for name, address in getaddresses([written]):
        local, _, domain = address.partition("@")
        if not local or "." not in domain:
            raise ValueError(f"{address or written!r} is no address; write Mina <mina@shop.example>, with commas between several")
        found[address.lower()] = name.strip() or local.split("+")[0].replace(".", " ").title()
    return found


__all__ = ["LOOPBACK", "UNREACHABLE", "Account", "Server", "staff_in"]
