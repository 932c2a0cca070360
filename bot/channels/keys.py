"""Who may call an address of the server that is not for visitors: programs on this machine, others with a key."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Optional

LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
FORWARDED = ("x-forwarded-for", "x-real-ip", "forwarded", "via")
"""Headers that a proxy adds: what it passes on comes from another machine, though the connection is from this one."""


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered: the HTTP status, the sentence and headers that tell so."""

    status: int
    sentence: str
    headers: Mapping[str, str] = field(default_factory=dict)


class Keys:
    """The keys of one address; where there are none, programs on this machine alone are let in."""

    def __init__(self, keys: Iterable[str], setting: str, what: str) -> None:
        """
        Args:
            keys: one of them must come with every request.
            setting: where they stand, as a refusal names it.
            what: what they open, as a refusal names it.
        """
        self._keys = [_digest(key) for key in keys]
        self._setting, self._what = setting, what

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._keys)

    @property
    def make_one(self) -> str:
        """How to come to a key."""
        return f"Set {self._setting} (`openssl rand -hex 32` makes a key)"

    def refusal(self, peer: str, headers: Mapping[str, str]) -> Optional[Refusal]:
        """Why this request may not be answered; None when it may.

        Args:
            peer: the address that the connection comes from.
            headers: the request's headers, names in lower case.
        """
        if not self._keys:
            elsewhere = f"Without a key {self._what} for programs on this machine alone. {self.make_one} and start again."
            return None if is_local(peer, headers) else Refusal(403, elsewhere)
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not self._is_key(given.strip()):
            return Refusal(401, f"Send a key of {self._setting} as the header `Authorization: Bearer KEY`.", {"WWW-Authenticate": "Bearer"})
        return None

    def _is_key(self, given: str) -> bool:
        """Compares with every key, each in constant time, so that nothing is learned from how long it takes."""
        digest = _digest(given)
        return sum([hmac.compare_digest(digest, key) for key in self._keys]) > 0


def is_of_this_machine(host: str) -> bool:
    """Whether a server that listens on this address is reached from this machine alone."""
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_local(peer: str, headers: Mapping[str, str]) -> bool:
    """Whether a program on this machine asks, and not a proxy for somebody else."""
    return is_of_this_machine(peer) and not any(name in headers for name in FORWARDED)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "replace")).digest()
