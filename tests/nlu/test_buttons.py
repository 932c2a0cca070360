"""A button sends its own question as text, so every such question must be understood as what it asks."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any

import pytest
import yaml
from rich.console import Console

from actions.kinds import SHARED_INTENTS
from bot.paths import ROOT
from bot.rasa.training import ensure_model
from bot.settings import settings

RESPONSES = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
SUBJECTS = {
    "for_concern": {"subject": "dark spots", "subjects": "dark spots", "name": "dark spots"},
    "cause": {"subject": "dark spots", "subjects": "dark spots", "name": "dark spots"},
    "percent": {"subject": "niacinamide", "subjects": "niacinamide", "name": "niacinamide"},
    "difference": {"subject": "a toner", "subjects": "toner and essence", "name": "toner"},
    "better": {"subject": "a toner", "subjects": "toner and essence", "name": "toner"},
}
USUAL = {"subject": "a toner", "subjects": "toner", "name": "toner"}
QUESTIONS = [
    (name, response[0]["text"]) for name, response in RESPONSES.items() if name.startswith("utter_question_")
]


@lru_cache(maxsize=1)
def processor() -> Any:
    """The current model, as the server loads it."""
    from rasa.core.agent import load_agent

    model = ensure_model(settings().models, Console(stderr=True))
    return asyncio.run(load_agent(model_path=str(model))).processor


@pytest.mark.parametrize(("name", "text"), QUESTIONS)
def test_a_button_is_understood_as_its_question(name: str, text: str) -> None:
    from rasa.core.channels.channel import UserMessage

    kind = name[len("utter_question_") :].removesuffix("_general")
    message = UserMessage(text.format_map(SUBJECTS.get(kind, USUAL)))
    parsed = asyncio.run(processor().parse_message(message))
    assert parsed["intent"]["name"] in (kind, SHARED_INTENTS.get(kind, f"ask_{kind}")), parsed["intent_ranking"][:3]
