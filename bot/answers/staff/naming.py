"""Whether a message asks after somebody of the staff by name: "is Mina there?"."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Sequence

from bot.answers.resources import Resources
from bot.store.errors import StoreError
from bot.understanding.frame import Frame
from bot.understanding.said import plain
from bot.understanding.support import ASKS_AFTER, ASKS_FOR_NAMED, NAMES_STAFF

logger = logging.getLogger(__name__)
SHORTEST = 2
NO_NAMES = frozenset({"I", "OK"})
# Whoever asks for somebody says little else.
MOST_WORDS = 12


def with_staff_named(frame: Frame, resources: Resources) -> Frame:
    """The frame, with the cue `NAMES_STAFF` where it asks after somebody who is one of the staff by their name, or after
    anybody by what is written as a name."""
    if not frame.has(ASKS_AFTER, ASKS_FOR_NAMED):
        return frame
    subjects = {word for mention in frame.mentions for word in plain(mention.text)}
    said = [word for word in plain(frame.text) if word not in subjects]
    named = frame.has(ASKS_FOR_NAMED) and len(frame.words) <= MOST_WORDS and _writes_a_name(frame, subjects)
    if not named and not any(_stands(name, said) for name in _names(resources)):
        return frame
    return replace(frame, cues=frame.cues | {NAMES_STAFF})


def _names(resources: Resources) -> Sequence[str]:
    try:
        return resources.staff.place.names()
    except StoreError as error:
        logger.error("how the staff are called cannot be told: %s", error)
        return ()


def _stands(name: str, said: Sequence[str]) -> bool:
    """Whether somebody's name stands there, or the first part of it."""
    parts = plain(name)
    return bool(parts) and len(parts[0]) >= SHORTEST and parts[0] in said


def _writes_a_name(frame: Frame, subjects: set[str]) -> bool:
    """Whether a word behind the first is written like a name; in a message that is all in capitals none is."""
    words = [word.strip(",.!?;:\"'()") for word in frame.text.split()]
    if frame.text.isupper():
        return False
    names = [one for one in words[1:] if one[:1].isupper() and one[1:].islower() and one not in NO_NAMES]
    return any(not set(plain(one)) & subjects for one in names)
