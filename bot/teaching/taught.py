"""`Taught`: finds the lesson that a message is taken for, as the owner's files are now, in every process that answers."""

from __future__ import annotations

import hashlib
import logging
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from time import monotonic
from typing import AbstractSet, Optional
from zipfile import BadZipFile

from bot.home.folder import LESSONS, Home, HomeError
from bot.home.fresh import Fresh
from bot.teaching.kept import Encode, kept_digest, kept_questions, unit
from bot.teaching.learning import Learned, as_bytes, from_bytes, learned
from bot.teaching.lessons import Lesson, parsed, plainly

FORM = "3"
"""Another one for each way of learning, so that what was learned in an older one is learned anew."""
LONGEST = 600
"""A message of more characters tells much, and sounds like many things."""
AGAIN_S = 60.0
"""What could not be learned is tried again after so many seconds."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lessons:
    """What is taught, as the files say.

    Attributes:
        by_id: the lessons.
        by_wording: the lesson of each taught wording, plainly.
        text: the file's.
        learned: where they begin and end, as the file beside has it; of older lessons perhaps, see its digest.
    """

    by_id: Mapping[str, Lesson]
    by_wording: Mapping[str, str]
    text: Optional[str]
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
        self._here: Optional[Learned] = None
        self._tried: tuple[str, float] = ("", 0.0)
        self._told = False

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
        known = self._known(found)
        if known is None:
            return None
        name, _ = known.best(unit(self._encode([text]))[0])
        return found.by_id.get(name)

    def learn(self) -> None:
        """Learns what the files say and writes it beside them, for all processes. Where that cannot be written this process goes on with what it
        learned, which the log tells once.

        Raises:
            HomeError: a file cannot be read.
        """
        text = self._home.text(LESSONS)
        self._here = learned_from(parsed(text), text, self._folder, self._encode, self._unsaid())
        try:
            self._home.put_bytes(self._home.learned.name, as_bytes(self._here))
        except HomeError as error:
            if not self._told:
                logger.error("what is learned of lessons is learned anew by every process: %s", error)
            self._told = True

    def _known(self, found: Lessons) -> Optional[Learned]:
        """What was learned from these very lessons, beside the kept questions and the unsaid topics of now; None where that was not yet."""
        digest = digest_of(found.text, self._unsaid())
        known = next((one for one in (self._here, found.learned) if one is not None and one.digest == digest), None)
        if known is None:
            self._learn_later(digest)
        return known

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
        return Lessons({one.id: one for one in lessons}, wordings, text, self._learned())

    def _learned(self) -> Optional[Learned]:
        """What was learned last; None where there is nothing of use."""
        try:
            return from_bytes(self._home.learned.read_bytes())
        except (OSError, ValueError, KeyError, EOFError, BadZipFile, zlib.error):
            return None

    def _learn_later(self, digest: str) -> None:
        """Learns beside the message, one thread at a time; what failed is not tried again with every message."""
        before, again = self._tried
        if (digest == before and monotonic() < again) or not self._learning.acquire(blocking=False):
            return
        self._tried = (digest, monotonic() + AGAIN_S)
        Thread(target=self._learn_now, name="lessons are learned", daemon=True).start()

    def _learn_now(self) -> None:
        try:
            self.learn()
        except (HomeError, OSError, RuntimeError, ValueError) as error:
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
    return learned(lessons, vectors, kept_questions(folder, encode), digest_of(text, unsaid), unsaid)


def digest_of(text: Optional[str], unsaid: AbstractSet[str]) -> str:
    """Changes when the lessons do, the kept questions, the topics on which the shop has no words, the encoder, or how they are learned."""
    return hashlib.sha256(f"{FORM}\n{kept_digest()}\n{sorted(unsaid)}\n{text or ''}".encode()).hexdigest()
