"""How the assistant understood a message, for the staff to see beside it: from the frames that its parse data keeps."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Mapping

from bot.understanding.frame import FRAMES, LOST, UNSURE, Frame, frames_of

logger = logging.getLogger(__name__)
BANDS = {UNSURE: "unsure", LOST: "not understood"}
ROLES = {"used": "uses", "negated": "not", "excepted": "except", "allergic": "allergic to", "replaced": "instead of"}


@dataclass(frozen=True)
class Reading:
    """One question of a message as it was understood.

    Attributes:
        kind: the kind of question, in words.
        intent, confidence: the classifier's guess and how sure it was, in percent.
        doubt: "unsure", "not understood", or empty.
        subjects: what it names.
        rules: the rules that fired, by name.
        runner_up: what else it may have been, in words.
        unknown: words that nobody knows.
    """

    kind: str
    intent: str = ""
    confidence: int = 0
    doubt: str = ""
    subjects: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    runner_up: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        """In one line."""
        return " · ".join(filter(None, (self.kind, ", ".join(self.subjects), self.doubt)))


def readings(reading: Mapping[str, Any]) -> tuple[Reading, ...]:
    """What is kept of how a message was read, question by question where its frames are kept; empty where nothing was read."""
    try:
        frames = reading.get(FRAMES)
        return tuple(map(_reading, frames_of({FRAMES: frames}))) if frames else _in_short(reading)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        logger.warning("how a message was read cannot be shown, another version kept it: %s", error)
        return ()


def _in_short(reading: Mapping[str, Any]) -> tuple[Reading, ...]:
    """A message that was read while a person had the talk: of it no frames are kept."""
    intent = str(reading.get("intent") or "")
    if not intent:
        return ()
    subjects = tuple(_words(str(one)) for one in reading.get("subjects") or ())
    rules = tuple(str(one) for one in reading.get("rules") or ())
    confidence = round(float(reading.get("confidence") or 0) * 100)
    return (Reading(_words(str(reading.get("kind") or intent)), intent, confidence, subjects=subjects, rules=rules),)


def _reading(frame: Frame) -> Reading:
    kind, rules = frame.kind or frame.intent, frame.rules
    return Reading(
        kind=_words(kind), intent=frame.intent, confidence=round(frame.confidence * 100), doubt=BANDS.get(frame.band, ""),
        subjects=tuple(dict.fromkeys(_subject(one.role, one.id or one.text) for one in frame.mentions)),
        rules=rules, runner_up=_words(frame.runner_up), unknown=frame.unknown,
    )


def _subject(role: str, name: str) -> str:
    return " ".join(filter(None, (ROLES.get(role, ""), _words(name))))


def _words(name: str) -> str:
    return name.removeprefix("ask_").replace("_", " ")
