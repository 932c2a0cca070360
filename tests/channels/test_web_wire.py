"""The shapes that travel between browser and server."""

from __future__ import annotations

from datetime import datetime, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from bot.channels import web_archive
from bot.channels import web_wire as wire
from bot.store.plans import tokens_in
from bot.support.handoff import Author

WHEN = 1_790_000_000.123456
ID = wire.bot_id(WHEN)


def user(text: str, message_id: str = "q1", when: float = WHEN, **metadata: Any) -> dict[str, Any]:
    """A user's event as Rasa keeps it."""
    return {"event": "user", "text": text, "timestamp": when, "message_id": message_id, "metadata": metadata}


def bot(text: str | None, when: float = WHEN, **data: Any) -> dict[str, Any]:
    """A bot's event as Rasa keeps it."""
    return {"event": "bot", "text": text, "timestamp": when, "data": {"buttons": None, "custom": None, **data}}


def test_a_bot_messages_id_gives_back_its_moment() -> None:
    assert wire.bot_moment(ID) == pytest.approx(WHEN, abs=1e-6)
    assert wire.bot_id(WHEN + 2e-6) != ID
    for other in (None, 5, "b", "bxyz", "q1", "b" + "f" * 17, [ID]):
        assert wire.bot_moment(other) is None


@pytest.mark.parametrize("raw", [None, 5, "", "a b", "x" * 65, "é", ["a"], "a\n"])
def test_unusable_client_ids_are_none(raw: Any) -> None:
    assert wire.client_id(raw) is None


def test_history_tells_who_said_what_to_what() -> None:
    button = {"title": "Yes", "payload": "yes"}
    events = [user("hello"), bot("hi", buttons=[button]), bot(None, image="/plans/a.png"), user("bye", "q2"), bot("bye")]
    messages = wire.history(events, {ID: "up"})
    assert [(message["from"], message["text"]) for message in messages] == [
        ("user", "hello"), ("bot", "hi"), ("bot", ""), ("user", "bye"), ("bot", "bye"),
    ]  # fmt: skip
    assert messages[1]["quick_replies"] == [{"content_type": "text", **button}]
    assert messages[1]["feedback"] == "up"
    assert messages[2]["image"] == "/plans/a.png"
    assert [message.get("reply_to") for message in messages] == [None, "q1", "q1", None, "q2"]


def test_history_begins_with_the_last_restart() -> None:
    events = [user("hello"), bot("hi"), user("/start_over", "r1", restarted=True), bot("afresh")]
    assert [(message["from"], message["text"]) for message in wire.history(events, {})] == [("bot", "afresh")]


def test_a_full_page_says_that_there_is_more_unless_it_was_begun_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_archive, "MOST_MESSAGES", 2)
    line: Any = SimpleNamespace(author=Author.CUSTOMER, key="customer:c1", at=datetime.fromtimestamp(WHEN - 60, timezone.utc), text="to Mia", data={})
    full = [user("hello"), bot("hi", WHEN + 1)]
    messages, more = web_archive._page(full, {}, [line])
    assert more and [one["text"] for one in messages] == ["hello", "hi"]  # what was said to Mia stands on an older page
    assert [one["text"] for one in web_archive._page(full[:1], {}, [line])[0]] == ["to Mia", "hello"]
    assert not web_archive._page([user("/start_over", "r1", restarted=True), *full[1:]], {}, [])[1]


def test_history_shows_what_was_typed_and_no_intent() -> None:
    events = [user("/refuse_no_words", typed="?!"), user("/EXTERNAL: reminder"), bot("hi")]
    assert [message["text"] for message in wire.history(events, {})] == ["?!", "hi"]


def test_a_message_for_our_widget_is_one_and_for_rasas_its_parts() -> None:
    said = {"text": "One.\n\nTwo.", "buttons": [{"title": "Yes", "payload": "yes"}], "image": "/a.png", "custom": {"body": "x"}}
    message = wire.bot_message(said, WHEN)
    live = wire.live(message, "q1")
    assert (live["id"], live["reply_to"], live["text"], live["custom"]) == (ID, "q1", said["text"], said["custom"])
    picture = {"type": "image", "payload": {"src": "/a.png"}}
    assert live["attachment"] == picture
    replies = [{"content_type": "text", "title": "Yes", "payload": "yes"}]
    assert wire.as_rasa(message) == [{"text": "One."}, {"text": "Two.", "quick_replies": replies}, {"attachment": picture}]


def test_what_was_typed_is_shown_without_controls() -> None:
    assert wire.without_controls(" ?\u202e!\x00 ") == "?!"
    assert len(wire.without_controls("?" * 2000)) == wire.LONGEST_TYPED


def test_the_plans_of_a_conversation_are_found() -> None:
    custom = {"image": {"src": "/plans/abc_-1.png"}, "files": [{"title": "week", "href": "/plans/def.ics"}]}
    events = [user("/plans/mine.png"), bot("hi", custom=custom), bot("no plans")]
    assert tokens_in(events) == {"abc_-1", "def"}
