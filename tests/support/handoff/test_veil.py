"""Without the customer's consent the staff read nothing that is or may be about skin or health; with it, everything."""

from __future__ import annotations

from typing import Any, Optional

import pytest

from bot.store.database import Database
from bot.support.handoff import Conversations, Line
from tests.store.conftest import database, url
from tests.understanding.reading import read

__all__ = ["database", "url"]
ME = "web-me"


class Said:
    """What Rasa keeps of a conversation."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    def say(self, text: str, kind: str, reply: str, **heard: Any) -> None:
        """A message that was read as of a kind, and the assistant's answer."""
        parsed = {"intent": {"name": kind}, "frames": [read(text, kind, **heard).as_data()]}
        self._event("user", text, message_id=str(len(self.events)), parse_data=parsed)
        self._event("bot", reply)

    def _event(self, side: str, text: str, **more: Any) -> None:
        self.events.append({"event": side, "text": text, "timestamp": 1_700_000_000.0 + len(self.events), **more})

    def said(self, sender: str, most: Optional[int] = None) -> list[dict[str, Any]]:
        return self.events if most is None else self.events[-most:]


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def talks(database: Database, said: Said) -> Conversations:
    return Conversations(database, said)


def seen(talks: Conversations, most: int = 500) -> str:
    return " | ".join(f"{line.text} {line.data} {line.reading}" for line in talks.thread(ME, most))


@pytest.mark.parametrize(("text", "kind"), [
    ("I'm pregnant, is that fine?", "pregnancy"), ("my skin is oily", "tell_profile"), ("can I use retinol with my rosacea", "can_use"),
    ("I am allergic to nuts", "tell_profile"), ("i am 14", "age"), ("my daughter uses it", "can_use"), ("it burns since yesterday", "report_reaction"),
    ("I already use tretinoin", "can_use"), ("what helps against acne", "for_concern"),
])
def test_what_tells_of_skin_or_health_is_hidden_with_its_answer(text: str, kind: str, talks: Conversations, said: Said) -> None:
    said.say("how long does delivery take", "delivery_time", "Three days.")
    said.say(text, kind, "Then you had better not.")
    said.say("which serum is good", "find_product", "For what you told me: this one.")
    said.say("how long does delivery take", "delivery_time", "Still three days.")
    shown = seen(talks)
    assert text not in shown and "better not" not in shown and "told me" not in shown and "hidden" in shown
    assert "Three days." in shown and "which serum" in shown and "Still three days." in shown


def test_what_was_not_understood_may_be_anything(talks: Conversations, said: Said) -> None:
    said.say("ezcema flarring", "lost", "I didn't understand.", band="lost")
    said.say("mina@example.com", "lost", "Thank you.", band="lost")
    shown = seen(talks)
    assert "ezcema" not in shown and "mina@example.com" in shown, "an address that was asked for tells nothing of the kind"


def test_a_message_of_another_version_is_hidden(talks: Conversations, said: Said) -> None:
    said.events.append({"event": "user", "text": "secret", "timestamp": 1.0, "message_id": "1", "parse_data": {"frames": [{"mentions": [["x"]]}]}})
    said.events.append({"event": "user", "text": "secret too", "timestamp": 2.0, "message_id": "2", "parse_data": {}})
    assert "secret" not in seen(talks)


def test_general_questions_are_open(talks: Conversations, said: Said) -> None:
    said.say("can i use retinol with vitamin c", "together", "At different times.")
    assert "At different times." in seen(talks) and not talks.hides(ME)


def test_what_was_told_before_the_lines_that_are_shown_counts(talks: Conversations, said: Said) -> None:
    said.say("I'm pregnant", "tell_profile", "Noted.")
    said.say("can i use retinol with vitamin c", "together", "Not while pregnant.")
    assert "Not while" not in seen(talks, most=2)


def test_with_consent_all_is_read_until_a_person_is_asked_for_again(talks: Conversations, said: Said) -> None:
    said.say("I'm pregnant", "tell_profile", "Noted.")
    talks.ask_for_person(ME, "web", "asked", held=["pregnant"])
    talks.heard(ME, "and my skin burns", "1")
    assert "Noted" not in seen(talks) and "my skin burns" in seen(talks), "what is written to a person is theirs to read"
    assert talks.agree(ME) and not talks.agree(ME)
    assert "Noted" in seen(talks) and "I'm pregnant" in seen(talks) and not talks.hides(ME)
    talks.back(ME)
    talks.ask_for_person(ME, "web", "asked")
    assert "Noted" not in seen(talks) and talks.hides(ME)


def test_a_message_that_was_left_can_be_shown_too(talks: Conversations, said: Said) -> None:
    from bot.support.handoff import Summary

    said.say("my skin is oily", "tell_profile", "Noted.")
    talks.leave_message(ME, "web", "asked", Summary(wish="call me"), held=["oily skin"])
    assert talks.agree(ME) and "Noted" in seen(talks)
    talk = talks.leave_message(ME, "web", "asked", Summary(wish="call me"), "mina@example.com")
    assert talk.summary.person == ("oily skin",) and "Noted" in seen(talks), "the address that follows takes no consent back"


def test_a_picture_without_words_is_of_what_is_said_next(talks: Conversations, said: Said) -> None:
    def sent(name: str) -> None:
        parsed = {"intent": {"name": "refuse_no_words"}, "frames": []}
        said._event("user", "/refuse_no_words", message_id=name, parse_data=parsed, metadata={"picture": name, "typed": "Picture"})
        said._event("bot", "What is it about?")

    said.say("I'm pregnant", "tell_profile", "Noted.")
    sent("first")
    assert "first" not in seen(talks), "nobody said what it shows"
    sent("second")
    said.say("how long does delivery take", "delivery_time", "Three days.")
    assert "first" in seen(talks) and "second" in seen(talks) and "pregnant" not in seen(talks)
    sent("third")
    said.say("my skin is oily", "tell_profile", "Noted.")
    assert "third" not in seen(talks) and talks.hides(ME)
    talks.ask_for_person(ME, "web", "asked")
    talks.agree(ME)
    assert "third" in seen(talks)


def test_lines_without_number_only_are_of_the_assistants_part(talks: Conversations) -> None:
    talks.ask_for_person(ME, "web", "asked")
    talks.heard(ME, "my rosacea is bad", "1")
    lines: list[Line] = talks.thread(ME)
    assert [line.text for line in lines] == ["my rosacea is bad"]
