"""Drives Firefox by WebDriver BiDi, the W3C's protocol, which it speaks by itself: Playwright drives only its own build,
and geckodriver is in no package registry."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import websocket

from tests.conftest import free_port

STARTS_WITHIN = 60.0
ANSWERS_WITHIN = 30.0


class Firefox:
    """One tab of a running Firefox."""

    def __init__(self, connection: websocket.WebSocket) -> None:
        self._connection = connection
        self._count = 0
        self.call("session.new", {"capabilities": {}})
        self._tab = self.call("browsingContext.create", {"type": "tab"})["context"]

    def call(self, method: str, parameters: dict[str, Any]) -> Any:
        """A command's result. Raises AssertionError when Firefox refuses it."""
        self._count += 1
        self._connection.send(json.dumps({"id": self._count, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._connection.recv())
            if answer.get("id") == self._count:
                assert answer["type"] == "success", answer
                return answer["result"]

    def run_before_pages(self, function: str) -> None:
        """Have a function run in each page before its own scripts."""
        self.call("script.addPreloadScript", {"functionDeclaration": function})

    def visit(self, address: str) -> None:
        """Load a page and wait for it."""
        self.call("browsingContext.navigate", {"context": self._tab, "url": address, "wait": "complete"})

    def evaluate(self, expression: str) -> Any:
        """The JSON value of an expression in the page; promises are awaited."""
        found = self.call("script.evaluate", {
            "expression": f"(async () => JSON.stringify(await ({expression}) ?? null))()",
            "target": {"context": self._tab}, "awaitPromise": True,
        })
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def wait_for(self, expression: str) -> Any:
        """The value of an expression as soon as it is a true one."""
        deadline = time.monotonic() + ANSWERS_WITHIN
        while time.monotonic() < deadline:
            if value := self.evaluate(expression):
                return value
            time.sleep(0.1)
        raise AssertionError(f"still not true: {expression}")

    def type(self, text: str) -> None:
        """Press keys, one after the other, where the focus is."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.call("input.performActions", {
            "context": self._tab, "actions": [{"type": "key", "id": "keyboard", "actions": keys}],
        })


@contextmanager
def running_firefox(path: str, profile: Path) -> Iterator[Firefox]:
    """A headless Firefox with an empty profile."""
    port = free_port()
    profile.mkdir()
    process = subprocess.Popen(
        [path, "--headless", "--no-remote", "--profile", str(profile), f"--remote-debugging-port={port}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    connection = websocket.WebSocket()
    try:
        _connect(connection, f"ws://127.0.0.1:{port}/session", process)
        yield Firefox(connection)
    finally:
        connection.close()
        process.terminate()
        process.wait(20)


def _connect(connection: websocket.WebSocket, address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while process.poll() is None:
        try:
            connection.connect(address, timeout=ANSWERS_WITHIN, suppress_origin=True)  # type: ignore[no-untyped-call]
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
    raise RuntimeError("Firefox ended before it could be spoken to")
