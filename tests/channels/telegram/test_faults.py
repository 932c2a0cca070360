"""Telegram misbehaves, the network fails, the server dies: nothing is lost, nothing doubled that could be helped."""

from __future__ import annotations

import time
from pathlib import Path

import requests
from sqlalchemy import create_engine, text

from bot.channels.telegram.api import SECRET_HEADER
from tests.channels.telegram.server import ServerProcess
from tests.peers.telegram import TOKEN, TelegramPeer

Both = tuple[TelegramPeer, ServerProcess]


def test_an_update_delivered_twice_is_answered_once_also_across_a_restart(telegram_server: Both, chat: int) -> None:
    peer, process = telegram_server
    update = peer.say(chat, "What is a serum?")
    peer.wait(chat, 1)
    address, secret = f"{process.address}/webhooks/telegram/webhook", str(peer.state.webhook["secret"])
    assert requests.post(address, json=update, headers={SECRET_HEADER: secret}, timeout=10).status_code == 200
    process.stop()
    process.start()
    assert requests.post(address, json=update, headers={SECRET_HEADER: secret}, timeout=10).status_code == 200
    peer.say(chat, "hello")
    assert "serum" not in peer.wait(chat, 2)[1].text.lower() or "Glasskin" in peer.chat(chat)[1].text


def test_a_limit_is_waited_for(peer: TelegramPeer, chat: int) -> None:
    peer.say(chat, "hello")
    peer.wait(chat, 1)
    peer.fail("sendMessage", "refuse", code=429, description="Too Many Requests: retry after 2", parameters={"retry_after": 2})
    begin = time.monotonic()
    peer.say(chat, "What is a serum?")
    peer.wait(chat, 2)
    assert time.monotonic() - begin >= 2


def test_a_connection_that_breaks_before_sending_loses_and_doubles_nothing(peer: TelegramPeer, chat: int) -> None:
    peer.fail("sendMessage", "drop", times=2)
    peer.say(chat, "What is a serum?")
    assert "serum" in peer.wait(chat, 1)[0].text.lower()


def test_an_answer_of_telegram_that_is_lost_doubles_a_reply_rather_than_losing_it(peer: TelegramPeer, chat: int) -> None:
    peer.fail("sendMessage", "lose_answer")
    peer.say(chat, "What is a serum?")
    first, second = peer.wait(chat, 2)
    assert first.text == second.text


def test_a_failure_of_telegram_itself_is_waited_out(peer: TelegramPeer, chat: int) -> None:
    peer.fail("sendMessage", "refuse", times=2, code=502, description="Bad Gateway")
    peer.say(chat, "What is a serum?")
    peer.wait(chat, 1)


def test_markup_that_telegram_refuses_is_sent_plain(peer: TelegramPeer, chat: int) -> None:
    peer.fail("sendMessage", "refuse", code=400, description="Bad Request: can't parse entities: Unsupported start tag")
    peer.say(chat, "Can I use an ampoule every day?")
    message = peer.wait(chat, 1)[0]
    assert "<" not in message.text
    assert not message.entities


def test_who_blocked_the_bot_is_left_alone_and_comes_back(peer: TelegramPeer, chat: int) -> None:
    person = {"chat": {"id": chat, "type": "private"}, "from": {"id": chat, "is_bot": False, "first_name": "U"}, "date": 1}
    peer.say(chat, "hello")
    peer.wait(chat, 1)
    peer.state.blocked.add(chat)
    peer.send(my_chat_member={**person, "old_chat_member": {"status": "member"}, "new_chat_member": {"status": "kicked"}})
    peer.say(chat, "What is a serum?")
    peer.until(lambda: not peer.state.updates)
    time.sleep(0.5)
    peer.state.blocked.discard(chat)
    peer.send(my_chat_member={**person, "old_chat_member": {"status": "kicked"}, "new_chat_member": {"status": "member"}})
    peer.say(chat, "What is a toner?")
    assert "toner" in peer.wait(chat, 2)[1].text.lower()


def test_a_group_that_became_a_supergroup_is_answered_there(peer: TelegramPeer, chat: int) -> None:
    group, new = -chat, -1_000_000 - chat
    peer.state.open_chat(new, "supergroup")
    peer.say(group, "/help")
    peer.wait(group, 1)
    peer.state.moved[group] = new
    peer.say(group, "/help")
    assert "help" in peer.wait(new, 1)[0].text


def test_what_was_cut_off_by_a_kill_is_answered_after_the_restart(telegram_server: Both, chat: int) -> None:
    peer, process = telegram_server
    peer.fail("sendMessage", "drop", times=3)
    peer.say(chat, "What is a serum?")
    peer.until(lambda: not peer.state.updates)
    time.sleep(0.3)
    process.stop(kill=True)
    peer._faults.clear()
    process.start()
    assert "serum" in peer.wait(chat, 1, 60)[0].text.lower()


def test_nothing_said_is_kept_with_the_handled_updates(telegram_server: Both, chat: int) -> None:
    peer, process = telegram_server
    peer.say(chat, "my secret is oily skin")
    peer.wait(chat, 1)
    time.sleep(0.3)
    engine = create_engine(f"sqlite:///{process.folder / 'var' / 'conversations.sqlite'}")
    with engine.connect() as connection:
        bodies = connection.execute(text("SELECT body, outbox FROM telegram_update WHERE chat_id = :c"), {"c": chat}).all()
    assert bodies
    assert all(not body and outbox == "[]" for body, outbox in bodies)


def test_without_telegram_everything_else_runs(tmp_path: Path) -> None:
    process = ServerProcess(tmp_path, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API="http://127.0.0.1:9")
    try:
        process.start()
        reply = requests.post(f"{process.address}/webhooks/rest/webhook", json={"sender": "a", "message": "hello"}, timeout=30)
        assert "Glasskin" in reply.json()[0]["text"]
    finally:
        process.stop()


def test_without_a_token_the_channel_is_off_and_says_so(server: str) -> None:
    assert "TELEGRAM_TOKEN" in requests.get(f"{server}/webhooks/telegram/", timeout=10).json()["hint"]
