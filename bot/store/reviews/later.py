"""Writes what is to be reviewed beside the answers: nobody waits for it, and a locked or missing database costs no answer.

What is for a conversation is written in its order. Whoever is erased is dropped from what waits; what waited for long is written only
where its message is still there, as another process may have erased it.
"""

from __future__ import annotations

import atexit
import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Condition, Lock, Thread
from time import monotonic

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.reviews.keeping import ReviewStore

AGAIN_S = 0.5
LATE_S = 2.0
LAST_TRY_S = 2.0
MOST = 10_000
FOR_NOW = (StoreError, OperationalError, InterfaceError, PoolTimeout)
"""What passes when the database is there and free again; whatever else it says of a turn it will say again."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Work:
    sender: str
    do: Callable[[ReviewStore], object]
    is_there: Callable[[], bool]
    since: float


class Later:
    """The one writer of this process for a database."""

    def __init__(self, url: str) -> None:
        """
        Args:
            url: SQLAlchemy address of the shop's database.
        """
        self._store = ReviewStore(Database(url))
        self._waiting: deque[_Work] = deque()
        self._changed = Condition()
        self._writing = Lock()
        self._runs = self._failed = False
        atexit.register(self.settle, LAST_TRY_S)

    def do(self, sender: str, work: Callable[[ReviewStore], object], is_there: Callable[[], bool]) -> None:
        """Has something written for a conversation, soon.

        Args:
            sender: the conversation.
            work: what is done; called again where the database did not take it.
            is_there: whether the message that it is about is still kept; asked where it waited for long.
        """
        with self._changed:
            if len(self._waiting) >= MOST:
                logger.error("too much waits to be kept for review; a turn is left out")
                return
            self._waiting.append(_Work(sender, work, is_there, monotonic()))
            if not self._runs:
                self._runs = True
                Thread(target=self._run, name="turns to be reviewed", daemon=True).start()

    def forget(self, sender: str) -> None:
        """Drops what waits of a conversation; what is written at the moment is written when this returns."""
        with self._writing, self._changed:
            self._waiting = deque(one for one in self._waiting if one.sender != sender)
            self._changed.notify_all()

    def settle(self, seconds: float = 10.0) -> bool:
        """Waits until nothing waits any more; False where that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._waiting:
                    self._runs = False
                    return
            with self._writing:
                with self._changed:
                    work = self._waiting[0] if self._waiting else None
                if work is not None and self._is_done(work):
                    with self._changed:
                        self._waiting.popleft()
                        self._changed.notify_all()
            if self._failed:
                with self._changed:
                    self._changed.wait(AGAIN_S)

    def _is_done(self, work: _Work) -> bool:
        """Does it; False where it is to be tried again."""
        try:
            if monotonic() - work.since < LATE_S or work.is_there():
                work.do(self._store)
            self._failed = False
        except FOR_NOW as error:
            if not self._failed:
                logger.error("turns cannot be kept for review (%s); trying again until they can", error)
            self._failed = True
        except Exception:  # noqa: BLE001 - one that cannot be kept must not hold up the others
            logger.exception("a turn cannot be kept for review")
            self._failed = False
        return not self._failed


@cache
def later_at(url: str) -> Later:
    """The writer of this process for a database."""
    return Later(url)
