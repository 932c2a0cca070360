"""`glasskin chatwoot check` over the stand-in for Chatwoot: one line says whether staff can answer there, or what is missing."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run, told
from tests.peers.chatwoot import BOT_TOKEN, ChatwootPeer
from tests.peers.chatwoot_state import SECRET
from tests.support.places.in_chatwoot import chatwoot

__all__ = ["chatwoot"]


def test_one_line_says_how_it_stands(run: Run, chatwoot: ChatwootPeer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No staff answer in Chatwoot: set CHATWOOT_URL" in told(run("chatwoot", "check"))
    monkeypatch.setenv("CHATWOOT_URL", chatwoot.inbox)
    monkeypatch.setenv("CHATWOOT_TOKEN", BOT_TOKEN)
    assert "CHATWOOT_SECRET is missing" in told(run("chatwoot", "check"))
    monkeypatch.setenv("CHATWOOT_SECRET", SECRET)
    found = run("chatwoot", "check")
    assert found.exit_code == 0 and found.output.startswith("Staff answer in the inbox “Chat”")
    monkeypatch.setenv("CHATWOOT_TOKEN", "another")
    assert "does not know the token" in told(run("chatwoot", "check"))
    chatwoot.is_away = True
    assert f"{chatwoot.address} is out of reach" in told(run("chatwoot", "check"))
