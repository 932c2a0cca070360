"""Entities of messages as people write them: found with their ids and roles, and nothing found that is not there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.subjects import SubjectExtractor

MESSAGES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "entities.yml").read_text(encoding="utf-8"))
# What is read from context has tests of its own.
NOT_LISTED = frozenset({"term", "duration", "country", "condition"})
LEAST_MESSAGES = 300
LEAST_F1 = 0.97


@pytest.fixture(scope="module")
def extractor() -> SubjectExtractor:
    return SubjectExtractor(SubjectExtractor.get_default_config())


def found(extractor: SubjectExtractor, text: str) -> Counter[str]:
    """Entities of a message as label:id, with the role where there is one."""
    message = extractor.process([Message({TEXT: text})])[0]
    return Counter(
        f"{one['entity']}:{one['value']}" + (f"/{one['role']}" if one.get("role") else "")
        for one in message.get(ENTITIES)
        if one["entity"] not in NOT_LISTED
    )


def test_entities_are_found_with_ids_and_roles(extractor: SubjectExtractor) -> None:
    right = too_many = missed = 0
    told = []
    for text, labels in MESSAGES.items():
        expected, got = Counter(labels), found(extractor, text)
        right += sum((expected & got).values())
        too_many += sum((got - expected).values())
        missed += sum((expected - got).values())
        if expected != got:
            told.append(f"{text}\n    missed {dict(expected - got)}, too many {dict(got - expected)}")
    f1 = 2 * right / (2 * right + too_many + missed)
    print(f"\n{len(MESSAGES)} messages, {right + missed} entities: F1 {f1:.4f}, {too_many} too many, {missed} missed")
    assert len(MESSAGES) >= LEAST_MESSAGES
    assert f1 >= LEAST_F1, "\n".join(told)
