"""A channel on a real Sanic server, mounted by Rasa's own `register`, and requests to it sent as they are."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from rasa.core.channels.channel import InputChannel, register
from sanic import Sanic


class Answer:
    """What came back for one request; header names are in lower case."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()


class Server:
    """A running server on a free port."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Send `path` exactly as written: http.client resolves neither dots nor escapes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(
                method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
            )
            return Answer(connection.getresponse())
        finally:
            connection.close()


@contextmanager
def running(*channels: InputChannel) -> Iterator[Server]:
    """A server with these channels. Sanic's test mode lets one process have several."""
    Sanic.test_mode = True
    app = Sanic(f"{channels[0].name()}_{uuid4().hex}", configure_logging=False)
    register(list(channels), app, route="/webhooks/")
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    loop = asyncio.new_event_loop()

    async def start() -> None:
        # Sanic's server object has no types of its own.
        running: Any = await app.create_server(sock=sock, return_asyncio_server=True, access_log=False)
        await running.startup()
        await running.start_serving()

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield Server(sock.getsockname()[1])
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        sock.close()
        loop.close()
