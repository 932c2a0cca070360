"""A running assistant on Telegram: the real server beside the stand-in for the Bot API."""

from __future__ import annotations

from itertools import count
from typing import Iterator

import pytest

from tests.channels.telegram.server import ServerProcess
from tests.conftest import without_codes
from tests.peers.telegram import TOKEN, TelegramPeer

_CHATS = count(1000)


@pytest.fixture(scope="session")
def telegram_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TelegramPeer, ServerProcess]]:
    """The stand-in and a server that takes updates by webhook."""
    peer = TelegramPeer().start()
    folder = tmp_path_factory.mktemp("telegram")
    process = ServerProcess(folder, SHOP=str(without_codes(folder)), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=peer.address)
    process.variables["TELEGRAM_WEBHOOK_URL"] = process.address
    try:
        process.start()
        peer.until(lambda: bool(peer.state.webhook["url"]), 60)
        yield peer, process
    finally:
        process.stop()
        peer.stop()


@pytest.fixture
def peer(telegram_server: tuple[TelegramPeer, ServerProcess]) -> TelegramPeer:
    """Telegram, as its users and the bot see it."""
    return telegram_server[0]


@pytest.fixture
def chat() -> int:
    """A private chat that nobody has used yet."""
    return next(_CHATS)
