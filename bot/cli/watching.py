"""What runs beside a server, once on a machine: the look at the shop's own feed, and at what other machines changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.names_watch import names_watch_of
from bot.cli.syncing import watch_of
from bot.settings import Settings


@contextmanager
def watching(chosen: Settings) -> Iterator[None]:
    """While this lasts, both are looked at."""
    watches = [watch for watch in (watch_of(chosen), names_watch_of(chosen)) if watch is not None]
    for watch in watches:
        watch.start()
    try:
        yield
    finally:
        for watch in watches:
            watch.stop()
