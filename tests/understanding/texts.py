"""Frames from text for tests: subjects by the gazetteer, cues and roles by the patterns, with nothing learned."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from bot.nlu import numbers
from bot.nlu.pipeline import SubjectFinder
from bot.nlu.plain import written_out
from bot.nlu.vocabulary import signs, wordings
from bot.paths import DATA
from bot.rules.knowledge import Knowledge, load
from bot.settings import settings
from bot.understanding.cues import CueFinder
from bot.understanding.frame import Frame, Mention, Quantity
from bot.understanding.plain import Spoken, words


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The project's knowledge."""
    return load(settings().knowledge)


@lru_cache(maxsize=1)
def _finder() -> SubjectFinder:
    return SubjectFinder(wordings(knowledge()), signs(knowledge()))


@lru_cache(maxsize=1)
def _cues() -> CueFinder:
    return CueFinder.load(DATA / "understanding")


def frame(text: str, kind: str = "", **fields: Any) -> Frame:
    """The frame of a text as far as its words tell, with further fields."""
    doc = _finder()(text)
    roles, denied = doc.user_data["roles"], doc.user_data["denied"]
    found = [
        Mention(span.label_, span.id_, span.text, span.start_char, span.end_char, roles.get(span.start, ""))
        for span in doc.spans["subjects"]
    ]
    found += [
        Mention("safety", span.id_, span.text, span.start_char, span.end_char, "negated" if span.start in denied else "")
        for span in doc.spans["safety"]
    ]
    found.sort(key=lambda one: one.start)
    tokens = [
        Spoken(token.lower_, written_out(mended.text), token.idx)
        for token, mended in zip(doc, doc.user_data["mended"])
        if not token.is_space
    ]
    said = words(tokens, found, 0, len(text))
    cues = _cues().find(said)
    mentions = tuple(replace(one, role=one.role or cues.roles.get(one, "")) for one in found)
    quantities = tuple(Quantity(one.label, one.value, one.role or "") for one in numbers.find(text))
    plain = tuple(word.norm for word in said if any(map(str.isalnum, word.norm)))
    made = Frame(text, words=plain, kind=kind, intent=kind, mentions=mentions, quantities=quantities, cues=cues.cues)
    return replace(made, **fields)
