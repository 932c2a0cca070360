"""A server that cannot start says so before it names an address."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.starting import port_problem
from tests.cli.conftest import Run, told
from tests.conftest import free_port


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        yield listening.getsockname()[1]


def test_a_port_in_use(run: Run, taken: int) -> None:
    line = told(run("serve", "--port", str(taken)))
    assert f"Port {taken} is in use" in line and "--port" in line


@pytest.mark.parametrize("port", ["0", "99999", "abc"])
def test_a_port_out_of_range(run: Run, port: str) -> None:
    result = run("serve", "--port", port)
    assert result.exit_code == 2 and "--port" in result.stderr and "http://" not in result.output


def test_an_address_of_another_machine(run: Run) -> None:
    assert "HOST=192.0.2.1" in told(run("serve", "--host", "192.0.2.1"))


def test_a_free_port_is_no_problem() -> None:
    assert port_problem("127.0.0.1", free_port()) is None
    assert port_problem("0.0.0.0", free_port()) is None


@pytest.mark.parametrize("name", ["DATABASE_URL", "TRACKER_URL"])
def test_a_database_that_is_away(run: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "postgresql://nobody:hunter2@127.0.0.1:1/none")
    line = told(run("serve", "--port", str(free_port())))
    assert name in line and "does not answer" in line and "hunter2" not in line


def test_a_file_that_is_no_database(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "shop.sqlite"
    broken.write_text("no database " * 1000, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{broken}")
    assert "not a database" in told(run("serve", "--port", str(free_port())))
    assert "not a database" in told(run("products", "list"))


def test_a_database_of_a_newer_version(run: Run, var: Path) -> None:
    assert run("products", "list").exit_code == 0
    connection = sqlite3.connect(var / "shop.sqlite")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert "newer Glasskin" in told(run("products", "list"))


def test_a_folder_that_is_a_file(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("VAR", str(tmp_path / "file"))
    assert str(tmp_path / "file") in told(run("products", "list"))
