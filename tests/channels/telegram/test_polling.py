"""`glasskin telegram poll`: people without a public address."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Iterator

import pytest

from bot.paths import ROOT
from tests.channels.telegram.server import ServerProcess
from tests.peers.telegram import TOKEN, TelegramPeer


@pytest.fixture(scope="module")
def polled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TelegramPeer, ServerProcess, subprocess.Popen[str]]]:
    """A stand-in without webhook, a server, and the poller between them."""
    peer = TelegramPeer().start()
    process = ServerProcess(tmp_path_factory.mktemp("polled"), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=peer.address)
    poller = None
    try:
        process.start()
        poller = _poller(process)
        peer.until(lambda: any(method == "deleteWebhook" for method, _ in peer.calls), 60)
        yield peer, process, poller
    finally:
        if poller:
            poller.terminate()
            poller.wait(10)
        process.stop()
        peer.stop()


def _poller(process: ServerProcess, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "telegram", "poll"], cwd=ROOT, env={**os.environ, "PORT": str(process.port), **process.variables, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )


def test_updates_come_by_polling_and_wait_while_the_server_is_away(
    polled: tuple[TelegramPeer, ServerProcess, subprocess.Popen[str]],
) -> None:
    peer, process, _ = polled
    peer.say(7, "What is a serum?")
    assert "serum" in peer.wait(7, 1)[0].text.lower()
    process.stop()
    peer.say(7, "What is a toner?")
    process.start()
    assert "toner" in peer.wait(7, 2, 60)[1].text.lower()


def test_a_wrong_token_is_told_and_ends_the_poller(
    polled: tuple[TelegramPeer, ServerProcess, subprocess.Popen[str]],
) -> None:
    poller = _poller(polled[1], TELEGRAM_TOKEN="1:wrong")
    output, _ = poller.communicate(timeout=60)
    assert poller.returncode == 1
    assert "refuses the token" in output


@pytest.mark.parametrize("command", ["poll", "check"])
def test_without_a_token_the_commands_say_what_to_do(command: str, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "bot.cli", "telegram", command], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={"PATH": "/usr/bin:/bin", "VAR": str(tmp_path)},
    )
    assert found.returncode == 1
    assert "BotFather" in found.stderr
