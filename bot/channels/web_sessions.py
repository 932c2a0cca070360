"""Who is talking on the web: session tokens that only this server can make.

A token is "<random>.<signature>": the random part starts with the time of issue, the signature is its HMAC-SHA256
(RFC 2104) under the server's secret. The browser keeps the token; the conversation's sender id is a digest of the
random part, so that neither the database nor a log holds anything one could talk with.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import time
from pathlib import Path
from typing import Any, Callable, Optional

SECRET_FILE = "session.secret"
SHORTEST_SECRET = 16
LONGEST_TOKEN = 128
ISSUED_BYTES = 5
RANDOM_BYTES = 16
DAY = 86400
CLOCK_SKEW = 300


class SessionTokens:
    """Makes session tokens and tells its own from others."""

    def __init__(self, secret: bytes, days: int, now: Callable[[], float] = time.time) -> None:
        """
        Args:
            secret: the key that signs; whoever has it can enter every conversation.
            days: how long a token is good after its issue.
            now: the clock, seconds since 1970.
        """
        self._secret = secret
        self._lifetime = days * DAY
        self._now = now

    def new(self) -> str:
        """A token that nobody has had before."""
        issued = int(self._now()).to_bytes(ISSUED_BYTES, "big")
        random = _text(issued + secrets.token_bytes(RANDOM_BYTES))
        return f"{random}.{self._signature(random)}"

    def sender(self, token: Any) -> Optional[str]:
        """The sender id of the token's conversation; None for everything this server did not make or that is too
        old. Compares in constant time."""
        if not isinstance(token, str) or len(token) > LONGEST_TOKEN or not token.isascii():
            return None
        random, _, signature = token.partition(".")
        if not hmac.compare_digest(signature, self._signature(random)):
            return None
        age = self._now() - int.from_bytes(_bytes(random)[:ISSUED_BYTES], "big")
        if not -CLOCK_SKEW <= age <= self._lifetime:
            return None
        return "web-" + hashlib.sha256(b"conversation:" + random.encode()).hexdigest()[:32]

    def _signature(self, random: str) -> str:
        return _text(hmac.new(self._secret, random.encode(), hashlib.sha256).digest())


def session_secret(given: str, folder: Path) -> bytes:
    """The secret of the settings, else the one kept in `folder`, made at the first start and readable to its owner
    only.

    Raises:
        ValueError: when the given secret is too short to be one.
    """
    if given:
        if len(given) < SHORTEST_SECRET:
            raise ValueError(f"SESSION_SECRET needs at least {SHORTEST_SECRET} characters.")
        return given.encode()
    path = folder / SECRET_FILE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        path.chmod(0o600)
        return bytes.fromhex(path.read_text(encoding="ascii"))
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return bytes.fromhex(path.read_text(encoding="ascii"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
