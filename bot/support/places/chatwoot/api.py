"""An API inbox of Chatwoot, and the account it belongs to, by their HTTP interfaces. Calls never wait: whoever calls may hold a claim
that ends meanwhile."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests

from bot.support.handoff import HandoffUnreachable
from bot.support.mailing import LOOPBACK

TIMEOUT_S = 10.0
OPEN, PENDING, RESOLVED = "open", "pending", "resolved"
INCOMING, OUTGOING = 0, 1
"""Numbers of `message_type`."""
UNAUTHORIZED, MISSING, TOO_MANY = 401, 404, 429
OF_MESSAGE = (400, 413, 415, 422)
FLOODED, FLOODED_WAIT_S = "Too many messages", 60.0
WHERE = re.compile(r"/(?:app/)?accounts/(?P<account>\d{1,12})/inbox(?:es)?/(?P<inbox>[\w-]{1,100})\Z")
Json = dict[str, Any]


class ChatwootError(Exception):
    """Chatwoot refuses a call for good.

    Attributes:
        status: of HTTP.
        description: Chatwoot's words.
    """

    def __init__(self, status: int, description: str) -> None:
        super().__init__(f"{status} {description}")
        self.status, self.description = status, description

    @property
    def is_missing(self) -> bool:
        """Whether what was asked for is not there."""
        return self.status == MISSING

    @property
    def of_message(self) -> bool:
        """Whether it is about what was sent alone."""
        return self.status in OF_MESSAGE


@dataclass(frozen=True)
class Inbox:
    """Where the inbox is, the bot's token, and the secret of what Chatwoot posts."""

    base: str
    account: int
    identifier: str
    token: str
    secret: str

    @classmethod
    def of(cls, address: str, token: str, secret: str) -> Inbox:
        """The inbox of an address: the account's, as a browser shows it, with the inbox's identifier behind it.

        Raises:
            ValueError: it is none.
        """
        parts = urlsplit(address.strip())
        path = parts.path.rstrip("/")
        found = WHERE.search(path)
        if found is None or not parts.hostname or parts.username or parts.query or parts.fragment:
            raise ValueError("write it as https://chatwoot.example/app/accounts/1/inbox/IDENTIFIER")
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("write an https address, or an http one of this machine")
        base = f"{parts.scheme}://{parts.netloc}{path[: found.start()].rstrip('/')}"
        return cls(base, int(found["account"]), found["inbox"], token.strip(), secret.strip())


@dataclass(frozen=True)
class Found:
    """A conversation as it stands there: its status, and its messages without private ones."""

    status: str
    messages: Sequence[Json]


class Chatwoot:
    """Calls Chatwoot: as the customer, whom the source's id alone names, and as the bot. Threads may share it. Each call raises

    - ChatwootError: it is refused.
    - HandoffUnreachable: no answer came, or Chatwoot asks to wait; nothing is asked before that time is over.
    """

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self._public = f"{inbox.base}/public/api/v1/inboxes/{inbox.identifier}"
        self._account = f"{inbox.base}/api/v1/accounts/{inbox.account}/conversations"
        self._not_before = 0.0

    def about(self) -> Json:
        """What the inbox tells of itself."""
        return _object(self._ask("GET", self._public))

    def begin(self, source: str, name: str) -> int:
        """Makes a customer with a conversation, or finds the one that was made; gives its number.

        Args:
            source: the customer's id, which is a secret.
            name: as the staff read it.
        """
        made = _object(self._ask("POST", f"{self._public}/contacts", json={"source_id": source, "name": name}))
        if made.get("source_id") != source:
            raise ChatwootError(UNAUTHORIZED, "the inbox gives customers other ids than it is asked for")
        there = self._ask("GET", f"{self._contact(source)}/conversations")
        found = there[0] if isinstance(there, list) and there else self._ask("POST", f"{self._contact(source)}/conversations", json={})
        return int(_object(found)["id"])

    def read(self, source: str, number: int) -> Found:
        """How a conversation stands."""
        found = _object(self._ask("GET", f"{self._contact(source)}/conversations/{number}"))
        return Found(str(found.get("status") or ""), _objects(found.get("messages")))

    def latest(self, source: str, number: int) -> Sequence[Json]:
        """The latest messages of a conversation, oldest first, without private ones."""
        return _objects(self._ask("GET", f"{self._contact(source)}/conversations/{number}/messages"))

    def say(self, source: str, number: int, text: str, picture: bytes = b"") -> int:
        """Writes as the customer; gives the message's number."""
        return self._write(f"{self._contact(source)}/conversations/{number}/messages", {"content": text}, picture)

    def note(self, number: int, text: str, picture: bytes = b"") -> int:
        """Writes a private note as the bot; gives its number."""
        given = {"content": text, "message_type": "outgoing", "private": "true"}
        return self._write(f"{self._account}/{number}/messages", given, picture, as_bot=True)

    def set_status(self, number: int, status: str) -> None:
        """Opens or ends a conversation, as the bot."""
        self._ask("POST", f"{self._account}/{number}/toggle_status", as_bot=True, json={"status": status})

    def _contact(self, source: str) -> str:
        return f"{self._public}/contacts/{source}"

    def _write(self, address: str, given: Mapping[str, str], picture: bytes, as_bot: bool = False) -> int:
        body: Json = {"data": given, "files": [("attachments[]", ("picture.jpg", picture, "image/jpeg"))]} if picture else {"json": given}
        return int(_object(self._ask("POST", address, as_bot, **body))["id"])

    def _ask(self, method: str, address: str, as_bot: bool = False, **body: Any) -> Any:
        wait = self._not_before - monotonic()
        if wait > 0:
            raise HandoffUnreachable(f"Chatwoot asks to wait {wait:.0f} s more", wait)
        headers = {"api_access_token": self.inbox.token} if as_bot else {}
        try:
            answer = requests.request(method, address, headers=headers, timeout=TIMEOUT_S, allow_redirects=False, **body)
        except requests.RequestException as error:  # its text would tell the customer's id
            raise HandoffUnreachable(f"Chatwoot gives no answer: {type(error).__name__}") from None
        if answer.status_code >= 500:
            raise HandoffUnreachable(f"Chatwoot answers with {answer.status_code}")
        told = _json(answer)
        if answer.status_code >= 300:
            self._refuse(answer, told)
        if told is None and answer.content.strip():
            raise HandoffUnreachable("what answers is no Chatwoot")
        return told

    def _refuse(self, answer: requests.Response, told: Any) -> None:
        told = told if isinstance(told, dict) else {}
        description = str(told.get("error") or told.get("message") or answer.reason or "no description")
        flooded = answer.status_code == 422 and FLOODED in description
        if answer.status_code == TOO_MANY or flooded:
            asked = answer.headers.get("Retry-After", "")
            wait = float(asked) if asked.isascii() and asked.isdigit() else FLOODED_WAIT_S
            self._not_before = monotonic() + (0 if flooded else wait)  # a flooded conversation is no matter of the others
            raise HandoffUnreachable(f"Chatwoot asks to wait {wait:.0f} s", wait)
        raise ChatwootError(answer.status_code, description)


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _object(told: Any) -> Json:
    if not isinstance(told, dict):
        raise HandoffUnreachable("what answers is no Chatwoot")
    return told


def _objects(told: Any) -> list[Json]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
