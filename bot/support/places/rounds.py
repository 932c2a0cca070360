"""Goes round to a place elsewhere as long as the server runs: brings what changed, and takes what came back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from time import monotonic
from typing import Optional

from bot.store.errors import StoreError
from bot.support.handoff import HandoffUnreachable
from bot.support.places.carrying import Carrier
from bot.support.places.kept import Kept

logger = logging.getLogger(__name__)
BRING_EVERY_S = 2.0
TAKE_EVERY_S = 10.0
SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 300.0
Take = Callable[[], object]


class Rounds:
    """A thread of its own for one place, since its server may be slow. Of several processes one does it."""

    def __init__(self, name: str, kept: Kept, carrier: Carrier, take: Optional[Take] = None, take_every_s: float = TAKE_EVERY_S) -> None:
        """
        Args:
            name: the place's.
            kept: what is kept of it.
            carrier: brings what changed.
            take: takes what came back, where the place does not tell of it by itself.
            take_every_s: how often.
        """
        self._kept, self._carrier, self._take, self._take_every_s = kept, carrier, take, take_every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"rounds-{name}", daemon=True)
        self._take_at = 0.0

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; what was not done is done after the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(BRING_EVERY_S)

    def once(self) -> bool:
        """One round; False where another process sees to the place.

        Raises:
            StoreError, HandoffUnreachable: the database or the place gives no answer.
        """
        if not self._kept.claim():
            return False
        try:
            self._carrier.bring()
        finally:  # what came back is taken also where nothing can be brought
            if self._take is not None and monotonic() >= self._take_at:
                self._take_at = monotonic() + self._take_every_s
                self._take()
        return True

    def _run(self) -> None:
        pause = BRING_EVERY_S
        while not self._stop.wait(pause):
            try:
                self.once()
                pause = BRING_EVERY_S
            except (StoreError, HandoffUnreachable) as error:
                pause = pause_after(error, pause)
                logger.error("the staff's place cannot be seen to, again in %.0f s: %s", pause, error)
            except Exception:  # noqa: BLE001 - one trouble must not end the rounds for ever
                pause = pause_after(None, pause)
                logger.exception("the staff's place could not be seen to, again in %.0f s", pause)
        try:
            self._kept.let_go()
        except StoreError as error:
            logger.info("the place is free for another process when the lease is over: %s", error)


def pause_after(error: Optional[Exception], pause: float) -> float:
    """So many seconds until the next round: as long as the place asks for, else twice as long as it was before."""
    wished = error.again_after if isinstance(error, HandoffUnreachable) else None
    return min(pause * 2 if wished is None else max(wished, SHORTEST_PAUSE_S), LONGEST_PAUSE_S)
