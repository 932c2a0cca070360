"""The training examples: enough of them, each in one place, none taken from the questions kept for checking."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest
import yaml

from bot.paths import DATA, ROOT

LEAST_INTENTS = 45
LEAST_EXAMPLES = 25
FILES = sorted((DATA / "nlu").glob("*.yml"))


def examples(intent: str) -> list[str]:
    """The examples of one intent, as written."""
    content = yaml.safe_load((DATA / "nlu" / f"{intent}.yml").read_text(encoding="utf-8"))
    assert [entry["intent"] for entry in content["nlu"]] == [intent]
    return [line[2:].strip() for line in content["nlu"][0]["examples"].splitlines()]


def plain(text: str) -> str:
    """A text without case, punctuation and spacing."""
    return re.sub(r"\W+", " ", text.lower()).strip()


INTENTS = [path.stem for path in FILES]


def test_there_are_enough_intents() -> None:
    assert len(INTENTS) >= LEAST_INTENTS


@pytest.mark.parametrize("intent", INTENTS)
def test_an_intent_has_enough_different_examples(intent: str) -> None:
    assert len({plain(text) for text in examples(intent)}) >= LEAST_EXAMPLES


def test_no_text_stands_twice() -> None:
    counts = Counter(plain(text) for intent in INTENTS for text in examples(intent))
    assert [text for text, times in counts.items() if times > 1] == []


def test_no_example_is_a_question_kept_for_checking() -> None:
    kept = {
        plain(json.loads(line)["text"])
        for line in (ROOT / "tests" / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    }
    short = 12
    assert [t for i in INTENTS for t in map(plain, examples(i)) if t in kept and len(t) > short] == []
