"""`glasskin backup` and `glasskin restore`: what was there comes back, and nothing half."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.engine import create_engine, make_url

from bot import __version__
from bot.settings import Settings, settings
from bot.store.backups import BackupError, restore_backup, write_backup
from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.repository import ProductRepository
from tests.cli.conftest import Run, told
from tests.conftest import free_port
from tests.store.conftest import POSTGRES

SAMPLE = "data/catalogue/sample_shop_shopify.csv"


@pytest.fixture
def shop(run: Run, var: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop with products, conversations and a key in `var`; its port is free."""
    monkeypatch.setenv("PORT", str(free_port()))
    run("import", SAMPLE)
    (var / "session.secret").write_text("aa" * 32, encoding="ascii")
    with closing(sqlite3.connect(var / "conversations.sqlite")) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, data TEXT)")
        connection.execute("INSERT INTO events (data) VALUES ('hello')")
        connection.commit()
    settings.cache_clear()
    return var


@pytest.fixture
def owner(project: Path) -> Path:
    """The project's folder with the owner's own words."""
    (project / ".env").write_text("SESSION_DAYS=5\n", encoding="utf-8")
    return project


def count(address: str) -> int:
    """How many products are on sale."""
    database = Database(address)
    try:
        with database.session() as session:
            return ProductRepository(session).count()
    finally:
        database.dispose()


def said(var: Path) -> list[str]:
    """What the conversations hold."""
    with closing(sqlite3.connect(var / "conversations.sqlite")) as connection:
        return [row[0] for row in connection.execute("SELECT data FROM events ORDER BY id")]


