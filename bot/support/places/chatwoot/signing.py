"""The signature of what Chatwoot posts: HMAC-SHA256 over the time, a dot and the bytes, by the secret of the bot or of the inbox."""

from __future__ import annotations

import hashlib
import hmac

SIGNATURE, TIME = "X-Chatwoot-Signature", "X-Chatwoot-Timestamp"
GOOD_FOR_S = 300
"""So old, or so far ahead, a signature may be."""
BEFORE = "sha256="


def signature_of(secret: str, body: bytes, at: str) -> str:
    """What stands in the header."""
    return BEFORE + hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()


def is_signed(secret: str, body: bytes, signature: str, at: str, now: float) -> bool:
    """Whether the signature belongs to these bytes and this time, and is fresh; in constant time."""
    if not (at.isascii() and at.isdigit() and len(at) < 12) or abs(now - int(at)) > GOOD_FOR_S:
        return False
    return hmac.compare_digest(signature_of(secret, body, at).encode(), signature.encode())
