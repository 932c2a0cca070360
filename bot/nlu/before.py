"""What a person said before the message that is being read: a component of the pipeline sees no conversation."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Tuple

BEFORE: ContextVar[Tuple[str, ...]] = ContextVar("before", default=())
"""Their last messages, the latest last; set by whoever has the conversation, empty where nothing was said."""
