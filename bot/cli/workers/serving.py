"""`glasskin serve --workers N`: makes everything ready, opens the port and hands it to the workers."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from collections.abc import Callable

import typer

from bot.cli.errors import stop
from bot.cli.workers.supervisor import BACKLOG, GLASSKIN, Hopeless, Supervisor
from bot.settings import Settings


def serve_with_workers(chosen: Settings, announce: Callable[[], None]) -> None:
    """Serves with several processes until stopped, and calls `announce` as soon as all of them answer.

    Tables and model are made ready by a process of its own, since one that has trained keeps twice the memory.
    """
    made = subprocess.run([*GLASSKIN, "setup"], check=False)
    if made.returncode:
        raise typer.Exit(made.returncode)
    with listening_at(chosen.host, chosen.port) as port:
        try:
            asyncio.run(Supervisor(chosen, port, lambda line: typer.echo(line, err=True)).run(announce))
        except Hopeless as error:
            stop(str(error))


def listening_at(host: str, port: int) -> socket.socket:
    """An open socket at an address of this machine."""
    family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    made = socket.socket(family, kind, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind(address)
    made.listen(BACKLOG)
    return made
