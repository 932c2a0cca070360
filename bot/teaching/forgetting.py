"""Takes away what was taught in the words of somebody who is erased."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from bot.home.folder import LESSONS, Home, HomeError
from bot.home.versions import Versions
from bot.store.errors import StoreError
from bot.teaching.lessons import mark_of, parsed, without_person, written
from bot.teaching.unreadable import without_mark

logger = logging.getLogger(__name__)


def forgetting(folder: Path) -> Callable[[str], int]:
    """What forgets a conversation in the owner's folder; see `forget_person`. It raises StoreError where a file cannot be read or written."""

    def forget(sender: str) -> int:
        try:
            return forget_person(Home(folder), sender)
        except (HomeError, OSError) as error:
            raise StoreError(str(error)) from error

    return forget


def forget_person(home: Home, sender: str) -> int:
    """Takes away what was taught in the words of somebody who is erased, out of the history too. What is left is learned anew by whoever answers next.
    A file with a mistake in it keeps nobody's words: they are cut out of its text.

    Args:
        home: the owner's folder.
        sender: their conversation.

    Returns:
        How many wordings went from the lessons.

    Raises:
        HomeError: a file cannot be read or written.
    """
    if not home.lessons.exists() and not home.history.exists():
        return 0
    mark = mark_of(home.key(), sender)
    with home.alone():
        count = _forget_now(home, mark)
        Versions(home).cleared(lambda name, content: _cleared(content, mark)[0] if name == LESSONS else content, mark)
    return count


def _forget_now(home: Home, mark: str) -> int:
    """Clears the lessons as they are now."""
    text = home.raw(LESSONS)
    if text is None or mark not in text:
        return 0
    after, count = _cleared(text, mark)
    home.put_bytes(LESSONS, after.encode("utf-8", "surrogateescape"))
    home.put_bytes(home.learned.name, None)
    return count


def _cleared(text: str, mark: str) -> tuple[str, int]:
    """The text of a lessons' file without what only this person said, and how many wordings that were."""
    if mark not in text:
        return text, 0
    try:
        before = parsed(text)
    except (HomeError, UnicodeError) as error:
        logger.error("words of somebody who is erased are cut out of a file that cannot be read: %s", error)
        return without_mark(text, mark)
    after = without_person(before, mark)
    return written(after), sum(len(one.wordings) for one in before) - sum(len(one.wordings) for one in after)
