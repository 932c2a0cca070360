"""What must hold before a server starts: looked at first, so that it never names an address it cannot serve."""

from __future__ import annotations

import errno
import socket

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.errors import stop
from bot.settings import Settings
from bot.shops.chosen import Engine
from bot.store.database import make_engine


def check_start(chosen: Settings) -> None:
    """Ends the command with a line where the port cannot be listened on or a database does not answer."""
    problem = port_problem(chosen.host, chosen.port)
    if problem:
        stop(problem)
    for name, address in (("DATABASE_URL", chosen.database_url), ("TRACKER_URL", chosen.tracker_url)):
        problem = database_problem(name, address) if address else None
        if problem:
            stop(problem)
    Engine.of(chosen)  # ends the command where its key is none
    if chosen.workers > 1 and (problem := workers_problem(chosen.tracker_database)):
        stop(problem)


def workers_problem(address: str) -> str | None:
    """Why several processes cannot share the conversations at this address, None when they can."""
    from bot.store.turns.on_file import TRY

    if make_url(address).get_backend_name() == "sqlite" and TRY is None:
        return "Several processes share a SQLite file on Linux only. Set TRACKER_URL to a PostgreSQL, or start one process."
    if make_url(address).database in (None, "", ":memory:"):
        return "Several processes cannot share conversations in memory. Leave TRACKER_URL out, or set it to a PostgreSQL."
    return None


def port_problem(host: str, port: int) -> str | None:
    """Why nothing can listen on this port, None when it is free."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror:
        return f"HOST={host} is no address of this machine. 127.0.0.1 is for this machine alone, 0.0.0.0 for all its networks."
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            return _port_told(error, host, port)
    return None


def database_problem(name: str, address: str) -> str | None:
    """Why the database at this address gives no answer, in a line that names the setting; None when it does."""
    try:
        engine = make_engine(address)
    except ImportError as error:
        return f"{name}: the driver {error.name} is missing. Write the address as postgresql://user:password@host/name."
    try:
        with engine.connect():
            return None
    except SQLAlchemyError as error:
        told = getattr(error, "orig", None) or error
        where = engine.url.render_as_string(hide_password=True)
        return f"{name}={where} does not answer: {' '.join(str(told).split())} Start the database or mend the address."
    finally:
        engine.dispose()


def _port_told(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use on {host}. Stop what uses it, or choose another: `glasskin serve --port {port % 65535 + 1}`."
    if error.errno == errno.EACCES:
        return f"Port {port} needs root. Choose one from 1024 on and put nginx in front: docs/deploy.md."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"HOST={host} is no address of this machine. 127.0.0.1 is for this machine alone, 0.0.0.0 for all its networks."
    return f"Nothing can listen on {host}:{port}: {error.strerror}."
