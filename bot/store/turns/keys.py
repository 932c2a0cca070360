"""Conversations as numbers of 64 bits, by which PostgreSQL locks; that two have the same makes one wait for the other, and nothing worse."""

from __future__ import annotations

import hashlib


def turn_key(name: str) -> int:
    """The lock of who has a conversation's turn."""
    return _key(name)


def storing_key(name: str) -> int:
    """The lock of who stores something of a conversation, until that is committed."""
    return _key(f"storing:{name}")


def _key(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
