"""Frames from text for tests: as the pipeline and the reader make them, with the classifier's guess given, so that nothing is
learned; or with the kind itself given, so that no rule decides either."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, Callable

from bot.nlu.hearing import hearer
from bot.understanding.frame import Frame
from bot.understanding.reader import Heard, Reader


@lru_cache(maxsize=1)
def _hear() -> Callable[[str, str], Heard]:
    return hearer()


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The reader of the project's own cues and rules."""
    return Reader()


def read(text: str, kind: str = "can_use", second: str = "", **heard: object) -> Frame:
    """The frame of a text guessed to be of a kind; `second` is a second guess as likely as the first."""
    found = _hear()(kind, text)
    if second:
        found = replace(found, ranking=[(kind, 0.5), (second, 0.5)], tied=True)
    return reader().read(replace(found, **heard))  # type: ignore[arg-type]


def frame(text: str, kind: str = "", **fields: Any) -> Frame:
    """The frame of a text that is known to be of a kind, with further fields."""
    return replace(read(text), **{"kind": kind, "intent": kind, "rules": (), **fields})
