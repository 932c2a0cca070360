"""`Taught`: finds the lesson that a message is taken for, as the owner's files are now, in every process that answers."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import AbstractSet, Optional
from zipfile import BadZipFile

from bot.home.folder import LESSONS, Home, HomeError
from bot.home.fresh import Fresh
from bot.teaching.kept import Encode, kept_questions, unit
from bot.teaching.learning import Learned, as_bytes, from_bytes, learned
from bot.teaching.lessons import Lesson, parsed, plainly

FORM = "2"
"""Another one for each way of learning, so that what was learned in an older one is learned anew."""
LONGEST = 600
"""A message of more characters tells much, and sounds like many things."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lessons:
    """What is taught, as the files say.

    Attributes:
        by_id: the lessons.
        by_wording: the lesson of each taught wording, plainly.
        learned: where they begin and end; None until that is learned.
    """

    by_id: Mapping[str, Lesson]
    by_wording: Mapping[str, str]
    learned: Optional[Learned]


class Taught:
    """The lessons of a folder. Calls read files, and encode a message where anything is taught: keep them off an event loop."""

    def __init__(self, home: Home, folder: Path, encode: Encode, unsaid: Callable[[], AbstractSet[str]]) -> None:
        """
        Args:
            home: the owner's folder.
            folder: where the meanings of kept questions are kept.
            encode: gives the meanings of texts.
            unsaid: gives the topics on which the shop has no words.
        """
        self._home, self._folder, self._encode, self._unsaid = home, folder, encode, unsaid
        self._files: Fresh[Lessons] = Fresh((home.lessons, home.learned), self._read, (HomeError,))
        self._learning = Lock()

    @property
    def lessons(self) -> Mapping[str, Lesson]:
        """What is taught, by its ids. Empty where the file was never usable, which the log tells."""
        found = self._now()
        return found.by_id if found else {}

    def find(self, text: str) -> Optional[Lesson]:
        """The lesson that a message is taken for; None where it is none."""
        plain = plainly(text)
        found = self._now()
        if found is None or not found.by_id or not plain or len(text) > LONGEST:
            return None
        exactly = found.by_wording.get(plain)
        if exactly is not None:
            return found.by_id[exactly]
        if found.learned is None:
            self._learn_later()
            return None
        name, _ = found.learned.best(unit(self._encode([text]))[0])
        return found.by_id.get(name)

    def learn(self) -> None:
        """Learns what the files say and writes it beside them, for all processes.

        Raises:
            HomeError: a file cannot be read or written.
        """
        text = self._home.text(LESSONS)
        found = learned_from(parsed(text), text, self._folder, self._encode, self._unsaid())
        self._home.put_bytes(self._home.learned.name, as_bytes(found))

    def _now(self) -> Optional[Lessons]:
        try:
            return self._files.value
        except HomeError as error:
            logger.error("nothing of what was taught is used: %s", error)
            return None

    def _read(self) -> Lessons:
        text = self._home.text(LESSONS)
        lessons = parsed(text)
        wordings = {plainly(one.said): lesson.id for lesson in reversed(lessons) for one in lesson.wordings}
        return Lessons({one.id: one for one in lessons}, wordings, self._learned(text))

    def _learned(self, text: Optional[str]) -> Optional[Learned]:
        """What was learned from these very lessons; None where that was not yet."""
        try:
            found = from_bytes(self._home.learned.read_bytes())
        except (OSError, ValueError, KeyError, BadZipFile):
            return None
        return found if found.digest == digest_of(text) else None

    def _learn_later(self) -> None:
        if self._learning.acquire(blocking=False):
            Thread(target=self._learn_now, name="lessons are learned", daemon=True).start()

    def _learn_now(self) -> None:
        try:
            self.learn()
        except HomeError as error:
            logger.error("lessons cannot be learned: %s", error)
        finally:
            self._learning.release()


def learned_from(lessons: Sequence[Lesson], text: Optional[str], folder: Path, encode: Encode, unsaid: AbstractSet[str]) -> Learned:
    """What these lessons teach; see `Taught`.

    Args:
        lessons: the lessons of `text`.
        text: the file's.
        folder, encode: see `Taught`.
        unsaid: topics on which the shop has no words.
    """
    vectors = [unit(encode([one.said for one in lesson.wordings])) for lesson in lessons]
    return learned(lessons, vectors, kept_questions(folder, encode), digest_of(text), unsaid)


def digest_of(text: Optional[str]) -> str:
    """Changes when the lessons do, or how they are learned."""
    return hashlib.sha256(f"{FORM}\n{text or ''}".encode()).hexdigest()
