"""What is kept: folders, files and both databases."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.engine import make_url

from bot.cli.starting import database_problem
from bot.finding import Finding, good, mend
from bot.settings import DOTENV, Settings
from bot.store import migrations
from bot.store.database import make_engine

CLOCK_SLACK_S = 120


def folders(chosen: Settings) -> Iterator[Finding]:
    """The assistant writes into var/ and models/."""
    for name, folder in {"VAR": chosen.var, "MODELS": chosen.models}.items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if os.access(there, os.W_OK | os.X_OK):
            yield good(f"{folder} can be written")
        else:
            yield mend(f"{there} cannot be written by this user: `sudo chown -R $(id -un) {there}`, or set {name}.")


def owners(chosen: Settings) -> Iterator[Finding]:
    """Files that a command left when it was run as root stop the assistant from writing."""
    foreign = [path for path in _files(chosen) if path.stat().st_uid != os.geteuid() and os.geteuid() != 0]
    if foreign:
        yield mend(f"{foreign[0]} belongs to another user: `sudo chown -R $(id -un) {chosen.var}`.")
    else:
        yield good("files belong to this user")


def modes(chosen: Settings) -> Iterator[Finding]:
    """Conversations and keys are nobody else's to read."""
    private = [*_files(chosen), *([DOTENV] if DOTENV.is_file() else [])]
    open_ones = [path for path in private if path.suffix != ".tsv" and stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_ones:
        yield mend(f"other users can read {', '.join(map(str, open_ones[:4]))}: `chmod 600` them.")
    else:
        yield good("nobody else can read what is kept")


def shop_database(chosen: Settings) -> Iterator[Finding]:
    """The shop's database answers and has the tables of this version."""
    problem = database_problem("DATABASE_URL", chosen.shop_database) if is_there(chosen.shop_database) else None
    if problem:
        yield mend(problem)
    elif not is_there(chosen.shop_database):
        yield mend("There is no database of the shop yet: run `glasskin setup`.")
    else:
        yield _migrated(chosen.shop_database)


def conversations(chosen: Settings) -> Iterator[Finding]:
    """The conversations' database answers, and nothing in it is of the future."""
    if not is_there(chosen.tracker_database):
        yield good("the conversations' database is made with the first message")
        return
    problem = database_problem("TRACKER_URL", chosen.tracker_database)
    if problem:
        yield mend(problem)
        return
    engine = make_engine(chosen.tracker_database)
    try:
        with engine.connect() as connection:
            has_events = inspect(connection).has_table("events")
            newest = connection.execute(text("SELECT MAX(timestamp) FROM events")).scalar() if has_events else None
    finally:
        engine.dispose()
    if newest and newest > time.time() + CLOCK_SLACK_S:
        yield mend("The newest message is of the future, so the clock was set back: set it (`timedatectl set-ntp true`).")
    else:
        yield good("the conversations' database answers")


def one_machine(chosen: Settings) -> Iterator[Finding]:
    """SQLite locks by the file system, which network drives do badly."""
    for name, address in {"DATABASE_URL": chosen.shop_database, "TRACKER_URL": chosen.tracker_database}.items():
        path = make_url(address).database
        if make_url(address).get_backend_name() == "sqlite" and path and _on_network(Path(path)):
            yield mend(f"{path} lies on a network drive, where SQLite loses data: set {name} to PostgreSQL.")


def _files(chosen: Settings) -> list[Path]:
    return sorted(path for path in chosen.var.glob("*") if path.is_file())


def is_there(address: str) -> bool:
    """Whether there is anything to connect to; connecting to SQLite would make an empty file."""
    url = make_url(address)
    return url.get_backend_name() != "sqlite" or not url.database or Path(url.database).is_file()


def _migrated(address: str) -> Finding:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    steps = ScriptDirectory.from_config(config)
    at, newest = migrations.current_revision(address), steps.get_current_head()
    if at == newest:
        return good(f"the shop's database answers and is at step {at}")
    if at is not None and at not in {step.revision for step in steps.walk_revisions()}:
        return mend(f"The shop's database is at step {at} of a newer Glasskin: start that one (docs/deploy.md, Upgrading).")
    return mend(f"The shop's database is at step {at or 'none'}, this version wants {newest}: run `glasskin setup`.")


def _on_network(path: Path) -> bool:
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return False
    rows = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    kinds = {Path(row[1]): row[2] for row in rows}
    over = next((folder for folder in (path.resolve(), *path.resolve().parents) if folder in kinds), None)
    return over is not None and kinds[over] in ("nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs")


