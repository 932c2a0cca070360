"""`glasskin telegram check` over the stand-in for Telegram: who the bot is, how updates come, and whether staff can answer in their group."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.settings import settings
from tests.cli.conftest import Run
from tests.peers.telegram import TOKEN, TelegramPeer
from tests.peers.telegram_state import BOT

GROUP = -1001234567890


@pytest.fixture
def peer(monkeypatch: pytest.MonkeyPatch) -> Iterator[TelegramPeer]:
    """Telegram, with the staff's group."""
    telegram = TelegramPeer().start()
    telegram.open_forum(GROUP)
    monkeypatch.setenv("TELEGRAM_API", telegram.address)
    monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
    settings.cache_clear()
    yield telegram
    telegram.stop()


def test_without_a_group_it_says_how_to_have_one(run: Run, peer: TelegramPeer) -> None:
    told = run("telegram", "check")
    assert told.exit_code == 0 and str(BOT["username"]) in told.output and "TELEGRAM_STAFF_GROUP is not set" in told.output


@pytest.mark.parametrize(("status", "code", "says"), [
    ("administrator", 0, "Staff answer in “Care team”"), ("member", 1, "right Manage Topics"), ("left", 1, "not in the group"),
])
def test_what_is_missing_ends_it_in_one_line(status: str, code: int, says: str, run: Run, peer: TelegramPeer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_STAFF_GROUP", str(GROUP))
    settings.cache_clear()
    peer.state.members[GROUP][int(str(BOT["id"]))] = status
    told = run("telegram", "check")
    assert told.exit_code == code and says in told.output.splitlines()[-1] and "Traceback" not in told.output


def test_a_number_that_is_none_is_refused(run: Run, peer: TelegramPeer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_STAFF_GROUP", "@care_team")
    settings.cache_clear()
    told = run("telegram", "check")
    assert told.exit_code == 1 and "/group in the group tells it" in told.output
