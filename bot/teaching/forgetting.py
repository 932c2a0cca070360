"""Takes away what was taught in the words of somebody who is erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.home.folder import LESSONS, Home, HomeError
from bot.home.versions import Versions
from bot.store.errors import StoreError
from bot.teaching.lessons import mark_of, parsed, without_person, written


def forgetting(folder: Path) -> Callable[[str], int]:
    """What forgets a conversation in the owner's folder; see `forget_person`. It raises StoreError where a file cannot be read or written."""

    def forget(sender: str) -> int:
        try:
            return forget_person(Home(folder), sender)
        except HomeError as error:
            raise StoreError(str(error)) from error

    return forget


def forget_person(home: Home, sender: str) -> int:
    """Takes away what was taught in the words of somebody who is erased, out of the history too. What is left is learned anew by whoever answers next.

    Args:
        home: the owner's folder.
        sender: their conversation.

    Returns:
        How many wordings went.

    Raises:
        HomeError: a file cannot be read or written.
    """
    text = home.text(LESSONS)
    if text is None and not home.history.is_dir():
        return 0
    mark = mark_of(home.key(), sender)

    def cleared(name: str, content: str) -> str:
        return written(without_person(parsed(content), mark)) if name == LESSONS and mark in content else content

    with home.alone():
        text = home.text(LESSONS)
        before = parsed(text)
        after = without_person(before, mark)
        Versions(home).cleared(cleared)
        if text is not None and mark in text:
            home.put(LESSONS, written(after))
            home.put_bytes(home.learned.name, None)
    return sum(len(one.wordings) for one in before) - sum(len(one.wordings) for one in after)
