"""A stand-in for Shopify's Admin GraphQL interface over HTTP; what it answers is decided by Shopify's own schema, in a process where
graphql-core is (`tests/peers/prove/shopify_shop.py`)."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Mapping, Sequence
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from tests.peers.environment import proving_python
from tests.peers.faults import Faults

TOKEN, VERSION = "shpat_peer", "2026-10"
PROVE = Path(__file__).parent / "prove"
ALL_SCOPES = ("read_orders", "write_orders", "write_returns")
Json = dict[str, Any]


class ShopifyPeer:
    """One for all tests, with orders anew for each."""

    def __init__(self, schema: Path) -> None:
        command = [proving_python(PROVE / "shops.txt"), str(PROVE / "shopify_shop.py"), str(schema)]
        self._shop = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._lock = threading.Lock()
        self.faults = Faults()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self.faults.handler(self._answer, lambda method, body: "mutation" in body.get("query", "")))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
        self._shop.terminate()
        self._shop.wait(timeout=10)

    def open(self, orders: Sequence[Json], scopes: Sequence[str] = ALL_SCOPES) -> None:
        """A shop with these orders, and all well."""
        self.faults.clear()
        self._asked({"set": list(orders), "scopes": list(scopes)})

    def put(self, order: Json) -> None:
        """The shop's staff writes an order."""
        self._asked({"put": order})

    def of(self, number: str) -> Json:
        """The order of a number, as the shop keeps it."""
        return next(one for one in self._asked({})["orders"] if one["name"] == number)

    def changes(self) -> list[str]:
        """The ids of orders for which a change came through."""
        return list(self._asked({})["changes"])

    def _asked(self, told: Json) -> Json:
        with self._lock:
            assert self._shop.stdin is not None and self._shop.stdout is not None, "made with pipes"
            self._shop.stdin.write(json.dumps(told) + "\n")
            self._shop.stdin.flush()
            found: Json = json.loads(self._shop.stdout.readline())
            return found

    def _answer(self, method: str, target: str, headers: Mapping[str, str], body: Json) -> tuple[int, Any]:
        if headers.get("X-Shopify-Access-Token") != TOKEN:
            return 401, {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
        if target != f"/admin/api/{VERSION}/graphql.json" or method != "POST":
            return 404, {"errors": "Not Found"}
        return 200, self._asked({"query": body["query"], "variables": body.get("variables")})
