"""What is kept for review of real messages: read, masked, hidden where it may tell of skin or health, and erased with whoever wrote it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.database import Database
from bot.store.privacy import Privacy
from bot.store.review_models import ReviewTurn
from bot.store.reviews import Looking, Reviewed, Wanted
from tests.conftest import Assistant


class Kept:
    """What the server keeps of an assistant's conversation."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder / 'shop.sqlite'}")
        self.looking = Looking(self.database)

    def of(self, sender: str) -> list[Reviewed]:
        """The turns of a conversation, oldest first."""
        with self.database.session() as session:
            numbers = set(session.execute(select(ReviewTurn.id).where(ReviewTurn.sender == sender)).scalars())
        return sorted((one for one in self.looking.turns(Wanted(), 10_000) if one.id in numbers), key=lambda one: one.id)


@pytest.fixture
def kept(server: str, server_folder: Path) -> Iterator[Kept]:
    """What the running server keeps."""
    found = Kept(server_folder / "var")
    yield found
    found.database.dispose()


def said(assistant: Assistant, kept: Kept, *messages: str) -> list[Reviewed]:
    """What is kept of these messages, which is written beside the answers."""
    for message in messages:
        assistant.say(message)
    deadline = time.monotonic() + 20
    while len(found := kept.of(f"rest:{assistant.sender}")) < len(messages) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found


def test_what_came_of_each_message(assistant: Assistant, kept: Kept) -> None:
    found = said(assistant, kept, "can I use retinol with vitamin C", "do you sell gift cards", "asdf qwer zxcv", "what's your wifi password")
    assert [one.outcome for one in found] == ["answered", "unsaid", "lost", "beyond"]
    first, gifts, lost, _ = found
    assert (first.kind, first.channel, first.band, first.sight) == ("together", "rest", "sure", "open")
    assert first.subjects == ["ingredient:retinol", "ingredient:ascorbic_acid"] and "different times of day" in first.answer
    assert gifts.topic == "gift cards" and lost.band == "lost" and "didn't quite understand" in lost.answer


def test_nothing_tells_who_wrote(assistant: Assistant, kept: Kept) -> None:
    found = said(assistant, kept, "my order is 10432 and my mail is sofia@example.com", "hello, do you ship to 12 Hill Street? call +1 555 010 4321")
    everything = " ".join(f"{one.text} {one.answer}" for one in found)
    assert found and not any(part in everything for part in ("10432", "sofia", "example.com", "Hill", "4321", "010"))


def test_skin_and_health_are_not_kept_and_no_answer_repeats_them(assistant: Assistant, kept: Kept) -> None:
    found = said(assistant, kept, "what does niacinamide do", "I am pregnant, can I use retinol?", "my eczema flares up", "what does snail mucin do")
    assert [(one.sight, bool(one.text), bool(one.answer)) for one in found] == [
        ("open", True, True), ("health", False, False), ("health", False, False), ("open", True, False),
    ]  # fmt: skip
    assert not any("pregnan" in one.text + one.answer or "eczema" in one.text + one.answer for one in found)


def test_a_red_flag_is_marked_without_its_words(assistant: Assistant, kept: Kept) -> None:
    (found,) = said(assistant, kept, "my lips are swelling and I can't breathe after the cream")
    assert found.red_flag and not found.text


def test_a_message_is_kept_once_and_goes_with_whoever_wrote_it(assistant: Assistant, kept: Kept, server_folder: Path) -> None:
    found = said(assistant, kept, "do you have a podcast")
    assert len(found) == 1
    privacy = Privacy(f"sqlite:///{server_folder / 'var' / 'conversations.sqlite'}", kept.database.url)
    privacy.erase(f"rest:{assistant.sender}")
    privacy.dispose()
    assert kept.of(f"rest:{assistant.sender}") == []
    assistant.say("do you have a podcast")
    assistant.say("forget me")
    time.sleep(1)
    assert kept.of(f"rest:{assistant.sender}") == []
