"""The server is killed in mid-conversation and started again: visitors notice nothing but the pause."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Optional

import pytest
import socketio

from tests.channels.test_web import DRY, OFTEN, PROFILE, TOGETHER
from tests.channels.web_client import Tab, tab
from tests.conftest import free_port, running_server


class Machine:
    """A server that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._running = ExitStack()
        self.process: Optional[subprocess.Popen[bytes]] = None

    def start(self) -> None:
        """Starts the server, unless it runs, and waits until it answers."""
        if self.process is None or self.process.poll() is not None:
            self.process = self._running.enter_context(running_server(self.folder, self.port))

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.end(signal.SIGKILL)

    def end(self, by: signal.Signals) -> int:
        """Sends a signal and returns the exit status."""
        assert self.process is not None
        self.process.send_signal(by)
        return self.process.wait(timeout=10)

    def stop(self) -> None:
        """Ends it for good."""
        self._running.close()

    def rows(self, statement: str) -> list[Any]:
        """What is kept of conversations."""
        with sqlite3.connect(self.folder / "var" / "conversations.sqlite") as connection:
            return connection.execute(statement).fetchall()


@pytest.fixture(scope="module")
def own_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A server of this module's own."""
    made = Machine(tmp_path_factory.mktemp("machine"))
    yield made
    made.stop()


@pytest.fixture
def machine(own_machine: Machine) -> Machine:
    """The server, started where a test ended it."""
    own_machine.start()
    return own_machine


def test_a_conversation_survives_the_server(machine: Machine) -> None:
    async def before() -> tuple[str, list[Any]]:
        async with tab(machine.address) as visitor:
            metadata = {"product": "dew-serum", "page": "javascript:alert(1)", "locale": "en-GB", "role": "admin"}
            await visitor.ask(DRY, metadata=metadata)
            await visitor.ask(TOGETHER, id="q2")
            return str(visitor.token), await visitor.begin(visitor.token)

    async def cut_off(token: str) -> None:
        async with tab(machine.address, token) as visitor:
            await visitor.client.emit("user_uttered", {"message": OFTEN, "id": "q3"})
            await asyncio.sleep(0)
            await asyncio.to_thread(machine.kill)
            with suppress(socketio.exceptions.SocketIOError):
                await visitor.close()

    async def after(token: str) -> tuple[Tab, list[Any], list[Any], str]:
        async with tab(machine.address, token) as visitor:
            back = visitor.of("history")[0]["messages"]
            assert await visitor.say(OFTEN, id="q3") == {"ok": True, "id": "q3"}
            assert await visitor.say(TOGETHER, id="q2") == {"ok": True, "id": "q2"}
            messages = await visitor.begin(token)
            return visitor, back, messages, str((await visitor.ask(PROFILE))[0]["text"])

    token, told = asyncio.run(before())
    asyncio.run(cut_off(token))
    machine.start()
    visitor, back, messages, known = asyncio.run(after(token))
    assert visitor.token == token
    assert back[:4] == told
    assert [message["id"] for message in messages if message["from"] == "user"][1:] == ["q2", "q3"]
    assert [message["reply_to"] for message in messages if message["from"] == "bot"][1:] == ["q2", "q3"]
    assert "dry" in known

    asked = [json.loads(row) for (row,) in machine.rows("SELECT data FROM events WHERE type_name = 'user' ORDER BY id")]
    assert asked[0]["metadata"]["product"] == "dew-serum"
    assert not {"page", "role"} & set(asked[0]["metadata"])
    assert token.split(".")[0] not in json.dumps(machine.rows("SELECT * FROM events"))


def test_a_deleted_conversation_leaves_nothing(machine: Machine) -> None:
    async def visit() -> tuple[int, int]:
        async with tab(machine.address) as visitor:
            await visitor.ask(DRY)
            kept = machine.rows("SELECT * FROM events")
            await visitor.call("delete_conversation")
            return len(kept), len(machine.rows("SELECT * FROM events"))

    others = len(machine.rows("SELECT * FROM events"))
    kept, left = asyncio.run(visit())
    assert kept > others
    assert left == others


def test_open_connections_do_not_hold_up_a_stop(machine: Machine) -> None:
    async def visit() -> int:
        async with tab(machine.address), tab(machine.address, transport="polling"):
            return await asyncio.to_thread(machine.end, signal.SIGTERM)

    assert asyncio.run(visit()) in (0, -signal.SIGTERM)
