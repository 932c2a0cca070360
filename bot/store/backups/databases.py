"""Copies a database out and in while others use it: SQLite by its backup API, PostgreSQL by its own pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from bot.store.backups.archive import give_to_folders_owner
from bot.store.backups.errors import BackupError

SUFFIXES = {"sqlite": ".sqlite", "postgresql": ".dump"}
WAITS_S = 30


def kind_of(address: str) -> str:
    """ "sqlite" or "postgresql"."""
    kind: str = make_url(address).get_backend_name()
    return kind


def dump(address: str, target: Path) -> bool:
    """Writes the database as it is at this moment to a file; False where there is no database yet.

    Raises:
        BackupError: when it cannot be read.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _dump_sqlite(_path(url), target)
    _run("pg_dump", url, "--format=custom", "--no-owner", "--file", str(target))
    return True


def load(source: Path, address: str) -> None:
    """Puts what `dump` wrote in the place of the database's content, all of it or nothing.

    Raises:
        BackupError: when it cannot be written.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        _replace_sqlite(source, _path(url))
        return
    _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(source))


def _dump_sqlite(path: Path, target: Path) -> bool:
    if not path.is_file():
        return False
    _copy_sqlite(path, target)
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise BackupError(f"{path} is damaged ({found}); restore the last good backup.")
    return True


def _replace_sqlite(source: Path, path: Path) -> None:
    """Puts a copy in the place of a database that may be damaged, so nothing of the old one is read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.restored")
    fresh.unlink(missing_ok=True)
    _copy_sqlite(source, fresh)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    give_to_folders_owner(fresh)
    fresh.replace(path)


def _copy_sqlite(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(source, timeout=WAITS_S)) as one, closing(sqlite3.connect(target, timeout=WAITS_S)) as other:
            one.backup(other)
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be copied to {target}: {error}.") from error
    target.chmod(0o600)


def _path(url: URL) -> Path:
    if url.database in (None, "", ":memory:"):
        raise BackupError("A database in memory cannot be kept: name a file in DATABASE_URL and TRACKER_URL.")
    return Path(str(url.database))


def _run(program: str, url: URL, *words: str) -> None:
    """Runs one of PostgreSQL's programs; the password goes by its environment, as the command line is seen by all."""
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing. Install PostgreSQL's client programs (Debian: postgresql-client).")
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    target = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    done = subprocess.run(
        [program, "--no-password", "--dbname", target, *words], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        told = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[0]
        raise BackupError(f"{told}. Nothing was changed.")
