"""Starts the workers, starts again what dies, stops them within ten seconds, and renews them one after the other on SIGHUP."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Optional

from prometheus_client.multiprocess import mark_process_dead

from bot.cli.workers.told import FIGURES, LIFE, LISTENS, MODEL, READY
from bot.rasa.stamp import latest_model
from bot.settings import WORKER, Settings

STOPS_S = 12.0
"""A worker stops within ten seconds; one that does not is ended."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
MOST_FAILURES = 3
"""So often in a row a worker may end before it answers; then something is wrong that another start does not mend."""
BACKLOG = 512
GLASSKIN = (sys.executable, "-m", "bot.cli")
Tell = Callable[[str], None]
Start = Callable[[int], Awaitable[tuple[asyncio.subprocess.Process, asyncio.Event]]]


class Hopeless(Exception):
    """A worker does not come to answer."""


class Worker:
    """One place among the workers: whoever is in it, and who comes next."""

    def __init__(self, number: int, start: Start, is_alone: Callable[[], bool], tell: Tell) -> None:
        """
        Args:
            number: from 1.
            start: starts a process for it; gives it, and what is set when it answers.
            is_alone: whether no worker at all answers.
            tell: takes a line for whoever watches.
        """
        self.number = number
        self._start, self._is_alone, self._tell = start, is_alone, tell
        self._process: Optional[asyncio.subprocess.Process] = None
        self._stops = self._renewed = False
        self.answers = asyncio.Event()

    @property
    def serves(self) -> bool:
        """Whether there is a process that answers."""
        return self.answers.is_set() and self._process is not None and self._process.returncode is None

    async def keep(self) -> None:
        """Keeps a process there until `stop`.

        Raises:
            Hopeless: when one after the other ends before it answers, and no other worker answers either.
        """
        failures = 0
        while not self._stops:
            self._renewed = False
            self._process, self.answers = await self._start(self.number)
            code = await self._process.wait()
            mark_process_dead(self._process.pid, os.environ[FIGURES])  # type: ignore[no-untyped-call]
            if self._stops or self._renewed:
                continue
            failures = 0 if self.answers.is_set() else failures + 1
            if failures >= MOST_FAILURES and self._is_alone():
                raise Hopeless(f"Process {self.number} ended {failures} times before it answered. What it said stands above.")
            self._tell(f"Process {self.number} ended ({_how(code)}); it is started again.")
            await asyncio.sleep(min(FIRST_PAUSE_S * 2 ** min(failures, 10), LONGEST_PAUSE_S))

    async def renew(self) -> None:
        """Stops the process that is there, and waits until the next one answers."""
        self._renewed = True
        before = self.answers
        await self._end()
        while self.answers is before or not self.serves:
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Stops the process, for good."""
        self._stops = True
        await self._end()

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), STOPS_S)
            except asyncio.TimeoutError:
                self._tell(f"Process {self.number} did not stop within {STOPS_S:.0f} seconds and is ended.")
                process.kill()
                await process.wait()


class Supervisor:
    """The workers of one port."""

    def __init__(self, chosen: Settings, listening: socket.socket, tell: Tell) -> None:
        """
        Args:
            chosen: the settings.
            listening: the port's socket.
            tell: takes a line for whoever watches.
        """
        self._chosen, self._listening, self._tell = chosen, listening, tell
        self._life, self._life_end = os.pipe()
        self._figures = chosen.var / "metrics"
        self._renewing: Optional[asyncio.Task[None]] = None
        self._workers = [Worker(number, self._start, self._is_alone, tell) for number in range(1, chosen.workers + 1)]

    async def run(self, announce: Callable[[], None]) -> None:
        """Serves until SIGTERM or SIGINT; `announce` is called as soon as all workers answer.

        Raises:
            Hopeless: when a worker does not come to answer; the others are stopped then.
        """
        shutil.rmtree(self._figures, ignore_errors=True)
        self._figures.mkdir(parents=True)
        os.environ[FIGURES] = str(self._figures)
        loop = asyncio.get_running_loop()
        over = asyncio.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(one, over.set)
        loop.add_signal_handler(signal.SIGHUP, self._renew)
        keeping = [loop.create_task(worker.keep()) for worker in self._workers]
        waiting: asyncio.Task[Any] = loop.create_task(over.wait())
        announcing = loop.create_task(self._announce(announce))
        try:
            done, _ = await asyncio.wait([waiting, *keeping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            announcing.cancel()
            waiting.cancel()
            if self._renewing is not None:
                self._renewing.cancel()
            self._listening.close()
            await asyncio.gather(*(worker.stop() for worker in self._workers))
            for task in keeping:
                if task not in done:
                    task.cancel()
            await asyncio.gather(*keeping, return_exceptions=True)
        for task in done - {waiting}:
            task.result()

    async def _announce(self, announce: Callable[[], None]) -> None:
        for worker in self._workers:
            while not worker.serves:
                await asyncio.sleep(0.1)
        announce()

    def _is_alone(self) -> bool:
        return not any(worker.serves for worker in self._workers)

    def _renew(self) -> None:
        """Begins a renewal; one that is at work, or waits for a worker that does not come to answer, ends."""
        if self._renewing is not None:
            self._renewing.cancel()
        self._renewing = asyncio.get_running_loop().create_task(self._renew_all())

    async def _renew_all(self) -> None:
        """Makes tables and model ready, and then replaces one worker after the other; what is wrong leaves them as they are."""
        process = await asyncio.create_subprocess_exec(*GLASSKIN, "setup")
        if await process.wait():
            self._tell("Nothing was renewed: what is wrong stands above. The processes go on as they are.")
            return
        for worker in self._workers:
            await worker.renew()
            self._tell(f"Process {worker.number} of {len(self._workers)} is renewed.")

    async def _start(self, number: int) -> tuple[asyncio.subprocess.Process, asyncio.Event]:
        ready, ready_end = os.pipe()
        told = {
            WORKER: str(number), LISTENS: str(self._listening.fileno()), READY: str(ready_end), LIFE: str(self._life),
            MODEL: str(latest_model(self._chosen.models)), "WORKERS": str(len(self._workers)),
        }
        address = ("--host", self._chosen.host, "--port", str(self._chosen.port))
        try:
            process = await asyncio.create_subprocess_exec(
                *GLASSKIN, "serve", *address, env={**os.environ, **told}, start_new_session=True,
                pass_fds=(self._listening.fileno(), ready_end, self._life),
            )
        finally:
            os.close(ready_end)
        answers = asyncio.Event()
        loop = asyncio.get_running_loop()

        def heard() -> None:
            if os.read(ready, 1):
                answers.set()
            loop.remove_reader(ready)
            os.close(ready)

        loop.add_reader(ready, heard)
        return process, answers

def _how(code: int) -> str:
    return f"by {signal.Signals(-code).name}" if code < 0 else f"with {code}"
