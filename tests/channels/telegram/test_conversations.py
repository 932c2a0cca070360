"""People using the assistant on Telegram: every kind of update gets what they would expect."""

from __future__ import annotations

import re
from typing import Any

import pytest
import requests
from sqlalchemy import create_engine, text

from bot.channels.telegram.api import SECRET_HEADER
from tests.channels.telegram.server import ServerProcess
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.telegram_state import BOT

NAME = BOT["username"]


def test_an_answer_has_its_verdict_in_bold_its_source_linked_and_buttons(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "Can I use an ampoule every day?")
    (message,) = peer.wait(chat, 1)
    assert next(said for tag, said, _ in message.entities if tag == "b") == "No."
    assert any(tag == "a" and address.startswith("http") for tag, _, address in message.entities) or "Source" in message.text
    assert message.labels()
    assert message.silent_preview


def test_a_pressed_button_is_acknowledged_and_answered_with_what_it_said(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "Can I use an ampoule every day?")
    label = peer.wait(chat, 1)[0].labels()[-1]
    query = peer.press(chat, label)
    answer = peer.wait(chat, 2)[1]
    assert query in peer.state.acknowledged
    assert label.rstrip("…") in answer.text


def test_a_button_of_a_restarted_server_still_works(telegram_server: tuple[TelegramPeer, ServerProcess], chat: int) -> None:
    peer, process = telegram_server
    peer.say(chat, "What is a serum?")
    label = peer.wait(chat, 1)[0].labels()[0]
    process.stop(kill=True)
    query = peer.press(chat, label)
    process.start()
    assert label.rstrip("…") in peer.wait(chat, 2, 60)[1].text
    assert query in peer.state.acknowledged or peer.state.queries[query]


def test_a_button_nobody_knows_gets_a_sentence(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "hello")
    message = peer.wait(chat, 1)[0]
    peer._press(chat, message, "nobody-knows", None)
    assert "no longer know" in peer.wait(chat, 2)[1].text


def test_an_inline_button_without_a_message_is_acknowledged(peer: TelegramPeer) -> None:
    peer.state.queries["inline"] = 1e12
    peer.send(callback_query={"id": "inline", "from": {"id": 5, "is_bot": False, "first_name": "U"}, "data": "x",
                              "inline_message_id": "9", "chat_instance": "1"})
    peer.until(lambda: "inline" in peer.state.acknowledged)


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/start", "Glasskin"), (f"/start@{NAME}", "Glasskin"), ("/help", "help"), ("/language", "English"),
        ("/products", "."), ("/routine", "."), ("/quiz", "."), ("/reminders", "no reminders"), ("/nonsense", "don't know that command"),
        ('/tell_profile{"skin_type":"oily"}', "don't know that command"), ("/", "don't know that command"),
    ],
)
def test_commands(command: str, says: str, peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, command)
    peer.until(lambda: bool(peer.chat(chat)))
    assert re.search(says, " ".join(message.text for message in peer.chat(chat)))


def test_the_menu_names_the_commands(peer: TelegramPeer) -> None:
    assert [one["command"] for one in peer.state.commands] == [
        "quiz", "routine", "products", "reminders", "help", "language", "forget",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"photo": [{"file_id": "1"}]}, "pictures"),
        ({"photo": [{"file_id": "1"}], "caption": "Can I use an ampoule every day?"}, "times"),
        ({"voice": {"file_id": "1"}}, "recordings"),
        ({"video_note": {"file_id": "1"}}, "recordings"),
        ({"sticker": {"file_id": "1"}}, "words"),
        ({"contact": {"phone_number": "1"}}, "haven't kept"),
        ({"location": {"latitude": 1, "longitude": 1}}, "haven't kept"),
        ({"document": {"file_id": "1"}}, "files"),
        ({"poll": {"id": "1"}}, "read text"),
        ({"some_new_kind": {}}, "read text"),
    ],
)
def test_messages_without_words(content: dict[str, Any], says: str, peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, None, **content)
    assert says in peer.wait(chat, 1)[0].text


def test_an_edited_question_is_answered_again(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "What is an ampule")
    peer.wait(chat, 1)
    peer.say(chat, "What is a serum?", edited=True)
    assert "serum" in peer.wait(chat, 2)[1].text.lower()


SILENT: list[dict[str, Any]] = [
    {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -100900, "type": "channel"}, "text": "hi"}},
    {"edited_channel_post": {"message_id": 1, "date": 1, "chat": {"id": -100900, "type": "channel"}, "text": "hi"}},
    {"inline_query": {"id": "1", "query": "serum"}}, {"poll": {"id": "1"}}, {"chat_member": {}}, {"message": None},
    {"message": {"chat": {"id": "7"}}}, {"callback_query": 5}, {"my_chat_member": []}, {"brand_new": {}},
]


