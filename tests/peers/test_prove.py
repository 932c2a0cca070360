"""Stand-ins are proved by client libraries that know the real ones."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Iterator

import pytest

from tests.peers.chatwoot import BOT_TOKEN, USER_TOKEN, ChatwootPeer
from tests.peers.chatwoot_state import IDENTIFIER
from tests.peers.environment import newer_python, proving_python
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.woo import KEY, READ_ONLY, SECRET, WooPeer
from tests.peers.woo_orders import woo_order
from tests.support.conformance import ORDERS

PROVE = Path(__file__).parent / "prove"


@pytest.fixture
def fresh() -> Iterator[TelegramPeer]:
    """A stand-in that has heard of one message, has a file, knows a blocked chat, is once short of patience, and has a group with topics:
    the bot manages them in one, in another it may not, and of a third it is no member."""
    peer = TelegramPeer().start()
    peer.say(7, "hello")
    peer.state.files["a-file"] = b"content"
    peer.state.open_chat(8)
    peer.state.blocked.add(8)
    peer.open_forum(-1009, members={7: "creator", 9: "member", 10: "restricted", 11: "left", 12: "kicked"})
    topic = peer.create_topic(-1009, 7, "A topic of ours")
    peer.write(-1009, topic, 9, "in a topic", name="Mina")
    peer.write(-1009, None, 9, "in the general one")
    peer.write(-1009, topic, 9, "in a topic, edited", edited=True)
    peer.close_topic(-1009, topic, 7)
    peer.reopen_topic(-1009, topic, 7)
    peer.open_forum(-1010, bot="member")
    peer.open_forum(-1011, bot="left")
    peer.state.per_minute[-1010] = 1
    peer.react(7, 1, "👎", "❤")
    yield peer
    peer.stop()


@pytest.mark.parametrize("script", ["with_ptb.py", "with_aiogram.py"])
def test_an_independent_client_finds_what_it_expects(script: str, fresh: TelegramPeer) -> None:
    fresh.limit_text = "limited"
    found = subprocess.run(
        [proving_python(PROVE / "clients.txt"), str(PROVE / script), fresh.address, TOKEN],
        capture_output=True, text=True, timeout=120,
    )
    assert found.returncode == 0 and "proved" in found.stdout, found.stderr[-3000:]


def test_woocommerces_own_client_finds_what_it_expects() -> None:
    peer = WooPeer().put(*(woo_order(one, 501 + place) for place, one in enumerate(ORDERS))).start()
    try:
        found = subprocess.run(
            [proving_python(PROVE / "shops.txt"), str(PROVE / "with_woocommerce.py"), peer.address, KEY, SECRET, READ_ONLY],
            capture_output=True, text=True, timeout=120,
        )
    finally:
        peer.stop()
    assert found.returncode == 0 and "proved" in found.stdout, found.stderr[-3000:]


def test_chatwoots_own_sdk_finds_what_it_expects() -> None:
    python = newer_python()
    if python is None:
        assert not os.environ.get("CI"), "nothing may be missing here; scripts/peers gets a newer Python"
        pytest.skip("there is no newer Python")
    peer = ChatwootPeer().start()
    try:
        found = subprocess.run(
            [proving_python(PROVE / "telemelya.txt", python), str(PROVE / "with_chatwoot.py"), peer.address, IDENTIFIER, BOT_TOKEN, USER_TOKEN],
            capture_output=True, text=True, timeout=120,
        )
    finally:
        peer.stop()
    assert found.returncode == 0 and "proved" in found.stdout, found.stderr[-3000:]
