"""What a short message does in a talk, in whatever words: it asks to choose one, for another, why; it bargains, doubts, only tells.

Cues know such messages by their words (`data/understanding/_cues_follow_ups.yml`); these are learned from the examples of
`data/understanding/_acts.yml` by `bot.nlu.acts`, and count as the cues of the same names, so that nothing else need know of them.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Dict, List

import yaml

from bot.paths import DATA
from bot.understanding.frame import ASKED_ABOUT, NEEDS, SURE, Frame, Meant
from bot.understanding.memory import Memory

FILE = DATA / "understanding" / "_acts.yml"
LEAST = 20
"""Fewer examples do not say what an act is."""
MOST_WORDS = 18
"""More words are a question of their own, whatever was said before."""
LIKELY, SURER, RATHER = 0.7, 0.8, 0.65
"""How likely an act must be beside a sure guess, how confident that may be, and how likely beside one that is not sure."""
GO_ON = frozenset({"source", "show_more"})
"""Kinds that go on from an answer themselves."""
OUT_OF_SCOPE = "out_of_scope"
"""Within a talk hardly anything is, however sure the classifier sounds: "does coffee do that?"."""
OF_ITS_OWN = frozenset({"may_be_the_cause", "what_now"})
"""Acts that mean something else than such a kind."""
OF_KIND = {"whole_plan": "plan_week"}
"""Acts that are a kind as well."""


class ActError(Exception):
    """The examples cannot be used; the message names the act and what is wrong."""


@lru_cache(maxsize=2)
def examples(path: Path = FILE) -> Dict[str, List[str]]:
    """How people do each act, by its name.

    Raises:
        ActError: when the file cannot be read, an act has too few examples, or one stands twice.
    """
    try:
        stored = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ActError(f"{path.name}: {error}") from error
    if not isinstance(stored, dict):
        raise ActError(f"{path.name}: give the examples of each act under its name")
    seen: Dict[str, str] = {}
    for name, texts in stored.items():
        if not isinstance(texts, list) or len(texts) < LEAST or not all(isinstance(text, str) for text in texts):
            raise ActError(f"{path.name}, {name}: give at least {LEAST} texts")
        for text in texts:
            if text.lower() in seen:
                raise ActError(f"{path.name}, {name}: {text!r} stands in {seen[text.lower()]} too")
            seen[text.lower()] = name
    return {str(name): list(texts) for name, texts in stored.items()}


def with_act(frame: Frame, memory: Memory) -> Frame:
    """The frame with the cue of what it does, where something was said before that it can go on from."""
    if not (memory.asked.kind or memory.shown.handle) or frame.story or len(frame.words) > MOST_WORDS:
        return frame
    acts = [act for act in frame.acts if act.name in OF_ITS_OWN] if frame.band == SURE and frame.kind in GO_ON else frame.acts
    cues = frozenset(act.name for act in acts if act.certain or _counts(act, frame))
    return replace(frame, cues=frame.cues | cues) if cues else frame


def _counts(act: Meant, frame: Frame) -> bool:
    """Whether an act that is not certain counts: where the classifier is sure of a kind, or a rule decided, one that says the same, or a
    likely one of a message that names nothing and of whose kind the classifier is less sure."""
    if (frame.band != SURE or frame.kind == OUT_OF_SCOPE) and not frame.rules:
        return act.confidence >= RATHER
    if OF_KIND.get(act.name) == frame.kind:
        return True
    names_nothing = not frame.of(*ASKED_ABOUT, *NEEDS, "product")
    return names_nothing and not frame.rules and act.confidence >= LIKELY and frame.confidence < SURER