def test_what_needs_no_answer_is_taken_quietly(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "hello")
    peer.wait(chat, 1)
    failures = peer.delivery_failures
    for content in SILENT:
        peer.send(**content)
    peer.say(chat, "hello")
    peer.wait(chat, 2)
    assert peer.delivery_failures == failures


def test_in_a_group_only_who_calls_it_is_answered_and_each_has_a_conversation_of_their_own(peer: TelegramPeer, chat: int) -> None:
    group = -chat
    peer.say(group, "I need a serum", user_id=1)
    peer.say(group, "/help@another_bot", user_id=1)
    peer.say(group, f"@{NAME} my skin is oily", user_id=1)
    first = peer.wait(group, 1)[0]
    assert "oily" in first.text
    assert first.reply_to is not None
    peer.say(group, "what do you know about me?", user_id=2, reply_to_message={"message_id": 1, "from": BOT})
    assert "oily" not in peer.wait(group, 2)[1].text
    peer.say(group, f"What do you know about me, @{NAME}?", user_id=1)
    assert "oily" in peer.wait(group, 3)[2].text


def test_forget_erases_conversation_profile_and_reminders(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "my skin is oily")
    peer.wait(chat, 1)
    peer.say(chat, "remind me on ampoule nights")
    peer.wait(chat, 2)
    peer.press(chat, "21:00")
    peer.until(lambda: peer.chat(chat)[1].edited)
    peer.press(chat, "Seoul")
    peer.until(lambda: "Done" in peer.chat(chat)[1].text)
    peer.say(chat, "/forget")
    assert "erased" in peer.wait(chat, 3)[2].text
    peer.say(chat, "what do you know about me?")
    assert "oily" not in peer.wait(chat, 4)[3].text
    peer.say(chat, "/reminders")
    assert "no reminders" in peer.wait(chat, 5)[4].text


@pytest.mark.parametrize("wording", ["/forget", "delete my data"])
def test_asked_to_forget_it_says_what_was_erased(
    telegram_server: tuple[TelegramPeer, ServerProcess], chat: int, wording: str
) -> None:
    peer, process = telegram_server
    peer.say(chat, "I am allergic to zzunheardof")
    peer.wait(chat, 1)
    peer.say(chat, "can I use retinol?")
    peer.wait(chat, 2)
    peer.say(chat, wording)
    peer.until(lambda: any("are erased" in message.text for message in peer.chat(chat)))
    engine = create_engine(f"sqlite:///{process.folder / 'var' / 'conversations.sqlite'}", future=True)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM events WHERE sender_id = :me"), {"me": f"telegram:{chat}"}).scalar_one() == 0
        assert connection.execute(text("SELECT COUNT(*) FROM telegram_button WHERE chat_id = :me"), {"me": chat}).scalar_one() == 0


def test_a_reminder_is_made_listed_and_cancelled_by_typing(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "Please remind me on ampoule nights")
    assert "time" in peer.wait(chat, 1)[0].text
    peer.say(chat, "what is an ampoule?")
    assert "ampoule" in peer.wait(chat, 2)[1].text.lower()
    peer.say(chat, "9:30 pm")
    assert "21:30" in peer.wait(chat, 3)[2].text
    peer.say(chat, "Lisbon")
    assert "Lisbon time" in peer.wait(chat, 4)[3].text
    peer.say(chat, "/reminders")
    assert "21:30" in peer.wait(chat, 5)[4].text
    peer.press(chat, "Cancel: ampoule")
    peer.until(lambda: "no reminders" in peer.chat(chat)[4].text)


def test_markup_in_a_question_does_no_harm(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "<b>&amp; </i> is this & that < 5 > 3 ok? *_[x](y)")
    assert peer.wait(chat, 1)[0].text


def test_a_deep_link_of_a_product_page_speaks_of_that_product(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "/start product_haneul-dew-birch-sap-hydrating-serum")
    greeting, about = peer.wait(chat, 2)
    assert "Glasskin" in greeting.text
    assert "Birch Sap" in about.text
    peer.say(chat, "how much is it?")
    assert "22.00 USD" in peer.wait(chat, 3)[2].text


def test_requests_without_the_secret_are_refused(telegram_server: tuple[TelegramPeer, ServerProcess]) -> None:
    address = f"{telegram_server[1].address}/webhooks/telegram/webhook"
    for given in (None, TOKEN.encode(), "é".encode()):
        headers = {} if given is None else {SECRET_HEADER: given}
        assert requests.post(address, json={"update_id": 1}, headers=headers, timeout=10).status_code == 403
