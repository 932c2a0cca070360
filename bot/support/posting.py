"""Sends the mails that wait, as long as the server runs: behind the answers, so that none waits for a mail server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from bot.store.errors import StoreError
from bot.support.gateway import GatewayError
from bot.support.mailing import MailUnreachable

logger = logging.getLogger(__name__)
EVERY_S = 1.0
LONGEST_PAUSE_S = 30.0
ENDS_WITHIN_S = 2.0
Due = Callable[[], int]
"""Sends what is due of one sort, and returns how many went out."""


class Posting:
    """A thread of its own. Several processes may do it: each mail is claimed by one."""

    def __init__(self, due: Sequence[Due], every_s: float = EVERY_S) -> None:
        """
        Args:
            due: sends what is due, sort by sort.
            every_s: how often it is looked at.
        """
        self._every_s = every_s
        self._due = due
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="posting", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

    def stop(self) -> None:
        """Ends; what was not sent is sent after the next start."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(ENDS_WITHIN_S)

    def once(self) -> bool:
        """One round over all sorts; False where one of them could not be sent."""
        well = True
        for send in self._due:
            try:
                send()
            except (StoreError, GatewayError, MailUnreachable) as error:
                well = False
                # What a mail server says may hold a customer's address.
                logger.error("mails could not be sent, trying again: %s", type(error.__cause__ or error).__name__)
            except Exception:  # noqa: BLE001 - one trouble must not end the posting for ever
                well = False
                logger.exception("mails could not be sent")
        return well

    def _run(self) -> None:
        pause = self._every_s
        while not self._stop.wait(pause):
            pause = self._every_s if self.once() else min(pause * 2, max(LONGEST_PAUSE_S, self._every_s))
