"""Passwords of the staff: made, checked for length, hashed with Argon2id and compared."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
LONGEST = 200
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What a made password is of: nothing that looks like something else."""
GROUPS, GROUP_LENGTH = 4, 5
_HASHER = PasswordHasher()
NOBODYS = _HASHER.hash(secrets.token_urlsafe())
"""Compared with where there is no such name, so that an unknown name takes as long as a wrong password."""


class WeakPassword(ValueError):
    """A password that nobody may choose; the message is one sentence for whoever chose it."""


def made() -> str:
    """A password that nobody has had before: 99 bits in four groups."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def hashed(password: str, name: str = "") -> str:
    """What is kept of a password.

    Raises:
        WeakPassword: it is too short, too long, or the name itself.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password needs at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise WeakPassword(f"A password has at most {LONGEST} characters.")
    if name and password.casefold().strip() == name.casefold():
        raise WeakPassword("The name itself is no password.")
    return _HASHER.hash(password)


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one of which `kept` was made. Takes some tens of milliseconds: keep it off an event loop."""
    try:
        return _HASHER.verify(kept, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
