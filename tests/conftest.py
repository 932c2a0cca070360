"""The running assistant that conversation tests talk to: the real server, as `glasskin serve` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator
from uuid import uuid4

import hypothesis
import pytest
import requests

from bot.paths import DATA, ROOT
from bot.rasa.lean import prepare_rasa

prepare_rasa()
# How long one case takes says more about what else the machine does than about the case.
hypothesis.settings.register_profile("glasskin", deadline=None)
hypothesis.settings.load_profile("glasskin")

STARTS_WITHIN = 120.0
MANY_VISITORS = {
    "WEB_CONNECTIONS_PER_ADDRESS": "500",
    "WEB_MESSAGES_PER_MINUTE": "600",
    "WEB_MESSAGES_PER_MINUTE_PER_ADDRESS": "60000",
}


class Assistant:
    """Talks to a running assistant over REST, a conversation an instance."""

    def __init__(self, address: str, sender: str | None = None) -> None:
        self.address = address
        self.sender = sender or uuid4().hex
        self._session = requests.Session()

    def say(self, text: Any, page: str | None = None) -> list[dict[str, Any]]:
        """Sends a message, from the page of a product where `page` is its handle, and returns the replies."""
        body = {"sender": self.sender, "message": text, **({"metadata": {"product": page}} if page else {})}
        reply = self._session.post(f"{self.address}/webhooks/rest/webhook", json=body, timeout=30)
        assert reply.status_code == 200, reply.text
        replies: list[dict[str, Any]] = reply.json()
        return replies

    def text(self, text: Any, page: str | None = None) -> str:
        """Sends a message and returns the text of all replies as one."""
        return " ".join(reply.get("text", "") for reply in self.say(text, page))

    def other(self) -> Assistant:
        """Somebody else talking to the same server."""
        return Assistant(self.address)


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_server(folder: Path, port: int, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """The real server on `port` with its data in `folder`, where a later one finds it again.

    `variables` are environment variables, that is settings. Its log is shown when it does not start.
    """
    log = folder / "log"
    environment = {
        **os.environ, "VAR": str(folder / "var"), "PORT": str(port), "PYTHONWARNINGS": "ignore", **variables
    }
    with log.open("a") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "serve"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        _wait(f"http://127.0.0.1:{port}", process, log)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def without_codes(folder: Path) -> Path:
    """The demo shop's file for a server whose customers read no mail: number and e-mail are enough to change an order."""
    shop = folder / "shop.yml"
    shop.write_text((DATA / "shop.yml").read_text(encoding="utf-8").replace("change: mailed_code", "change: number_and_email"), encoding="utf-8")
    return shop


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server of the tests keeps its data."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def server(server_folder: Path) -> Iterator[str]:
    """Address of a server with a shop and conversations of its own, which bears many tests at once."""
    port = free_port()
    with running_server(server_folder, port, SHOP=str(without_codes(server_folder)), **MANY_VISITORS):
        yield f"http://127.0.0.1:{port}"


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{address}/webhooks/rest/", timeout=2).status_code == 200:
                return
        except requests.RequestException:
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture
def assistant(server: str) -> Assistant:
    """A new conversation with the running assistant."""
    return Assistant(server)
