"""Looks over a lessons' file that was written or brought along, as a lesson is that is taught at the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import AbstractSet, Optional

from bot.home.folder import LESSONS, HomeError
from bot.rules.knowledge import Knowledge
from bot.teaching.lessons import parsed
from bot.teaching.refusing import Known, plain_refusals


def lesson_mistakes(text: Optional[str], knowledge: Callable[[], Knowledge], kinds: Callable[[], AbstractSet[str]]) -> list[str]:
    """What is wrong with lessons, a line each: that the file cannot be read, or why a lesson would not be taught. What needs the meanings of
    wordings is not looked at.

    Args:
        text: the file's, None where there is none.
        knowledge, kinds: see `School`; asked for where there are lessons.
    """
    try:
        lessons = parsed(text)
    except HomeError as error:
        return [str(error)]
    if not lessons:
        return []
    known, meant = knowledge(), kinds()
    found = [(lesson.id, why) for lesson in lessons for why in plain_refusals(lesson, Known([one for one in lessons if one is not lesson], known, meant))]
    return [f"{LESSONS}, {name}: {why}" for name, why in found]
