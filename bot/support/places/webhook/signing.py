"""Signatures of what goes out and comes in: HMAC-SHA256 over the time and the bytes, so that nothing is forged or played again."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "X-Glasskin-Signature"
GOOD_FOR_S = 300
"""So old, or so far ahead, a signature may be."""


def signed(secret: str, body: bytes, at: int) -> str:
    """The header's value: "t=1700000000,v1=" and the digest in hex."""
    return f"t={at},v1={_digest(secret, body, at)}"


def is_signed(secret: str, body: bytes, header: str, now: float) -> bool:
    """Whether the header belongs to these bytes and is fresh; in constant time."""
    parts = dict(part.strip().partition("=")[::2] for part in header.split(","))
    written = parts.get("t", "")
    if not (written.isascii() and written.isdigit() and len(written) < 12) or abs(now - int(written)) > GOOD_FOR_S:
        return False
    return hmac.compare_digest(_digest(secret, body, int(written)).encode(), parts.get("v1", "").encode())


def _digest(secret: str, body: bytes, at: int) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
