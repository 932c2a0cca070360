"""Questions in six languages, asked of the running assistant, are answered in their own."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List

import pytest
import yaml

from bot.phrases import phrases
from tests.conftest import Assistant

FILE = Path(__file__).parents[1] / "nlu" / "languages.yml"
QUESTIONS: Dict[str, List[str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
FEWEST_RIGHT = 28 / 30


@pytest.mark.parametrize("code", sorted(QUESTIONS))
def test_questions_are_answered_in_their_own_language(code: str, assistant: Assistant) -> None:
    own = phrases(code).say("language")
    missed = {text: reply for text in QUESTIONS[code] if own not in (reply := assistant.text(text))}
    assert len(QUESTIONS[code]) - len(missed) >= FEWEST_RIGHT * len(QUESTIONS[code]), missed
