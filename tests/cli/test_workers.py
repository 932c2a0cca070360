"""`glasskin serve --workers N`: what dies is started again, a renewal refuses nobody, and a stop ends all. Workers are stand-ins here, as
the supervisor knows no more of one than that it takes connections from the socket and says when."""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import pytest

from bot.cli.starting import workers_problem
from bot.cli.workers import supervisor as supervising
from bot.cli.workers.serving import listening_at
from bot.cli.workers.supervisor import Hopeless, Supervisor
from bot.cli.workers.told import FIGURES
from bot.rasa.stamp import STAMP
from bot.settings import Settings

ANSWERS = """
import os, signal, socket, sys
if sys.argv[1] == "setup":
    sys.exit(0)
over = []
signal.signal(signal.SIGTERM, lambda *_: over.append(1))
port = socket.socket(fileno=int(os.environ["GLASSKIN_LISTENS"]))
port.settimeout(0.05)
os.write(int(os.environ["GLASSKIN_READY"]), b".")
while not over:
    try:
        one, _ = port.accept()
    except (TimeoutError, socket.timeout):
        continue
    one.recv(1000)
    body = f'{os.environ["GLASSKIN_WORKER"]} {os.getpid()}'.encode()
    one.sendall(b"HTTP/1.1 200 OK\\r\\nconnection: close\\r\\ncontent-length: %d\\r\\n\\r\\n" % len(body) + body)
    one.close()
"""
DIES = "import sys; sys.exit(3)"
told_lines: list[str] = []


def run(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch, work: Callable[[int], Awaitable[None]]) -> list[str]:
    """Runs a supervisor of two stand-ins, and `work` with its port as soon as they answer; what it told."""
    monkeypatch.setattr(supervising, "GLASSKIN", (sys.executable, "-c", script))
    monkeypatch.setattr(supervising, "FIRST_PAUSE_S", 0.01)
    monkeypatch.delenv(FIGURES, raising=False)
    (folder / STAMP).write_text('{"model": "glasskin.tar.gz"}')
    told = told_lines
    told.clear()

    async def all_of_it() -> None:
        with listening_at("127.0.0.1", 0) as port:
            number = port.getsockname()[1]
            chosen = Settings(workers=2, var=folder, models=folder, port=number)
            answer = asyncio.Event()

            async def then() -> None:
                await answer.wait()
                try:
                    await work(number)
                finally:
                    os.kill(os.getpid(), signal.SIGTERM)

            working = asyncio.create_task(then())
            try:
                await Supervisor(chosen, port, told.append).run(answer.set)
                await working
            finally:
                working.cancel()

    asyncio.run(all_of_it())
    return list(told)


def ask(port: int) -> tuple[str, int]:
    """Who answers: the number of the worker, and its process."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    number, process = connection.getresponse().read().decode().split()
    return number, int(process)


async def asked(port: int, count: int = 1) -> set[tuple[str, int]]:
    return set(await asyncio.gather(*(asyncio.to_thread(ask, port) for _ in range(count))))


def test_what_dies_is_started_again_and_a_stop_ends_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[int] = set()

    async def work(port: int) -> None:
        [(number, process)] = await asked(port)
        os.kill(process, signal.SIGKILL)
        while psutil.pid_exists(process):
            await asyncio.sleep(0.01)
        while not any(one == number and other != process for one, other in seen_now):
            seen_now.update(await asked(port, 4))
        seen.update(other for _, other in seen_now)

    seen_now: set[tuple[str, int]] = set()
    told = run(tmp_path, ANSWERS, monkeypatch, work)
    assert len(told) == 1 and "by SIGKILL" in told[0]
    assert seen and not any(psutil.pid_exists(one) for one in seen)


def test_a_renewal_refuses_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def work(port: int) -> None:
        before: set[tuple[str, int]] = set()
        while len({number for number, _ in before}) < 2:
            before |= await asked(port, 4)
        os.kill(os.getpid(), signal.SIGHUP)
        after: set[tuple[str, int]] = set()
        while len({number for number, _ in after}) < 2:
            after |= await asked(port, 4) - before

    told = run(tmp_path, ANSWERS, monkeypatch, work)
    assert [line for line in told if "renewed" in line][:1] == ["Process 1 of 2 is renewed."]


def test_a_renewal_that_fails_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken"
    script = f"import os, sys\nif os.path.exists({str(broken)!r}) and sys.argv[1] != 'setup': sys.exit(3)\n{ANSWERS}"

    async def work(port: int) -> None:
        broken.write_text("")
        os.kill(os.getpid(), signal.SIGHUP)
        while len(told_lines) < 5:
            await asyncio.sleep(0.05)
        assert {number for number, _ in await asked(port, 4)} == {"2"}

    told = run(tmp_path, script, monkeypatch, work)
    assert all("Process 1 ended (with 3)" in line for line in told)


def test_workers_that_never_answer_end_it_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_: int) -> None:
        raise AssertionError("nobody answers")

    with pytest.raises(Hopeless, match="before it answered"):
        run(tmp_path, DIES, monkeypatch, never)


def test_what_cannot_be_shared_is_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workers_problem("sqlite:////var/conversations.sqlite") is None and workers_problem("postgresql://a@b/c") is None
    assert "in memory" in str(workers_problem("sqlite://"))
    monkeypatch.setattr("bot.store.turns.on_file.TRY", None)
    assert "on Linux only" in str(workers_problem("sqlite:////var/conversations.sqlite"))
