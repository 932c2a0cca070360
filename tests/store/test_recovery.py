"""A PostgreSQL server that stops is told at once; when it is back, the same `Database` answers again by itself."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.store.database import Database
from bot.store.errors import StoreUnavailable
from bot.store.importers.importing import import_file
from bot.store.migrations import upgrade
from bot.store.repository import ProductRepository
from bot.store.views import ProductQuery
from tests.conftest import free_port
from tests.store.conftest import SAMPLE

TOLD_WITHIN_S = 5.0


class Server:
    """A private PostgreSQL that a test may stop and start."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._cluster = folder / "cluster"
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def run(self, *commands: str) -> None:
        """Shell commands with the functions of scripts/postgres."""
        script = f"cd {ROOT}; source scripts/postgres; CLUSTER={self._cluster}; OWN_PORT={self.port}; " + "; ".join(commands)
        subprocess.run(["bash", "-euc", script], check=True, stdout=subprocess.DEVNULL, timeout=60)

    def stop(self) -> None:
        """Stops it as a crash would."""
        self.run('_as_owner "$(_programs)/pg_ctl" -D "$CLUSTER" -m immediate -w stop')

    def start(self) -> None:
        """Starts it where it was."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        self.run(f'_as_owner "$(_programs)/pg_ctl" -D "$CLUSTER" -w -l "$CLUSTER/log" -o "{options}" start')


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server in a folder that its owner may enter."""
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("no PostgreSQL server is installed")
    folder = Path(f"/tmp/glasskin-recovery-{os.getpid()}-{time.time_ns()}")
    folder.mkdir()
    folder.chmod(0o755)
    made = Server(folder)
    try:
        made.run("_start_own")
        yield made
    finally:
        made.run("stop_postgres")
        shutil.rmtree(folder)


def handles(database: Database) -> list[str]:
    with database.session() as session:
        return [view.handle for view in ProductRepository(session).search(ProductQuery(text="toner", limit=50))]


def test_server_that_stops_and_comes_back(server: Server) -> None:
    upgrade(server.url)
    database = Database(server.url, 2.0)
    import_file(database, SAMPLE)
    before = handles(database)
    assert before
    server.stop()
    for _ in range(2):
        started = time.monotonic()
        with pytest.raises(StoreUnavailable, match="cannot be reached"):
            handles(database)
        assert time.monotonic() - started < TOLD_WITHIN_S
    server.start()
    assert handles(database) == before
    database.dispose()
