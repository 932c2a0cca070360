"""Which situation a message tells of, read by the trained model in words that no example has."""

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
from bot.understanding.decisions_situations import CERTAIN, LIKELY
from bot.understanding.frame import Frame, frames_of
from bot.understanding.situations import examples

TOLD = yaml.safe_load((Path(__file__).parent / "situations.yml").read_text(encoding="utf-8"))
LEAST_RIGHT = 0.7


@pytest.fixture(scope="module")
def agent() -> Agent:
    return Agent.load(str(ensure_model(settings().models, Console(quiet=True))))


def read(agent: Agent, text: str) -> Frame:
    parsed: dict[str, Any] = asyncio.run(agent.parse_message(text))
    return frames_of(parsed)[0]


def test_no_message_is_an_example() -> None:
    known = {text.lower() for texts in examples().values() for text in texts}
    assert not known & {*TOLD["situations"], *TOLD["emergencies"]}
    assert {*TOLD["situations"].values(), *TOLD["emergencies"].values()} <= {*examples()}


def test_most_are_read_right(agent: Agent) -> None:
    first = {text: next(iter(read(agent, text).situations), None) for text in TOLD["situations"]}
    wrong = {text: one for text, one in first.items() if one is None or one.name != TOLD["situations"][text] or one.share < LIKELY}
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(first), wrong


def test_emergencies_are_heard(agent: Agent) -> None:
    """By their meaning or by a sign."""
    missed = [
        text for text, flag in TOLD["emergencies"].items()
        if (found := read(agent, text)).kind != "report_reaction" and flag not in [one.name for one in found.situations]
    ]
    assert not missed


def test_plain_questions_tell_of_none(agent: Agent) -> None:
    taken = {text: found for text in TOLD["none"] if (found := [one for one in read(agent, text).situations if one.share >= CERTAIN])}
    assert not taken
