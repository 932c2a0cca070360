"""One line of JSON, and a count, for each message: what kind it was and how long it took, and nothing of what was said or by whom."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import uuid4

from bot import metrics

logger = logging.getLogger("glasskin.messages")
_handled: ContextVar[Handled | None] = ContextVar("handled", default=None)


@dataclass
class Handled:
    """A message while it is handled. `kind` is the intent; `outcome` answered, failed, stored_later, erased, repeated or person,
    where a person has the talk."""

    request: str
    channel: str
    kind: str = ""
    confidence: float = 0.0
    outcome: str = "answered"


def begin() -> None:
    """Writes the lines to the error output, as they are, from now on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.INFO)


@contextmanager
def message(channel: str, request: str | None = None) -> Iterator[Handled]:
    """While a message is handled; writes its line and counts it at the end.

    Args:
        channel: the channel's name.
        request: an id that the caller gave the request, else one is made.
    """
    handled = Handled(request or uuid4().hex[:16], channel)
    token = _handled.set(handled)
    began = time.perf_counter()
    try:
        yield handled
    finally:
        _handled.reset(token)
        seconds = time.perf_counter() - began
        metrics.handled(handled.channel, handled.kind, handled.outcome, seconds)
        if logger.isEnabledFor(logging.INFO):
            logger.info(_line(handled, seconds))


def understood(kind: str, confidence: float) -> None:
    """Notes what kind of message it is that is handled at the moment, if any."""
    handled = _handled.get()
    if handled is not None:
        handled.kind, handled.confidence = kind, confidence


def _line(handled: Handled, seconds: float) -> str:
    return json.dumps(
        {
            "at": round(time.time(), 3),
            "request": handled.request,
            "channel": handled.channel,
            "kind": handled.kind,
            "confidence": round(handled.confidence, 3),
            "ms": round(seconds * 1000, 1),
            "outcome": handled.outcome,
        }
    )
