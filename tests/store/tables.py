"""Tables for empty databases, copied from one that the migrations made: once a process and kind of database."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.engine import create_engine, make_url

from bot.store.migrations import upgrade

SCHEMA = "-csearch_path="


def copied_file(url: str) -> bool:
    """Puts tables into a SQLite file that is not there yet or empty; False where `url` names no such file."""
    address = make_url(url)
    if not address.drivername.startswith("sqlite") or not address.database:
        return False
    path = Path(address.database)
    if path.exists() and path.stat().st_size:
        return False
    shutil.copyfile(_template(), path)
    return True


@lru_cache(maxsize=1)
def _template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="glasskin-tables-")) / "shop.db"
    upgrade(f"sqlite:///{path}")
    return path


def copied_schema(url: str) -> bool:
    """Puts tables into an empty schema of a PostgreSQL database; False where `url` names none, or nothing can dump one here."""
    schema = _schema(url)
    if not schema or not shutil.which("pg_dump"):
        return False
    server = make_url(url).set(query={}).render_as_string(False)
    made, script = _script(server)
    engine = create_engine(server, future=True)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(script.replace(made, schema).replace("%", "%%"))
    finally:
        engine.dispose()
    return True


def _schema(url: str) -> str:
    options = str(make_url(url).query.get("options", ""))
    return options[len(SCHEMA):] if options.startswith(f"{SCHEMA}test_") else ""


@lru_cache(maxsize=1)
def _script(server: str) -> tuple[str, str]:
    """The name of a schema that the migrations filled, and the statements that make it again in one that is there."""
    schema = f"template_{uuid4().hex}"
    engine = create_engine(server, future=True)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    upgrade(make_url(server).set(query={"options": f"{SCHEMA}{schema}"}).render_as_string(False))
    with engine.begin() as connection:
        options = ["--inserts", "--no-owner", "--no-privileges", f"--schema={schema}"]
        address = make_url(server).set(drivername="postgresql").render_as_string(False)
        dumped = subprocess.run(["pg_dump", *options, address], check=True, capture_output=True, text=True).stdout
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()
    lines = [line for line in dumped.splitlines() if not line.startswith(("--", "\\", f"CREATE SCHEMA {schema}"))]
    return schema, "\n".join(lines)
