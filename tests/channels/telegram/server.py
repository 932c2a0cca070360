"""A server that tests stop, kill and start again with its data kept."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.conftest import free_port, running_server


class ServerProcess:
    """`glasskin serve` with its data in `folder`, always on the same port."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.variables = variables
        self._stack = ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        self._process = self._stack.enter_context(running_server(self.folder, self.port, **self.variables))

    def memory(self) -> int:
        """Resident memory of the running server, in bytes."""
        assert self._process
        return int(psutil.Process(self._process.pid).memory_info().rss)

    def stop(self, kill: bool = False) -> None:
        """Ends it, in good order or not."""
        if kill and self._process:
            self._process.kill()
            self._process.wait(timeout=20)
        self._stack.close()
