"""From where a message came, while it is answered: channels that know the network address set it, so that limits count it."""

from __future__ import annotations

from contextvars import ContextVar

ADDRESS: ContextVar[str] = ContextVar("address", default="")
"""The network address of the message that is answered now; empty where the channel knows none. It is kept nowhere."""
