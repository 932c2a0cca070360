"""A real shop of Vendure in a process of its own, with the conformance suite's orders."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import requests

from bot.store.orders.records import OrderRecord
from tests.peers.behind import Behind, Ear
from tests.peers.vendure_install import SOURCES
from tests.support.conformance import ORDERS, VARIANTS

EVENTS_SECRET = "a-secret-of-events-of-the-tests"
SHELF = [["Rice Toner", [[sku, size, price, 20 if there else 0] for sku, size, price, there in VARIANTS]], ["Cica Cream", [["CC-50", "", 1605, 20]]]]


class VendurePeer:
    """One for all tests, as it was opened again for each."""

    def __init__(self, installed: Path, log: Path) -> None:
        """
        Args:
            installed: where Vendure is.
            log: what it says, for a test that fails.
        """
        self.ear = Ear()
        chosen = {**os.environ, "NODE_PATH": str(installed / "node_modules"), "PEER_EVENTS_URL": self.ear.address, "PEER_EVENTS_SECRET": EVENTS_SECRET}
        self._log = log.open("w", encoding="utf-8")
        self._shop = subprocess.Popen(
            ["node", str(SOURCES / "shop.js")], cwd=installed, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True, env=chosen
        )
        assert self._shop.stdin is not None and self._shop.stdout is not None, "made with pipes"
        self._shop.stdin.write(json.dumps({"shelf": SHELF, "orders": [_placed(one) for one in ORDERS]}) + "\n")
        self._shop.stdin.flush()
        said = self._shop.stdout.readline()
        while said and not said.startswith("{"):  # what Vendure says of itself
            said = self._shop.stdout.readline()
        assert said, log.read_text(encoding="utf-8")[-3000:]
        told = json.loads(said)
        self.key, self.reads, self.catalogue, self._control = told["key"], told["reads"], told["catalogue"], told["control"]
        self._behind = Behind(told["shop"], lambda method, body: "mutation" in str(body.get("query", "")))
        self.address, self.faults = self._behind.address, self._behind.faults

    def stop(self) -> None:
        """Ends it."""
        self._behind.stop()
        self.ear.stop()
        self._shop.terminate()
        self._shop.wait(timeout=10)
        self._log.close()

    def reset(self) -> None:
        """The shop as it was opened, and all well."""
        self.faults.clear()
        self.ear.heard.clear()
        self.steer(do="reset")

    def seen(self, number: str) -> dict[str, Any]:
        """An order in the shop's own tables."""
        return self.steer(do="look", number=number)

    def steer(self, **asked: Any) -> dict[str, Any]:
        """The shop's staff does something."""
        answer = requests.post(self._control, json=asked, timeout=30)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told


def _placed(record: OrderRecord) -> dict[str, Any]:
    where = record.address
    return {
        "number": record.number, "placedAt": f"{record.placed_at:%Y-%m-%d %H:%M:%S}.000", "email": record.email, "state": record.state,
        "lines": [[one.sku, one.quantity] for one in record.lines],
        "address": {
            "fullName": where["name"], "streetLine1": where["line1"], "city": where["city"], "province": where["region"], "postalCode": where["postcode"],
            "countryCode": where["country"],
        },
        "parcels": [
            {"places": sorted(one.contents), "carrier": one.carrier, "tracking": one.tracking, "states": ["Shipped", *(["Delivered"] if one.delivered_at else [])]}
            for one in record.parcels
        ],
    }  # fmt: skip
