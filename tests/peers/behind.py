"""A real shop behind a door at which things go wrong on demand, as they do between two machines."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from tests.peers.faults import Faults

PATIENT_S = 30.0
NOT_PASSED_ON = frozenset({"host", "content-length", "connection", "accept-encoding"})


class Behind:
    """The door: hands on to `real` what no fault takes."""

    def __init__(self, real: str, writes: Callable[[str, dict[str, Any]], bool]) -> None:
        """
        Args:
            real: the shop's address.
            writes: tells a change by method and body.
        """
        self.real, self.faults = real, Faults()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self.faults.handler(self._answer, writes))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Closes it."""
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, method: str, target: str, headers: Mapping[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        told = {name: value for name, value in headers.items() if name.lower() not in NOT_PASSED_ON}
        found = requests.request(method, self.real + target, data=json.dumps(body).encode(), headers=told, timeout=PATIENT_S)
        return found.status_code, found.json()


class Ear:
    """What a shop tells by itself."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, dict[str, str]]] = []
        heard = self.heard

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802 - the library's name
                """Keeps it."""
                heard.append((self.rfile.read(int(self.headers.get("Content-Length") or 0)), dict(self.headers)))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/webhooks/shop/events"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Hears no more."""
        self._server.shutdown()
        self._server.server_close()

    def of(self, **told: Any) -> tuple[bytes, dict[str, str]]:
        """The event that tells this, waited for."""
        until = time.monotonic() + PATIENT_S
        while time.monotonic() < until:
            for body, headers in list(self.heard):
                if told.items() <= json.loads(body).items():
                    return body, headers
            time.sleep(0.02)
        raise AssertionError(f"{told} was not told: {[body for body, _ in self.heard]}")
