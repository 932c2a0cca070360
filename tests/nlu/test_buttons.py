"""A button sends its own question as text, so every such question must be understood as what it asks."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any

import pytest
from rich.console import Console

from bot.phrases import phrases
from bot.rasa.training import ensure_model
from bot.settings import settings
from bot.understanding.frame import SURE, frames_of

SUBJECTS = {
    "for_concern": {"subject": "dark spots", "subjects": "dark spots", "name": "dark spots"},
    "cause": {"subject": "dark spots", "subjects": "dark spots", "name": "dark spots"},
    "percent": {"subject": "niacinamide", "subjects": "niacinamide", "name": "niacinamide"},
    "difference": {"subject": "a toner", "subjects": "toner and essence", "name": "toner"},
    "better": {"subject": "a toner", "subjects": "toner and essence", "name": "toner"},
}
USUAL = {"subject": "a toner", "subjects": "toner", "name": "toner"}
QUESTIONS = sorted(key for key in phrases().keys if key.startswith("question_"))


@lru_cache(maxsize=1)
def processor() -> Any:
    """The current model, as the server loads it."""
    from rasa.core.agent import load_agent

    model = ensure_model(settings().models, Console(stderr=True))
    return asyncio.run(load_agent(model_path=str(model))).processor


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_button_is_understood_as_its_question(name: str) -> None:
    from rasa.core.channels.channel import UserMessage

    kind = name.removeprefix("question_").removesuffix("_general")
    message = UserMessage(phrases().say(name, **SUBJECTS.get(kind, USUAL)))
    parsed = asyncio.run(processor().parse_message(message))
    frame = frames_of(parsed)[0]
    assert frame.kind == kind and frame.band == SURE, parsed["intent_ranking"][:3]
