"""One of several processes: serves on the socket that it was given, until it is told to stop or its supervisor is gone."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import nullcontext
from pathlib import Path
from threading import Thread

from bot.cli.workers.told import LIFE, LISTENS, MODEL, READY
from bot.settings import Settings, worker_number


def serve_as_worker(chosen: Settings) -> None:
    """Serves until stopped.

    Raises:
        ModelError: when the model cannot be loaded.
    """
    from bot.cli.watching import watching
    from bot.rasa.serving import serve

    listening = socket.socket(fileno=int(os.environ[LISTENS]))
    Thread(target=_stop_with, args=(int(os.environ[LIFE]),), daemon=True, name="supervisor").start()

    def announce() -> None:
        os.write(int(os.environ[READY]), b".")

    with watching(chosen) if worker_number() == "1" else nullcontext():
        serve(Path(os.environ[MODEL]), chosen, announce, listening)


def _stop_with(life: int) -> None:
    """Stops this process as soon as the supervisor has ended, in whatever way: nobody would start it again, or stop it."""
    os.read(life, 1)
    os.kill(os.getpid(), signal.SIGTERM)
