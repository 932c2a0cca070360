"""A real shop behind a door at which things go wrong on demand, as they do between two machines."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import ThreadingHTTPServer
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