def test_everything_comes_back_on_another_machine(shop: Path, owner: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    write_backup(archive, settings(), owner)
    new = Settings(var=tmp_path / "new" / "var")
    other = tmp_path / "new"
    restore_backup(archive, new, other)
    assert count(new.shop_database) == 83 and said(new.var) == ["hello"]
    assert (new.var / "session.secret").read_text(encoding="ascii") == "aa" * 32
    for name in (".env", "domain.yml", "data/nlu/greet.yml", "data/rules/chat.yml"):
        assert (other / name).read_bytes() == (owner / name).read_bytes(), name
    for private in (new.var / "session.secret", other / ".env", new.var / "shop.sqlite", new.var / "conversations.sqlite", archive):
        assert stat.S_IMODE(private.stat().st_mode) == 0o600, private


def test_what_came_later_is_gone_and_is_kept_aside(run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "backup.tar.gz"
    assert run("backup", archive).exit_code == 0
    with closing(sqlite3.connect(shop / "conversations.sqlite")) as connection:
        connection.execute("INSERT INTO events (data) VALUES ('later')")
        connection.commit()
    monkeypatch.setattr("bot.store.backups.restore._restore_files", lambda *_: 0)  # this very project's own stay
    asked = run("restore", archive, answer="n\n")
    assert asked.exit_code == 1 and said(shop) == ["hello", "later"]
    done = run("restore", archive, "--yes")
    assert done.exit_code == 0, done.output
    assert said(shop) == ["hello"]
    (kept,) = shop.glob("before-restore-*.tar.gz")
    restore_backup(kept, settings())
    assert said(shop) == ["hello", "later"]


def test_a_backup_is_whole_while_others_write(shop: Path, owner: Path, tmp_path: Path) -> None:
    stopped = threading.Event()

    def write() -> None:
        with closing(sqlite3.connect(shop / "conversations.sqlite", timeout=30)) as connection:
            while not stopped.is_set():
                connection.execute("INSERT INTO events (data) VALUES ('a'), ('b')")
                connection.commit()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        write_backup(tmp_path / "backup.tar.gz", settings(), owner)
    finally:
        stopped.set()
        writer.join()
    new = Settings(var=tmp_path / "new")
    restore_backup(tmp_path / "backup.tar.gz", new, tmp_path / "new")
    kept = said(new.var)
    assert kept[0] == "hello" and kept.count("a") == kept.count("b")


def test_a_damaged_database_is_replaced(run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "backup.tar.gz"
    run("backup", archive)
    (shop / "conversations.sqlite").write_bytes(b"no database " * 1000)
    monkeypatch.setattr("bot.store.backups.restore._restore_files", lambda *_: 0)
    assert "--no-keep" in told(run("restore", archive, "--yes"))
    assert run("restore", archive, "--yes", "--no-keep").exit_code == 0
    assert said(shop) == ["hello"]


def test_an_archive_that_was_changed_changes_nothing(shop: Path, owner: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    write_backup(archive, settings(), owner)
    whole = archive.read_bytes()
    archive.write_bytes(whole[: len(whole) // 2])
    (shop / "marker").write_text("", encoding="utf-8")
    with pytest.raises(BackupError, match="no whole backup"):
        restore_backup(archive, settings(), tmp_path / "other")
    assert said(shop) == ["hello"] and not (tmp_path / "other").exists()


def repacked(archive: Path, target: Path, **changes: object) -> Path:
    """The archive with another manifest."""
    folder = target.parent / "repacked"
    with tarfile.open(archive) as packed:
        packed.extractall(folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps({**manifest, **changes}), encoding="utf-8")
    with tarfile.open(target, "w:gz") as packed:
        packed.add(folder, arcname=".", filter=lambda one: None if one.isdir() and one.name != "." else one)
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.add(path, arcname=path.relative_to(folder).as_posix())
    shutil.rmtree(folder)
    return target


def test_backups_of_other_versions_and_other_databases(shop: Path, owner: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    write_backup(archive, settings(), owner)
    older = repacked(archive, tmp_path / "older.tar.gz", glasskin="0.0.1")
    new = Settings(var=tmp_path / "new")
    with pytest.raises(BackupError, match=f"Glasskin 0.0.1, this is {__version__}"):
        restore_backup(older, new, tmp_path / "new")
    restore_backup(older, new, tmp_path / "new", other_version=True)
    assert count(new.shop_database) == 83
    with pytest.raises(BackupError, match="DATABASE_URL"):
        restore_backup(archive, Settings(var=tmp_path / "n", database_url="postgresql://u@127.0.0.1:1/x"), tmp_path / "n")


def test_no_file_lands_outside(shop: Path, owner: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    write_backup(archive, settings(), owner)
    evil = repacked(archive, tmp_path / "evil.tar.gz", files={"project/../../escaped": "0" * 64})
    with pytest.raises(BackupError, match="escaped"):
        restore_backup(evil, Settings(var=tmp_path / "new"), tmp_path / "new")


@pytest.mark.parametrize(
    ("words", "told_word"),
    [
        (("backup", "{folder}"), "is a folder"),
        (("backup", "{folder}/none/x.tar.gz"), "none"),
        (("restore", "{folder}/none.tar.gz"), "no file"),
        (("restore", "{folder}/shop.yml", "--yes", "--no-keep"), "no whole backup"),
    ],
)
def test_mistakes_end_in_a_line(run: Run, shop: Path, shop_file: Path, words: tuple[str, ...], told_word: str) -> None:
    assert told_word in told(run(*(word.format(folder=shop_file.parent) for word in words)))


def test_nothing_is_restored_under_a_running_server(run: Run, shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    run("backup", tmp_path / "backup.tar.gz")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        monkeypatch.setenv("PORT", str(listening.getsockname()[1]))
        assert "stop the assistant first" in told(run("restore", tmp_path / "backup.tar.gz", "--yes"))


@pytest.fixture
def postgres() -> Iterator[str]:
    """An empty PostgreSQL database of this test's own."""
    server = os.environ.get(POSTGRES)
    if not server or not shutil.which("pg_dump"):
        pytest.skip(f"{POSTGRES} names no PostgreSQL database, or pg_dump is missing")
    name = f"glasskin_backup_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT", future=True)
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(False)
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


def test_postgresql_comes_back(run: Run, var: Path, owner: Path, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", postgres)
    monkeypatch.setenv("TRACKER_URL", postgres)
    run("import", SAMPLE)
    settings.cache_clear()
    archive = tmp_path / "backup.tar.gz"
    write_backup(archive, settings(), owner)
    engine = create_engine(postgres, future=True)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    assert restore_backup(archive, settings(), tmp_path / "new")[0] == "database of shop"
    upgrade(postgres)
    assert count(postgres) == 83
