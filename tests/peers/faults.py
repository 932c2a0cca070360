"""Faults on demand for stand-ins of shops: what a network, a proxy or a shop under load does to a request."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from typing import Any

Answering = Callable[[str, str, Mapping[str, str], dict[str, Any]], tuple[int, Any]]
LATE_S = 1.0


@dataclass(frozen=True)
class Fault:
    """What happens to a request: its `status`, or what comes instead of an answer ("late", "cut", "html", "list", "empty", or an
    object of JSON as a text); `after` the shop did what was asked, else before. `status` 0 and no `instead`: nothing is wrong."""

    status: int = 0
    instead: str = ""
    after: bool = False

    @property
    def name(self) -> str:
        """As a test is called by."""
        return f"{self.status or self.instead}{'_after' if self.after else ''}"


class Faults:
    """Applies a fault to reads or writes, so many times."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[Fault, int]] = {}

    def set(self, fault: Fault, writes: bool, times: int = 1_000) -> None:
        """The next so many reads or writes go wrong."""
        with self._lock:
            self._waiting["writes" if writes else "reads"] = (fault, times)

    def clear(self) -> None:
        """All is well again."""
        with self._lock:
            self._waiting.clear()

    def take(self, writes: bool) -> Fault | None:
        """The fault of a request."""
        name = "writes" if writes else "reads"
        with self._lock:
            fault, left = self._waiting.get(name, (Fault(), 0))
            if left <= 0:
                return None
            self._waiting[name] = (fault, left - 1)
            return fault

    def handler(self, answer: Answering, writes: Callable[[str, dict[str, Any]], bool] = lambda method, body: method != "GET") -> type[BaseHTTPRequestHandler]:
        """The handler of a server that answers so, and goes wrong where it should; `writes` tells a change by method and body."""
        faults = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
                fault = faults.take(writes(self.command, body))
                if fault is None:
                    return self._say(*answer(self.command, self.path, dict(self.headers), body))
                if fault.after:
                    answer(self.command, self.path, dict(self.headers), body)
                if fault.status:
                    return self._say(fault.status, {"code": "fault", "message": "fault"})
                return self._spoil(fault.instead)

            def _spoil(self, instead: str) -> None:
                if instead == "late":
                    time.sleep(LATE_S)
                self.close_connection = True
                if instead in ("late", "cut"):
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
                elif instead == "html":
                    self._send(200, b"<html>Down for maintenance</html>", "text/html")
                elif instead.startswith("{"):
                    self._send(200, instead.encode(), "application/json")
                else:
                    self._say(200, [] if instead == "list" else {})

            def _say(self, status: int, told: Any) -> None:
                self._send(status, json.dumps(told).encode(), "application/json")

            def _send(self, status: int, raw: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                try:
                    self.wfile.write(raw)
                except (BrokenPipeError, ConnectionResetError):  # who asked went away
                    self.close_connection = True

            do_GET = do_POST = do_PUT = _serve

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        return Handler
