"""The webhook against telemelya, a stand-in for the Bot API by somebody else."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Callable, Iterator

import aiohttp
import pytest
import requests
from aiohttp import web

from bot.channels.telegram.api import SECRET_HEADER
from bot.channels.telegram.channel import secret
from bot.settings import Settings
from tests.channels.telegram.server import ServerProcess
from tests.conftest import free_port
from tests.peers.environment import newer_python, proving_python
from tests.peers.telegram import TOKEN

REQUIREMENTS = Path(__file__).parents[2] / "peers" / "prove" / "telemelya.txt"


class Telemelya:
    """Acts as a user through telemelya's control API, one session a test."""

    def __init__(self, address: str, session: str) -> None:
        self._address = f"{address}/api/v1/test"
        self._headers = {"Authorization": "Bearer any", "X-Test-Session": session}

    def update(self, **content: Any) -> None:
        """Delivers an update to the bot's webhook."""
        reply = requests.post(
            f"{self._address}/send_update", params={"bot_token": TOKEN}, json=content, headers=self._headers, timeout=30
        )
        assert reply.status_code == 200, reply.text
        assert reply.json()["delivery"]["status_code"] == 200

    def responses(self, method: str, count: int) -> list[dict[str, Any]]:
        """What the bot has sent by a method, once there are `count`."""
        deadline = time.monotonic() + 30
        found: list[dict[str, Any]] = []
        while time.monotonic() < deadline and len(found) < count:
            reply = requests.get(f"{self._address}/responses", headers=self._headers, timeout=10).json()
            found = [one for one in reply["responses"] if one["method"] == method]
            time.sleep(0.05)
        assert len(found) == count, found
        return found


@pytest.fixture(scope="module")
def telemelya(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Telemelya with its Redis and object store, and the assistant that answers there."""
    python, redis = newer_python(), shutil.which("redis-server")
    if not python or not redis:
        assert not os.environ.get("CI"), "telemelya needs Python 3.11 and redis-server; .ci/run installs them"
        pytest.skip("telemelya needs Python 3.11 and redis-server")
    folder = tmp_path_factory.mktemp("telemelya")
    binaries = Path(proving_python(REQUIREMENTS, python)).parent
    redis_port, store_port, port = free_port(), free_port(), free_port()
    environment = {
        **os.environ, "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0", "MINIO_ENDPOINT": f"127.0.0.1:{store_port}",
        "MOCK_SERVER_HOST": "127.0.0.1", "MOCK_SERVER_PORT": str(port),
    }
    commands = [
        [redis, "--port", str(redis_port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)],
        [str(binaries / "moto_server"), "-H", "127.0.0.1", "-p", str(store_port)],
        [str(binaries / "telemelya-server")],
    ]
    processes: list[subprocess.Popen[bytes]] = []
    address = f"http://127.0.0.1:{port}"
    relay = Relay()
    server = ServerProcess(folder, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=address, TELEGRAM_WEBHOOK_URL=relay.address)
    relay.target = server.address
    try:
        with (folder / "peers.log").open("w") as log:
            for command, waits in zip(commands, (redis_port, store_port, port)):
                processes.append(subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=folder))
                _listening(waits)
        server.start()
        until(lambda: bool(requests.post(f"{address}/bot{TOKEN}/getWebhookInfo", timeout=10).json()["result"]["url"]))
        yield address
    finally:
        server.stop()
        relay.stop()
        for process in reversed(processes):
            process.terminate()
            process.wait(timeout=20)


class Relay:
    """Adds the secret token to deliveries, which telemelya 0.2 leaves out."""

    def __init__(self) -> None:
        self.target = ""
        self.address = f"http://127.0.0.1:{free_port()}"
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._run, args=(ready,), daemon=True).start()
        assert ready.wait(10)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        ready.set()
        self._loop.run_forever()

    async def _serve(self) -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._pass_on)
        self._runner = web.AppRunner(app, handle_signals=False)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", int(self.address.rsplit(":", 1)[1])).start()

    async def _pass_on(self, request: web.Request) -> web.Response:
        headers = {SECRET_HEADER: secret(Settings(telegram_token=TOKEN)), "Content-Type": "application/json"}
        async with aiohttp.ClientSession() as session:
            async with session.post(f"{self.target}{request.path}", data=await request.read(), headers=headers) as reply:
                return web.Response(status=reply.status, body=await reply.read())

    def stop(self) -> None:
        """Stops passing on."""
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)


def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Waits for a condition."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.1)


def _listening(port: int) -> None:
    def answers() -> bool:
        import socket

        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(answers)


def test_a_conversation_with_text_button_and_commands(telemelya: str) -> None:
    user = Telemelya(telemelya, "conversation")
    user.update(chat_id=501, text="Can I use an ampoule every day?")
    (answer,) = user.responses("sendMessage", 1)
    assert "times" in answer["text"]
    button = answer["reply_markup"]["inline_keyboard"][-1][0]  # the first begins a search, which edits its message
    user.update(chat_id=501, callback_data=button["callback_data"], callback_message_id=answer["message_id"])
    assert button["text"] in user.responses("sendMessage", 2)[1]["text"]
    assert user.responses("answerCallbackQuery", 1)
    user.update(chat_id=501, command="/help")
    user.responses("sendMessage", 3)


def test_a_photo_with_a_caption_is_answered_by_its_caption(telemelya: str) -> None:
    user = Telemelya(telemelya, "photo")
    user.update(chat_id=502, photo_file_id="p" * 20, photo_caption="What is a serum?")
    assert "serum" in user.responses("sendMessage", 1)[0]["text"].lower()


def test_a_message_is_edited_in_place(telemelya: str) -> None:
    user = Telemelya(telemelya, "reminder")
    user.update(chat_id=503, text="remind me on ampoule nights")
    (asked,) = user.responses("sendMessage", 1)
    data = asked["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    user.update(chat_id=503, callback_data=data, callback_message_id=asked["message_id"])
    assert "Where are you" in user.responses("editMessageText", 1)[0]["text"]
