"""Conversations that hold over REST hold over Telegram too: one in four, as what differs is the channel."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import Any

import pytest

from tests.channels.telegram.server import ServerProcess
from tests.dialogue.test_conversations import CONVERSATIONS, check_reply
from tests.peers.telegram import TelegramPeer

Both = tuple[TelegramPeer, ServerProcess]


def _is_plain(turns: list[dict[str, Any]]) -> bool:
    """False for what only a web page can do: Telegram has no page that a product stands on."""
    return all(set(turn) <= {"user", "bot", "never"} and isinstance(turn["user"], str) for turn in turns)


ONE_IN = 4
PLAIN = [one for one in CONVERSATIONS if _is_plain(one[2])][::ONE_IN]


@pytest.mark.parametrize(("topic", "name", "turns"), PLAIN, ids=[f"{one[0]}-{one[1]}" for one in PLAIN])
def test_conversation(topic: str, name: str, turns: list[dict[str, Any]], telegram_server: Both, chat: int) -> None:
    peer, process = telegram_server
    with sqlite3.connect(process.folder / "var" / "conversations.sqlite") as database:
        for turn in turns:
            before = len(peer.chat(chat))
            number = peer.say(chat, turn["user"].removeprefix("/"))["update_id"]
            peer.until(partial(_is_done, database, number), 60)
            check_reply(turn, " ".join(message.text for message in peer.chat(chat)[before:]))


def _is_done(database: sqlite3.Connection, update_id: int) -> bool:
    row = database.execute("SELECT state FROM telegram_update WHERE update_id = ?", (update_id,)).fetchone()
    return row is not None and row[0] == "done"

