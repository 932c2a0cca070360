"""Where mail goes out: the server of the shop's mailbox."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, formatdate
from urllib.parse import unquote, urlsplit

from bot.support.handoff import HandoffUnreachable

TIMEOUT_S = 20.0
PORTS: Mapping[str, int] = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class MailUnreachable(HandoffUnreachable):
    """The mail server did not take a mail; `refused`: it will never take one to this address."""

    def __init__(self, text: str, refused: bool = False) -> None:
        super().__init__(text)
        self.refused = refused


@dataclass(frozen=True)
class Server:
    """A mail server, as an address says it: `smtps://user:password@host:465`. `smtp` and `imap` without s turn to TLS once connected,
    but for servers on this machine."""

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def of(cls, address: str, kind: str) -> Server:
        """
        Raises:
            ValueError: when it is no address of this kind ("smtp" or "imap").
        """
        parts = urlsplit(address.strip())
        if parts.scheme not in (kind, f"{kind}s") or not parts.hostname:
            raise ValueError(f"write it as {kind}s://user:password@host")
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError:
            raise ValueError("its port is no number") from None
        return cls(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))

    @property
    def is_plain(self) -> bool:
        """Whether it is on this machine, so that nothing needs to be encrypted."""
        return self.host in LOOPBACK and not self.scheme.endswith("s")


@dataclass(frozen=True)
class Mailer:
    """Sends mails from the shop's address."""

    address: str
    smtp: Server

    def send(self, message: EmailMessage, patience_s: float = TIMEOUT_S) -> None:
        """Sends a mail; waits so long for each answer of the server.

        Raises:
            MailUnreachable: when the server does not take it.
        """
        try:
            context = ssl.create_default_context()
            made = (
                smtplib.SMTP_SSL(self.smtp.host, self.smtp.port, timeout=patience_s, context=context)
                if self.smtp.scheme == "smtps" else smtplib.SMTP(self.smtp.host, self.smtp.port, timeout=patience_s)
            )  # fmt: skip
            with made as server:
                if self.smtp.scheme == "smtp" and not self.smtp.is_plain:
                    server.starttls(context=context)
                if self.smtp.user:
                    server.login(self.smtp.user, self.smtp.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise MailUnreachable("the mail server does not take mail to this address", all(code >= 500 for code, _ in error.recipients.values())) from error
        except (OSError, smtplib.SMTPException) as error:
            raise MailUnreachable(f"the mail server did not take a mail: {type(error).__name__}: {error}") from error


def to_customer(mailer: Mailer, shop: str, email: str, subject: str, text: str) -> EmailMessage:
    """A mail to a customer, marked as automatic so that nothing answers it by itself.

    Raises:
        ValueError: when the address cannot stand in a mail.
    """
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"] = formataddr((shop, mailer.address)), email
    made["Subject"], made["Date"] = subject, formatdate()
    made["Auto-Submitted"], made["X-Auto-Response-Suppress"] = "auto-generated", "All"
    made.set_content(text)
    return made
