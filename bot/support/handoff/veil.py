"""Hides from the staff what is, or may be, about a customer's skin or health, as long as the customer has not agreed."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Mapping

from bot.phrases import phrases
from bot.support.handoff.owner import Author
from bot.support.handoff.records import PICTURE, Line
from bot.understanding.frame import FRAMES, Frame, frames_of
from bot.understanding.health import answers_openly, is_open

logger = logging.getLogger(__name__)
HIDDEN = "hidden"
WORDLESS = "refuse_no_words"
"""The intent of a message without words."""


def veiled(lines: Iterable[Line], begun_before: bool = False) -> list[Line]:
    """The lines, with a notice in place of those that are hidden. What the customer writes to a person, what the staff write and
    what is said by itself is never hidden.

    Args:
        lines: a whole thread, oldest first.
        begun_before: whether it began before these lines, so that more may have been told.
    """
    marked = list(_marked(lines, begun_before))
    shown: list[Line] = []
    for hidden, run in groupby(marked, key=lambda pair: pair[0]):
        found = [line for _, line in run]
        shown += [_notice(found)] if hidden else found
    return shown


def is_veiled(lines: Iterable[Line]) -> bool:
    """Whether anything of a thread that `veiled` gave is hidden."""
    return any(line.data.get("notice") == HIDDEN for line in lines)


def _marked(lines: Iterable[Line], told: bool) -> Iterable[tuple[bool, Line]]:
    """Whether each line is hidden. The assistant's answers may repeat what was told before, unless they are about the shop. A picture
    without words is of what the customer says next."""
    answer_hidden = told
    thread = list(lines)
    for place, line in enumerate(thread):
        if line.number or line.author not in (Author.CUSTOMER, Author.ASSISTANT):
            yield False, line
        elif _is_wordless_picture(line):
            answer_hidden = not _says_openly(thread[place + 1 :])
            yield answer_hidden, line
        elif line.author is Author.CUSTOMER:
            frames = _frames(line.reading)
            opens = _opens(frames)
            told = told or not opens
            answer_hidden = not opens or (told and not all(map(answers_openly, frames)))
            yield not opens, line
        else:
            yield answer_hidden, line


def _is_wordless_picture(line: Line) -> bool:
    return line.author is Author.CUSTOMER and bool(line.data.get(PICTURE)) and line.reading.get("intent") == WORDLESS


def _says_openly(after: Iterable[Line]) -> bool:
    """Whether the next words that the customer said to the assistant tell nothing of them; False where none came."""
    words = (line for line in after if line.author is Author.CUSTOMER and not line.number and not _is_wordless_picture(line))
    following = next(words, None)
    return following is not None and _opens(_frames(following.reading))


def _opens(frames: list[Frame]) -> bool:
    return bool(frames) and all(map(is_open, frames))


def _frames(reading: Mapping[str, Any]) -> list[Frame]:
    """The frames of a message; none where they cannot be read, so that it is hidden."""
    try:
        return frames_of({FRAMES: reading[FRAMES]}) if reading.get(FRAMES) else []
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        logger.warning("a message is hidden, another version kept how it was read: %s", error)
        return []


def _notice(hidden: list[Line]) -> Line:
    """What stands in place of hidden lines."""
    first = hidden[0]
    key = "handoff_hidden" if len(hidden) > 1 else "handoff_hidden_one"
    text = phrases().say(key, count=str(len(hidden)))
    return Line(id=first.id, author=Author.NOTICE, text=text, at=first.at, conversation=first.conversation, data={"notice": HIDDEN}, delivered_at=first.at)
