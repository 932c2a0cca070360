"""A setting that cannot be used ends every command in one line that names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import unread_settings
from tests.cli.conftest import Run, told


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "abc", ["PORT=abc", "the environment", "integer"]),
        ("PORT", "99999", ["PORT=99999", "65535"]),
        ("SESSION_DAYS", "0", ["SESSION_DAYS=0", "1"]),
        ("DATABASE_URL", "nonsense", ["DATABASE_URL", "postgresql://"]),
        ("DATABASE_URL", "mysql://root@localhost/shop", ["DATABASE_URL", "postgresql://"]),
        ("TRACKER_URL", "postgresql://u:secret@host:abc/x", ["TRACKER_URL"]),
        ("SESSION_SECRET", "short", ["SESSION_SECRET", "16"]),
        ("WEB_ORIGINS", "https://shop.example, www.shop.example", ["WEB_ORIGINS", "www.shop.example is no origin"]),
        ("WEB_ORIGINS", "https://shop.example/products", ["WEB_ORIGINS", "no origin"]),
        ("TRUSTED_PROXIES", "-1", ["TRUSTED_PROXIES=-1"]),
    ],
)
@pytest.mark.parametrize("command", [["serve"], ["products", "list"], ["check"]])
def test_a_value_that_cannot_be_used_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, command: list[str], name: str, value: str, words: list[str]
) -> None:
    monkeypatch.setenv(name, value)
    line = told(run(*command))
    assert all(word in line for word in words), line


def test_values_that_may_hold_a_password_are_not_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://root:hunter2@localhost/shop")
    assert "hunter2" not in told(run("check"))


def test_the_file_is_named_where_the_value_stands_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=abc\n", encoding="utf-8")
    assert "PORT=abc in .env" in told(run("check"))


def test_a_misspelt_setting_is_refused_with_the_nearest(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TELEGRM_TOKEN=1:a\n", encoding="utf-8")
    line = told(run("serve"))
    assert "TELEGRM_TOKEN" in line and "TELEGRAM_TOKEN?" in line


def test_what_nothing_reads_is_named_by_check(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FLAVOUR=mint\nGLASSKIN_TENSORFLOW=1\nCOMPOSE_PROJECT_NAME=shop\n", encoding="utf-8")
    checked = run("check")
    assert checked.exit_code == 1 and "FLAVOUR" in checked.stdout and "COMPOSE" not in checked.stdout
    assert len(unread_settings()) == 2


def test_the_environment_wins_over_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=abc\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "5005")
    assert run("check").exit_code == 0
