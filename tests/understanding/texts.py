"""Frames from text for tests, as the pipeline and the reader make them, with the kind of question given: nothing is learned
and no rule decides."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.rules.knowledge import Knowledge, load
from bot.settings import settings
from bot.understanding.frame import Frame
from tests.understanding.reading import read


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The project's knowledge."""
    return load(settings().knowledge)


def frame(text: str, kind: str = "", **fields: Any) -> Frame:
    """The frame of a text that is known to be of a kind, with further fields."""
    return replace(replace(read(text), kind=kind, intent=kind, rules=()), **fields)
