"""Whole conversations over REST: each file of `conversations/` tells what is said and what the reply must hold.

`page` is the handle of the product on whose page a message was written.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Assistant

FOLDER = Path(__file__).parent / "conversations"
CONVERSATIONS = [
    (path.stem, name, turns)
    for path in sorted(FOLDER.glob("*.yml"))
    for name, turns in yaml.safe_load(path.read_text(encoding="utf-8")).items()
]


@pytest.mark.parametrize(("topic", "name", "turns"), CONVERSATIONS, ids=[f"{c[0]}-{c[1]}" for c in CONVERSATIONS])
def test_conversation(topic: str, name: str, turns: list[dict[str, Any]], assistant: Assistant) -> None:
    for turn in turns:
        check_reply(turn, assistant.text(turn["user"], turn.get("page")))


def check_reply(turn: dict[str, Any], reply: str) -> None:
    """Every pattern under `bot` must be in the reply, none of those under `never` may be."""
    for wanted in _list(turn.get("bot")):
        assert re.search(wanted, reply, re.I), f"{turn['user']!r} should give {wanted!r}: {reply}"
    for unwanted in _list(turn.get("never")):
        assert not re.search(unwanted, reply, re.I), f"{turn['user']!r} must not give {unwanted!r}: {reply}"


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []
