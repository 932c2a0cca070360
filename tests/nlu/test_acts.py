"""What short messages do in a talk, read by the trained model in words that no example has."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.core.agent import Agent
from rich.console import Console

from bot.rasa.training import ensure_model
from bot.settings import settings
from bot.understanding.acts import examples
from bot.understanding.frame import Frame, frames_of

TOLD = yaml.safe_load((Path(__file__).parent / "acts.yml").read_text(encoding="utf-8"))
NONE = "none"
LEAST_RIGHT, MOST_WRONG, MOST_CERTAIN = 0.6, 0.2, 0.05
"""Shares: of the acts heard rightly, of those heard as another, and of questions that stand by themselves heard as one for certain."""


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(ensure_model(settings().models, Console(quiet=True))))


def read(agent: Agent, text: str) -> Frame:
    parsed: dict[str, Any] = asyncio.run(agent.parse_message(text))
    return frames_of(parsed)[0]


def test_no_message_is_an_example() -> None:
    known = {text.lower() for texts in examples().values() for text in texts}
    assert not known & {text.lower() for texts in TOLD.values() for text in texts}
    assert {*TOLD} - {NONE} <= {*examples()}


def test_most_acts_are_heard(agent: Agent) -> None:
    heard = [(name, text, [one.name for one in read(agent, text).acts]) for name, texts in TOLD.items() if name != NONE for text in texts]
    missed = [one for one in heard if one[0] not in one[2]]
    mistaken = [one for one in missed if one[2]]
    assert len(missed) <= (1 - LEAST_RIGHT) * len(heard), missed
    assert len(mistaken) <= MOST_WRONG * len(heard), mistaken


def test_what_stands_by_itself_is_none_for_certain(agent: Agent) -> None:
    taken = [text for text in TOLD[NONE] if any(act.certain for act in read(agent, text).acts)]
    assert len(taken) <= MOST_CERTAIN * len(TOLD[NONE]), taken
