"""Requests that never come to their end are cut off, and those that do are not."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from sanic.server.protocols.http_protocol import HttpProtocol

from bot.channels.health import Health
from bot.rasa import slow_requests
from tests.channels.serving import Server, running
from tests.cli.conftest import var

__all__ = ["var"]
WAITS_S = 1.0


@pytest.fixture
def server(var: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that waits only shortly."""
    monkeypatch.setattr(slow_requests, "WAITS_S", WAITS_S)
    monkeypatch.setattr(slow_requests, "LOOK_EVERY_S", 0.1)
    monkeypatch.setattr(HttpProtocol, "connection_made", HttpProtocol.connection_made)
    slow_requests.use()
    with running(Health()) as made:
        yield made


def ended_after(server: Server, begin: bytes, more: bytes, most_s: float) -> float | None:
    """Sends the beginning of a request, then something now and then; seconds until the connection is closed, None where it
    is still open after `most_s`."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.settimeout(0.2)
        connection.sendall(begin)
        while time.monotonic() - began < most_s:
            try:
                connection.sendall(more)
                if not connection.recv(4096):
                    return time.monotonic() - began
            except TimeoutError:
                continue
            except OSError:
                return time.monotonic() - began
    return None


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (b"GET /live HTTP/1.1\r\n", b"X-More: a\r\n"),
        (b"GET /live HTTP/1.1\r\nX-Half", b""),
        (b"POST /live HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n", b"a"),
    ],
)
def test_a_request_that_never_ends_is_cut_off(server: Server, begin: bytes, more: bytes) -> None:
    after = ended_after(server, begin, more, 8 * WAITS_S)
    assert after is not None and after > WAITS_S / 2


def test_a_connection_without_a_request_is_kept_for_one(server: Server) -> None:
    assert ended_after(server, b"", b"", 2.5 * WAITS_S) is None
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        for _ in range(3):
            connection.sendall(b"GET /live HTTP/1.1\r\nHost: a\r\n\r\n")
            assert b"200 OK" in connection.recv(4096)
            time.sleep(1.5 * WAITS_S)
