"""Messages that no example was made from, read by the trained model: how well the examples do on people's own words."""

from __future__ import annotations

import asyncio
from pathlib import Path

import yaml
from rasa.core.agent import Agent
from rich.console import Console

from bot.rasa.training import ensure_model
from bot.settings import settings

FOLDER = Path(__file__).parent
LEAST_MESSAGES = 150
LEAST_RIGHT = 0.85


def blind_messages() -> list[tuple[str, set[str]]]:
    """Each message with the intents that are right for it."""
    groups = yaml.safe_load((FOLDER / "blind.yml").read_text(encoding="utf-8"))
    return [(text, set(names.split(" or "))) for names, texts in groups.items() for text in texts]


def test_blind_messages_are_understood() -> None:
    agent = Agent.load(str(ensure_model(settings().models, Console(quiet=True))))
    messages = blind_messages()
    loop = asyncio.new_event_loop()
    read = [loop.run_until_complete(agent.parse_message(text)) for text, _ in messages]
    loop.close()
    guesses = [found["intent_ranking"][0]["name"] for found in read]
    wrong = [f"{text}: {guess}" for (text, names), guess in zip(messages, guesses) if guess not in names]
    share = 1 - len(wrong) / len(messages)
    print(f"\n{len(messages)} blind messages, {share:.3f} understood")
    assert len(messages) >= LEAST_MESSAGES
    assert share >= LEAST_RIGHT, "\n".join(wrong)
