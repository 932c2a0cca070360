"""What watches over the server is told whether it lives, and whether people get what they should."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from sqlalchemy import update

from bot.channels.answering import NO_MODEL
from bot.channels.health import Health
from bot.channels.telegram.memory import Memory
from bot.settings import settings
from bot.store.messaging import MessagingDatabase, Update, oldest_open_update
from bot.store.migrations import upgrade
from bot.store.models import utc_now
from tests.channels.serving import running
from tests.cli.conftest import var
from tests.conftest import Assistant

__all__ = ["var"]


def test_a_server_that_runs_is_live_and_ready(server: str) -> None:
    assert requests.get(f"{server}/live", timeout=5).json() == {"status": "live"}
    ready = requests.get(f"{server}/ready", timeout=5)
    assert ready.status_code == 200 and ready.headers["Cache-Control"] == "no-store"
    assert ready.json() == {"status": "ready", "checks": {"model": "ok", "shop": "ok", "conversations": "ok"}}


def test_what_is_missing_is_named(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "123:abc")
    settings.cache_clear()
    upgrade(settings().shop_database)
    database = MessagingDatabase(settings().tracker_database)
    database.create_tables()
    Memory(database).note(1, 7, {})
    with database.transaction() as session:
        session.execute(update(Update).values(at=utc_now() - timedelta(minutes=5)))
    with running(Health()) as server:
        assert server.ask("/webhooks/live").status == 404 and server.ask("/live").status == 200
        answer = server.ask("/ready")
    told = json.loads(answer.body)
    assert answer.status == 503 and told["status"] == "not ready"
    assert told["checks"]["model"] == NO_MODEL and told["checks"]["shop"] == "ok"
    assert told["checks"]["conversations"] == "the database does not answer", "Rasa made no table yet"
    assert told["checks"]["outbox"] == "an update of Telegram waits for 300 seconds"
    Memory(database).done(1)
    with database.engine.connect() as connection:
        assert oldest_open_update(connection) == 0
    database.dispose()


def test_the_log_has_a_line_for_each_message_and_nothing_of_what_was_said(server: str, server_folder: Path) -> None:
    visitor = Assistant(server)
    for request in ("first-request", "second-request"):
        answer = requests.post(
            f"{server}/webhooks/rest/webhook", json={"sender": visitor.sender, "message": "can I use zzunheardof?"},
            headers={"X-Request-ID": request}, timeout=30,
        )  # fmt: skip
        assert answer.headers["X-Request-ID"] == request
    log = (server_folder / "log").read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    mine = [line for line in lines if line["request"] in ("first-request", "second-request")]
    assert [line["request"] for line in mine] == ["first-request", "second-request"]
    assert set(mine[0]) == {"at", "request", "channel", "kind", "confidence", "ms", "outcome"}
    assert mine[0]["channel"] == "rest" and mine[0]["kind"] and mine[0]["ms"] > 0 and mine[0]["outcome"] == "answered"
    assert "zzunheardof" not in log and visitor.sender not in log
