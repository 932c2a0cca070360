"""A PostgreSQL server of a test's own, which it may stop and start."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.paths import ROOT
from tests.conftest import free_port


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


@contextmanager
def own_postgres() -> Iterator[Server]:
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
