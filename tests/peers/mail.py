"""A real mail server for tests, SMTP and IMAP in memory, in an environment of its own; and a mail program of somebody's."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import cast

from tests.peers.environment import proving_python

REQUIREMENTS = Path(__file__).parent / "prove" / "mail.txt"
CARE, PASSWORD = "care@shop.example", "secret"


@dataclass
class MailServer:
    """A server that has a mailbox for every address, all with one password."""

    command: list[str]
    smtp_port: int
    imap_port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it, with empty mailboxes, and waits until it listens."""
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 30
        for port in (self.smtp_port, self.imap_port):
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert time.monotonic() < until, "the mail server does not listen"
                    time.sleep(0.05)

    def stop(self) -> None:
        """Stops it, as a server that is down."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

    def inbox(self, address: str) -> list[EmailMessage]:
        """All mails in somebody's mailbox, oldest first, left unread."""
        box = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=10)
        try:
            box.login(address, PASSWORD)
            box.select("INBOX", readonly=True)
            numbers = box.search(None, "ALL")[1][0].split()
            raw = [box.fetch(number.decode(), "(BODY.PEEK[])")[1][0] for number in numbers]
        finally:
            box.logout()
        return [cast(EmailMessage, message_from_bytes(one[1], policy=SMTP)) for one in raw if isinstance(one, tuple)]

    def unread(self, address: str) -> int:
        """How many mails of a mailbox are marked as unread."""
        box = imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=10)
        try:
            box.login(address, PASSWORD)
            box.select("INBOX", readonly=True)
            return len(box.search(None, "UNSEEN")[1][0].split())
        finally:
            box.logout()

    def send(self, message: EmailMessage) -> None:
        """Sends a mail as anybody's mail program does."""
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=10) as server:
            server.send_message(message)


def reply_to(mail: EmailMessage, sender: str, text: str, **headers: str) -> EmailMessage:
    """What a mail program makes of an answer: above the quoted mail."""
    reply = EmailMessage(policy=SMTP)
    reply["From"], reply["To"], reply["Subject"] = sender, mail["Reply-To"], f"Re: {mail['Subject']}"
    reply["In-Reply-To"] = reply["References"] = mail["Message-ID"]
    reply["Message-ID"], reply["Date"] = make_msgid(), formatdate()
    for name, value in headers.items():
        field = name.replace("_", "-")
        del reply[field]
        reply[field] = value
    quoted = "\n".join(f"> {line}" for line in body(mail).splitlines())
    reply.set_content(f"{text}\n\nOn Sat, 28 Nov 2026 at 17:00, Visitor (chat) <{CARE}> wrote:\n\n{quoted}\n")
    return reply


def body(mail: EmailMessage) -> str:
    """The text of a mail."""
    part = cast(EmailMessage, mail.get_body(("plain",)))
    return str(part.get_content())


@contextmanager
def mail_server(python: str) -> Iterator[MailServer]:
    """The server while this lasts.

    Args:
        python: a Python from 3.11 on.
    """
    binary = Path(proving_python(REQUIREMENTS, python)).parent / "mail_devel"
    smtp_port, imap_port = _free_port(), _free_port()
    command = [
        str(binary), "--host", "127.0.0.1", "--multi-user", "--alias", "care+*@shop.example:care@shop.example", "--password", PASSWORD,
        "--smtp-port", str(smtp_port), "--imap-port", str(imap_port), "--no-http",
    ]
    server = MailServer(command, smtp_port, imap_port)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
