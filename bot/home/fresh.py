"""`Fresh`: what is made from files, made anew when one of them changes, so that a change needs no restart and reaches every process."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Generic, Optional, TypeVar

logger = logging.getLogger(__name__)
Made = TypeVar("Made")
Stamp = tuple[tuple[int, int, int], ...]
NONE = (0, 0, 0)


class Fresh(Generic[Made]):
    """Something made from files. While a changed file cannot be used, what was made before goes on being given, and the log says why."""

    def __init__(self, paths: Sequence[Path], make: Callable[[], Made], mistakes: type[Exception] | tuple[type[Exception], ...]) -> None:
        """
        Args:
            paths: the files that it is made from; they need not be there.
            make: makes it.
            mistakes: what `make` raises where a file cannot be used.
        """
        self._paths, self._make, self._mistakes = tuple(paths), make, mistakes
        self._lock = Lock()
        self._stamp: Optional[Stamp] = None
        self._made: Optional[Made] = None

    @property
    def value(self) -> Made:
        """It, as the files are now.

        Raises:
            Exception: what `make` raises, where there is nothing from before.
        """
        stamp = stamp_of(self._paths)
        with self._lock:
            if self._made is None or stamp != self._stamp:
                self._made, self._stamp = self._made_anew(), stamp
            return self._made

    def _made_anew(self) -> Made:
        try:
            return self._make()
        except self._mistakes as error:
            if self._made is None:
                raise
            logger.error("a changed file cannot be used, what was there before goes on counting: %s", error)
            return self._made


def stamp_of(paths: Sequence[Path]) -> Stamp:
    """Changes when one of the files does, comes or goes."""
    return tuple(_state(path) for path in paths)


def _state(path: Path) -> tuple[int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return NONE
    return found.st_mtime_ns, found.st_size, found.st_ino
