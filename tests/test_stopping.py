"""A server stops within ten seconds, whatever its clients do, and quietly."""

from __future__ import annotations

import signal
import socket
import threading
import time
from pathlib import Path

import requests

from tests.conftest import free_port, running_server

STOPS_WITHIN_S = 10.0
CLIENTS = 12


class Client(threading.Thread):
    """Sends one message after the other over a connection that it keeps alive, until nobody listens."""

    def __init__(self, address: str, name: str) -> None:
        super().__init__(daemon=True)
        self.address = address
        self.sender = name
        self.answered = 0
        self.closed = 0
        self.broken: list[str] = []
        self.over = threading.Event()

    def run(self) -> None:
        session = requests.Session()
        while not self.over.is_set():
            try:
                answer = session.post(self.address, json={"sender": self.sender, "message": "hello"}, timeout=30)
                self.answered += answer.status_code == 200
                self.closed += answer.headers.get("connection") == "close"
            except requests.ConnectionError as error:
                if "refused" in str(error):
                    return
                self.broken.append(str(error))


def test_busy_and_stuck_clients_hold_up_nothing(tmp_path: Path) -> None:
    port = free_port()
    with running_server(tmp_path, port) as process:
        clients = [Client(f"http://127.0.0.1:{port}/webhooks/rest/webhook", str(number)) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        half, idle = (socket.create_connection(("127.0.0.1", port)) for _ in range(2))
        half.sendall(b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
        deadline = time.monotonic() + 30
        while any(client.answered < 2 for client in clients) and time.monotonic() < deadline:
            time.sleep(0.1)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) in (0, -signal.SIGTERM)
        assert time.monotonic() - began < STOPS_WITHIN_S
        for client in clients:
            client.over.set()
            client.join(timeout=30)
        half.close()
        idle.close()
    assert sum(client.closed for client in clients) >= CLIENTS / 2
    # A connection that was never taken from the kernel's queue is reset with the queue: nothing of it was handled.
    assert [one for client in clients for one in client.broken if "reset by peer" not in one] == []
    log = (tmp_path / "log").read_text()
    assert "destroyed" not in log and "Traceback" not in log
