"""The knowledge of a running assistant with its owner's words, made anew when their file changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Optional

from bot.home.folder import STATEMENTS, Home, HomeError
from bot.home.fresh import Fresh
from bot.rules.knowledge import Knowledge
from bot.statements.file import parsed
from bot.statements.spoken import Spoken, spoken

LOOK_AGAIN_S = 0.2
"""The file is looked at no more often: an answer asks for the knowledge hundreds of times."""
logger = logging.getLogger(__name__)


class OwnStatements:
    """Knows what is said. While the file cannot be used, what it said before counts, at the start nothing of it."""

    def __init__(self, home: Home, knowledge: Callable[[], Knowledge], silence: Callable[[], str], clock: Callable[[], float] = monotonic) -> None:
        """
        Args:
            home: the owner's folder.
            knowledge: gives the project's, with what the owner added.
            silence: gives the sentence in the place of a statement that is switched off.
            clock: seconds, of any beginning.
        """
        self._home, self._knowledge, self._silence, self._clock = home, knowledge, silence, clock
        self._fresh = Fresh([home.folder / STATEMENTS], self._made, HomeError)
        self._lock = Lock()
        self._looked: float = 0.0
        self._found: Optional[Spoken] = None

    @property
    def now(self) -> Spoken:
        """What is said now, or was a moment ago.

        Raises:
            KnowledgeError: the knowledge cannot be read.
        """
        with self._lock:
            now = self._clock()
            if self._found is None or not 0 <= now - self._looked < LOOK_AGAIN_S:
                self._found, self._looked = self._look(), now
            return self._found

    def _look(self) -> Spoken:
        try:
            return self._fresh.value
        except HomeError as error:
            logger.error("what you say otherwise does not count: %s", error)
            return Spoken(self._knowledge())

    def _made(self) -> Spoken:
        found = spoken(self._knowledge(), parsed(self._home.text(STATEMENTS)), self._silence())
        for address, why in found.ignored.items():
            logger.warning("%s, %s does not count: %s", STATEMENTS, address, why)
        return found
