"""Figures for Prometheus: how many messages of which kind, how long they took, what waits. Nothing of anybody."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST
from prometheus_client.openmetrics.exposition import generate_latest as in_openmetrics

from bot import __version__

SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
PLAIN = "text/plain; version=0.0.4; charset=utf-8"

_registry = CollectorRegistry()
_messages = Counter("glasskin_messages", "Messages handled, by channel, kind of question and what came of them.",
                    ["channel", "kind", "outcome"], registry=_registry)
_seconds = Histogram("glasskin_message_seconds", "Time from a message to the last of its replies.", ["channel"], buckets=SECONDS, registry=_registry)
_reading = Histogram("glasskin_reading_seconds", "The part of that time in which the message is understood.", buckets=SECONDS, registry=_registry)
_unsaved = Gauge("glasskin_unsaved_events", "Events of conversations that wait to be stored.", registry=_registry)
_unsaved_for = Gauge("glasskin_unsaved_seconds", "How long the oldest of them waits.", registry=_registry)
Gauge("glasskin_info", "The version that runs.", ["version"], registry=_registry).labels(__version__).set(1)


def handled(channel: str, kind: str, outcome: str, seconds: float) -> None:
    """Counts a message.

    Args:
        channel: the channel's name.
        kind: its intent, "" where it came to none.
        outcome: answered, failed, stored_later, erased, repeated or person.
        seconds: how long it took in all.
    """
    _messages.labels(channel, kind, outcome).inc()
    _seconds.labels(channel).observe(seconds)


def read(seconds: float) -> None:
    """Notes how long it took to understand a message."""
    _reading.observe(seconds)


def waiting(events: int, seconds: float) -> None:
    """Notes what waits to be stored at the moment, and for how long the oldest does."""
    _unsaved.set(events)
    _unsaved_for.set(seconds)


def exposition(accepted: str) -> tuple[bytes, str]:
    """All figures as text and the type of it, in OpenMetrics where the `Accept` header asks for that."""
    if "application/openmetrics-text" in accepted:
        return in_openmetrics(_registry), CONTENT_TYPE_LATEST  # type: ignore[no-untyped-call]
    return generate_latest(_registry), PLAIN
