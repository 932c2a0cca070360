"""Real people's questions over REST: each reply must say what a right answer says and nothing that is wrong."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from bot.paths import ROOT
from tests.conftest import Assistant

QUESTIONS = ROOT / "tests" / "questions" / "dev.jsonl"
LEAST_IN_ALL = 0.92
LEAST_IN_A_GROUP = 0.75
LEAST_OUT_OF_SCOPE = 0.90


def is_right(question: dict[str, Any], reply: str) -> bool:
    """True when the reply holds one of the expected wordings and none of the forbidden ones."""
    found = any(re.search(pattern, reply, re.I) for pattern in question["expect_any"])
    return found and not any(re.search(pattern, reply, re.I) for pattern in question["expect_none"])


def test_real_questions_are_answered_right(server: str) -> None:
    questions = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    groups: dict[str, list[bool]] = defaultdict(list)
    wrong = []
    for question in questions:
        reply = Assistant(server).text(question["text"])
        groups[question["group"]].append(is_right(question, reply))
        if not groups[question["group"]][-1]:
            wrong.append(f"{question['id']}: {question['text']}\n    {reply}")
    results = [right for group in groups.values() for right in group]
    table = "\n".join(f"{name:24} {sum(group):3} of {len(group):3}" for name, group in sorted(groups.items()))
    print(f"\n{table}\n{'in all':24} {sum(results):3} of {len(results):3}\n")
    told = "\n".join(wrong)
    assert sum(results) / len(results) >= LEAST_IN_ALL, told
    for name, group in groups.items():
        least = LEAST_OUT_OF_SCOPE if name == "out_of_scope" else LEAST_IN_A_GROUP
        assert sum(group) / len(group) >= least, f"{name}:\n{told}"
