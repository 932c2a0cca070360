"""The stand-in for Telegram is proved by client libraries that know the real one."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Iterator

import pytest

from tests.peers.environment import proving_python
from tests.peers.telegram import TOKEN, TelegramPeer

PROVE = Path(__file__).parent / "prove"


@pytest.fixture
def fresh() -> Iterator[TelegramPeer]:
    """A stand-in that has heard of one message, knows a blocked chat, and is once short of patience."""
    peer = TelegramPeer().start()
    peer.say(7, "hello")
    peer.state.open_chat(8)
    peer.state.blocked.add(8)
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
