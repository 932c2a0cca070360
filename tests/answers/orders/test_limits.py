"""Guesses from one network address count together, whatever conversations they come from; a channel that knows the address says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.support.asking import ADDRESS
from tests.answers.orders.conftest import Chat, NewChat
from tests.support.conformance import EMAIL


@pytest.fixture
def one_address() -> Iterator[None]:
    """Everything comes from one address."""
    token = ADDRESS.set("203.0.113.9")
    yield
    ADDRESS.reset(token)


@pytest.mark.usefixtures("one_address")
def test_conversations_of_one_address_share_their_tries(new_chat: NewChat) -> None:
    chat = new_chat(lines={"  home: [US]": "  tries: {address: 3}\n  home: [US]"})
    replies = [
        Chat(chat.resources, chat._extractor, sender=f"c{guess}").say(f"where is my order KB-{3000 + guess}, {guess}@example.com", "order_status")
        for guess in range(5)
    ]
    assert ["too many tries" in one for one in replies] == [False, False, False, True, True]
    late = Chat(chat.resources, chat._extractor, sender="late").say(f"where is my order KB-2001, {EMAIL}", "order_status")
    assert "too many tries" in late and "KB-2001" not in late
