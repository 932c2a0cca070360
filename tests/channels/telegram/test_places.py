"""Where a message stands and who wrote it: topics, albums, edits, names that are no person's, and what is no message at all."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

import pytest

from bot.channels.telegram.flooding import Flooding
from bot.channels.telegram.updates import Incoming, Kind, understand
from tests.channels.telegram.server import ServerProcess
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_state import BOT

NAME = str(BOT["username"])
ME: Any = BOT["id"]
TOPIC: dict[str, Any] = {"message_thread_id": 7, "is_topic_message": True}
PICTURES: dict[str, Any] = {"photo": [{"file_id": "p"}], "media_group_id": "a1"}
ANONYMOUS: dict[str, Any] = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}}
FORWARD: dict[str, Any] = {"from": {"id": 777000, "is_bot": False}, "is_automatic_forward": True}
SERVICE: list[dict[str, Any]] = [
    {"chat_background_set": {}}, {"connected_website": "x.example"}, {"users_shared": {}}, {"refunded_payment": {}},
    {"proximity_alert_triggered": {}}, {"suggested_post_approved": {}}, {"gift": {}}, {"unique_gift": {}}, {"chat_owner_left": {}},
]


def test_a_topic_gets_its_answers(peer: TelegramPeer, chat: int) -> None:
    """Reported of another: aiogram_dialog 259."""
    peer.state.topics[chat] = {7}
    peer.say(chat, "plan my week with retinol", **TOPIC)
    peer.until(lambda: [one.kind for one in peer.chat(chat)].count("document") == 1)
    said = peer.chat(chat)
    assert {one.kind for one in said} >= {"text", "photo"} and all(one.thread == 7 for one in said)
    peer.say(chat, "hello", **TOPIC)
    peer.until(lambda: len(peer.chat(chat)) == len(said) + 1)
    peer.press(chat, "Can I use an ampoule every day?")
    peer.until(lambda: len(peer.chat(chat)) > len(said) + 1)
    assert peer.chat(chat)[-1].thread == 7
    # A closed one takes nothing, so that the chat's general one gets it; pictures are dropped where they are not allowed.
    peer.state.closed_topics.add((chat, 7))
    peer.say(chat, "How long does delivery take?", **TOPIC)
    peer.until(lambda: "days" in peer.chat(chat)[-1].text)
    assert peer.chat(chat)[-1].thread is None
    peer.state.no_photos.add(chat)
    before = len(peer.chat(chat))
    peer.say(chat, "plan my week with retinol")
    peer.until(lambda: any(one.kind == "document" for one in peer.chat(chat)[before:]))
    assert not any(one.kind == "photo" for one in peer.chat(chat)[before:])


def test_nothing_is_answered_twice(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "What is a serum?", message_id=900_001)
    peer.wait(chat, 1)
    peer.say(chat, "What is a serum?", edited=True, message_id=900_001)
    for _ in range(3):
        peer.say(chat, None, **PICTURES)
    peer.wait(chat, 2)
    for content in SERVICE:
        peer.say(chat, None, **content)
    peer.say(chat, "What is an ampoule?", edited=True, message_id=900_001)
    assert "ampoule" in peer.wait(chat, 3)[2].text.lower()


def test_groups_and_channels_as_writers_are_answered(peer: TelegramPeer, chat: int) -> None:
    group = -chat
    peer.say(group, f"@{NAME} What is a serum?", sender_chat={"id": group, "type": "supergroup"}, **ANONYMOUS)
    assert "serum" in peer.wait(group, 1)[0].text.lower()
    peer.say(group, f"@{NAME} sale!", **FORWARD)
    # The name alone means the words that are answered.
    peer.say(group, f"@{NAME}", user_id=3, reply_to_message={"message_id": 1, "text": "What is an ampoule?", "from": {"id": 4}})
    assert "ampoule" in peer.wait(group, 2)[1].text.lower()


def test_reactions_are_votes_and_a_button_is_pressed_once(telegram_server: tuple[TelegramPeer, ServerProcess], chat: int) -> None:
    peer, process = telegram_server

    def votes() -> list[tuple[str, ...]]:
        with sqlite3.connect(process.folder / "var" / "shop.sqlite") as shop:
            return shop.execute("SELECT value FROM feedback WHERE sender = ?", (f"telegram:{chat}",)).fetchall()

    def thumb() -> str:
        with sqlite3.connect(process.folder / "var" / "shop.sqlite") as shop:
            found = shop.execute("SELECT thumb FROM review_turn WHERE sender = ?", (f"telegram:{chat}",)).fetchone()
            return str(found and found[0])

    peer.say(chat, "Can I use an ampoule every day?")
    answer = peer.wait(chat, 1)[0]
    peer.until(lambda: thumb() == "")
    peer.react(chat, answer.message_id, "👎")
    peer.until(lambda: votes() == [("down",)] and thumb() == "down")
    peer.react(chat, answer.message_id, "😢", "❤")
    peer.until(lambda: votes() == [("up",)] and thumb() == "up")
    peer.react(chat, answer.message_id)
    peer.until(lambda: votes() == [] and thumb() == "")
    peer.react(chat, 987_654, "👍")
    label = answer.labels()[0]
    for _ in range(3):
        peer.press(chat, label)
    peer.say(chat, "/start product_sold-out-for-good")
    gone = peer.wait(chat, 4)
    assert "not in the shop any more" in gone[-1].text and votes() == []


def test_who_floods_is_told_once(peer: TelegramPeer, chat: int) -> None:
    for place in range(30):
        peer.say(chat, f"hello {place}")
    peer.say(chat + 500_000, "hello")
    peer.until(lambda: any("a lot at once" in one.text for one in peer.chat(chat)))
    peer.wait(chat + 500_000, 1)
    time.sleep(0.5)
    said = [one.text for one in peer.chat(chat)]
    assert len(said) <= 12 and sum("a lot at once" in text for text in said) == 1
    # What was written long ago and only comes now did not come at once.
    assert not any(Flooding(30).is_too_much(Incoming(Kind.TEXT, chat_id=1, at=1_000 + 2 * place)) for place in range(30))


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"text": f"write to x@{NAME}.com"}, Kind.NOTHING, ""),
        ({"text": f"ask@{NAME} please"}, Kind.NOTHING, ""),
        ({"text": f"@{NAME}, is it fine?"}, Kind.TEXT, "is it fine?"),
        ({"text": "Glass is it fine?", "entities": [{"type": "text_mention", "offset": 0, "length": 5, "user": {"id": ME}}]}, Kind.TEXT, "Glass is it fine?"),
        ({"text": "/start\nproduct_x"}, Kind.COMMAND, "product_x"),
        ({"text": f"@{NAME}", "quote": {"text": "retinol?"}, "reply_to_message": {"text": "about retinol?"}}, Kind.TEXT, "retinol?"),
    ],
)
def test_who_is_called_and_what_is_meant(content: dict[str, Any], kind: Kind, text: str) -> None:
    message = {"message_id": 1, "chat": {"id": -5, "type": "supergroup"}, "from": {"id": 9}, **content}
    incoming = understand({"update_id": 1, "message": message}, NAME, ME)
    assert (incoming.kind, incoming.text) == (kind, text)
