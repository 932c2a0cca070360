"""`glasskin doctor` finds each of the commonest mistakes, and a set-up without them is well."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli.doctor import content, machine, network, storage
from bot.cli.doctor.command import CHECKS
from bot.finding import Check, State
from bot.paths import DATA
from bot.rasa import training
from bot.settings import Settings
from bot.store.migrations import downgrade, upgrade
from tests.cli.conftest import Run
from tests.conftest import free_port

TOKEN = "123456789:" + "A" * 35


def states(check: Check, chosen: Settings) -> list[State]:
    """How a check finds things."""
    return [finding.state for finding in check(chosen)]


def worst(check: Check, chosen: Settings) -> tuple[State, str]:
    """The worst of what a check finds."""
    order = [State.GOOD, State.LOOK, State.MEND]
    found = max(check(chosen), key=lambda finding: order.index(finding.state))
    return found.state, found.told


def test_there_are_twenty_checks_and_each_says_what_it_is_for() -> None:
    assert len(CHECKS) >= 20
    assert all(check.__doc__ for check in CHECKS)


@pytest.mark.parametrize(
    ("check", "changes", "state", "word"),
    [
        (network.origins, {}, State.LOOK, "WEB_ORIGINS"),
        (network.origins, {"web_origins": "https://shop.example"}, State.GOOD, "shop.example"),
        (network.origins, {"web_origins": "http://shop.example"}, State.LOOK, "TLS"),
        (network.proxies, {}, State.GOOD, ""),
        (network.proxies, {"web_origins": "https://shop.example"}, State.MEND, "TRUSTED_PROXIES"),
        (network.proxies, {"web_origins": "https://shop.example", "trusted_proxies": 1}, State.GOOD, ""),
        (network.proxies, {"host": "0.0.0.0", "trusted_proxies": 1}, State.LOOK, "make up"),
        (network.proxies, {"host": "0.0.0.0", "web_origins": "https://shop.example"}, State.LOOK, "nginx"),
        (network.session_secret, {}, State.GOOD, ""),
        (network.session_secret, {"tracker_url": "postgresql://u@h/x"}, State.LOOK, "SESSION_SECRET"),
        (network.session_secret, {"tracker_url": "postgresql://u@h/x", "session_secret": "k" * 32}, State.GOOD, ""),
        (network.telegram, {}, State.GOOD, "off"),
        (network.telegram, {"telegram_token": TOKEN}, State.GOOD, "form"),
        (network.telegram, {"telegram_token": "@my_bot"}, State.MEND, "BotFather"),
        (network.telegram, {"telegram_token": TOKEN, "telegram_webhook_url": "http://shop.example"}, State.MEND, "https"),
        (network.telegram, {"telegram_token": TOKEN, "telegram_webhook_url": "https://localhost"}, State.MEND, "public"),
        (network.telegram, {"telegram_token": TOKEN, "telegram_webhook_url": "https://a.example:5005"}, State.MEND, "8443"),
        (network.action_server, {"action_endpoint": "http://127.0.0.1:1/webhook"}, State.MEND, "ACTION_ENDPOINT"),
        (storage.shop_database, {"database_url": "postgresql://u@127.0.0.1:1/x"}, State.MEND, "DATABASE_URL"),
        (storage.conversations, {"tracker_url": "postgresql://u@127.0.0.1:1/x"}, State.MEND, "TRACKER_URL"),
        (machine.open_files, {"web_connections": 10_000_000}, State.LOOK, "LimitNOFILE"),
        (content.encoder, {}, State.GOOD, ""),
        (content.training_data, {}, State.GOOD, ""),
        (content.knowledge, {}, State.GOOD, ""),
        (content.knowledge, {"knowledge": "/nowhere"}, State.MEND, "knowledge check"),
        (content.policies, {}, State.LOOK, ""),
        (content.policies, {"shop": "/nowhere/shop.yml"}, State.MEND, "/nowhere/shop.yml"),
        (content.model, {"models": "/nowhere"}, State.MEND, "glasskin train"),
    ],
)
def test_settings(var: Path, check: Check, changes: dict[str, Any], state: State, word: str) -> None:
    chosen = Settings(**{"var": var, **changes})
    found, told = worst(check, chosen)
    assert (found, word in told) == (state, True), told


def test_a_fresh_clone_is_told_to_set_up(var: Path) -> None:
    chosen = Settings(var=var)
    assert "glasskin setup" in worst(storage.shop_database, chosen)[1]
    assert states(content.products, chosen) == []
    assert not list(var.iterdir())


def test_a_shop_that_was_set_up(run: Run, var: Path) -> None:
    run("import", DATA / "catalogue" / "sample_shop_shopify.csv")
    chosen = Settings(var=var)
    assert states(storage.shop_database, chosen) == [State.GOOD]
    assert states(content.products, chosen) == [State.GOOD]
    with closing(sqlite3.connect(var / "shop.sqlite")) as connection:
        connection.execute("UPDATE catalogue SET origin = 'sample 1'")
        connection.commit()
    assert "sample shop" in worst(content.products, chosen)[1]
    chosen.product_names.unlink()
    assert worst(content.products, chosen)[0] is State.MEND
    downgrade(chosen.shop_database, "0004")
    assert worst(storage.shop_database, chosen)[0] is State.MEND
    upgrade(chosen.shop_database)
    with closing(sqlite3.connect(var / "shop.sqlite")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    assert "newer" in worst(storage.shop_database, chosen)[1]


def test_an_empty_shop(var: Path) -> None:
    chosen = Settings(var=var)
    upgrade(chosen.shop_database)
    assert "glasskin import" in next(iter(content.products(chosen))).told


def test_what_others_can_read(var: Path) -> None:
    chosen = Settings(var=var)
    secret = var / "session.secret"
    secret.write_text("", encoding="ascii")
    secret.chmod(0o644)
    assert "chmod 600" in worst(storage.modes, chosen)[1]
    secret.chmod(0o600)
    assert states(storage.modes, chosen) == [State.GOOD]


def test_a_clock_that_was_set_back(var: Path) -> None:
    chosen = Settings(var=var)
    assert states(machine.clock, chosen) == [State.GOOD]
    (var / "file").touch()
    os.utime(var / "file", (time.time() + 3600, time.time() + 3600))
    assert "60 minutes behind" in worst(machine.clock, chosen)[1]
    with closing(sqlite3.connect(var / "conversations.sqlite")) as connection:
        connection.execute("CREATE TABLE events (timestamp FLOAT)")
        connection.execute("INSERT INTO events VALUES (?)", (time.time() + 3600,))
        connection.commit()
    assert "set back" in worst(storage.conversations, chosen)[1]


def test_little_room(var: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chosen = Settings(var=var)
    monkeypatch.setattr(machine, "LEAST_DISK_MB", 10**12)
    assert states(machine.disk, chosen) == [State.MEND, State.MEND]
    memory = tmp_path / "meminfo"
    memory.write_text("MemTotal: 900000 kB\nMemAvailable:   100000 kB\n", encoding="ascii")
    monkeypatch.setattr(machine, "MEMORY", memory)
    assert "100 MB" in worst(machine.memory, chosen)[1]


def test_another_python_and_other_packages(var: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chosen = Settings(var=var)
    monkeypatch.setattr(sys, "base_prefix", "/opt/python")
    assert states(machine.python, chosen) == [State.GOOD]
    monkeypatch.setattr(sys, "base_prefix", "/root/.local/share/uv/python")
    assert states(machine.python, chosen) == [State.GOOD, State.LOOK]
    monkeypatch.setattr(sys, "version_info", (3, 12, 1, "final", 0))
    assert "3.10" in worst(machine.python, chosen)[1]
    (tmp_path / "requirements.txt").write_text(
        "rasa==0.0.1 \\\n    --hash=sha256:00\nnone==1 ; python_version < '3' \\\n    --hash=sha256:00\n", encoding="utf-8"
    )
    monkeypatch.setattr(machine, "ROOT", tmp_path)
    assert "1 packages" in worst(machine.packages, chosen)[1]


def test_folders_that_cannot_be_written(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert states(storage.folders, Settings(var=var)) == [State.MEND, State.MEND]


def test_files_of_another_user(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (var / "shop.sqlite").touch()
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1000)
    assert "chown" in worst(storage.owners, Settings(var=var))[1]
    assert states(machine.user, Settings(var=var)) == [State.GOOD]
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert worst(machine.user, Settings(var=var))[0] is State.LOOK


def test_the_port(var: Path) -> None:
    assert states(network.port, Settings(var=var, port=free_port())) == [State.GOOD]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        assert states(network.port, Settings(var=var, port=listening.getsockname()[1])) == [State.MEND]


def test_a_model_that_does_not_load(var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "glasskin-1.tar.gz"
    broken.write_bytes(b"no archive")
    monkeypatch.setattr(training, "current_model", lambda _: broken)
    assert "glasskin-1.tar.gz cannot be loaded" in worst(content.model, Settings(var=var))[1]


def test_lines_of_the_file_that_nothing_reads(var: Path, tmp_path: Path) -> None:
    assert states(content.settings_file, Settings(var=var)) == [State.GOOD]
    (tmp_path / ".env").write_text("FLAVOUR=mint\n", encoding="utf-8")
    assert "FLAVOUR" in worst(content.settings_file, Settings(var=var))[1]


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Lets the command make only some checks."""

    def chosen(*checks: Check) -> None:
        monkeypatch.setattr("bot.cli.doctor.command.CHECKS", checks)

    return chosen


def test_the_exit_code_says_whether_something_must_be_mended(run: Run, only: Callable[..., None]) -> None:
    only(machine.python, network.origins)
    fine = run("doctor")
    assert fine.exit_code == 0 and "look" in fine.stdout and not any(line.startswith("ok ") for line in fine.stdout.splitlines())
    assert "ok    Python" in run("doctor", "--all").stdout
    only(machine.python, storage.shop_database)
    bad = run("doctor")
    assert bad.exit_code == 1 and "mend  There is no database" in bad.stdout and "1 to mend" in bad.stdout


def test_a_check_that_cannot_be_made_is_a_finding(run: Run, only: Callable[..., None]) -> None:
    def refused(chosen: Settings) -> Any:
        raise PermissionError(13, "Permission denied", "/some/file")

    only(refused)
    assert "mend  /some/file: Permission denied" in run("doctor").stdout
