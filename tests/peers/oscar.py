"""A real shop of django-oscar with the app of deploy/oscar, in an environment of its own, with the conformance suite's orders."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import requests

from bot.paths import ROOT
from bot.store.orders.records import OrderRecord
from tests.peers.behind import Behind, Ear
from tests.peers.environment import proving_python
from tests.support.conformance import MOMENT, ORDERS, VARIANTS

PROVE = Path(__file__).parent / "prove"
EVENTS_SECRET = "a-secret-of-events-of-the-tests"
KEY = "a-key-of-the-tests-that-is-long-enough"
SHELF = [
    ["Rice Toner", [[sku, size, f"{price / 100:.2f}", 20 if there else 0] for sku, size, price, there in VARIANTS]], ["Cica Cream", [["CC-50", "", "16.05", 20]]],
]  # fmt: skip


class OscarPeer:
    """One for all tests, as it was opened again for each."""

    def __init__(self, folder: Path) -> None:
        """
        Args:
            folder: where its database is, an empty one.
        """
        self.ear = Ear()
        command = [proving_python(PROVE / "oscar.txt"), "-W", "ignore", str(PROVE / "oscar_serve.py"), str(ROOT / "deploy" / "oscar")]
        chosen = {**os.environ, "PEER_FOLDER": str(folder), "PEER_KEY": KEY, "PEER_EVENTS_URL": self.ear.address, "PEER_EVENTS_SECRET": EVENTS_SECRET}
        chosen.pop("PYTHONPATH", None)
        self._log = (folder / "log").open("w", encoding="utf-8")
        self._shop = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log, text=True, env=chosen)
        assert self._shop.stdin is not None and self._shop.stdout is not None, "made with pipes"
        self._shop.stdin.write(json.dumps({"shelf": SHELF, "orders": [_placed(one) for one in ORDERS]}) + "\n")
        self._shop.stdin.flush()
        port = self._shop.stdout.readline().strip()
        assert port.isdigit(), (folder / "log").read_text(encoding="utf-8")[-3000:]
        self._behind = Behind(f"http://127.0.0.1:{port}", lambda method, body: "kind" in body)
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
        """The shop's staff does something; tells how the order is then."""
        answer = requests.post(f"{self._behind.real}/peer/", json=asked, timeout=30)
        assert answer.status_code == 200, answer.text[-2000:]
        told: dict[str, Any] = answer.json()
        return told


def _placed(record: OrderRecord) -> dict[str, Any]:
    where = record.address
    sent = [["Shipped", f"{one.carrier} {one.tracking} {one.url}", sorted(one.contents), MOMENT.isoformat()] for one in record.parcels]
    come = [["Delivered", "", sorted(one.contents), one.delivered_at.isoformat()] for one in record.parcels if one.delivered_at]
    return {
        "number": record.number, "email": record.email, "lines": [[one.sku, one.quantity] for one in record.lines],
        "address": {"first_name": "Rosa", "last_name": "Diaz", "line1": where["line1"], "line4": where["city"], "state": where["region"], "postcode": where["postcode"]},
        "shipping": f"{record.shipping / 100:.2f}", "delivery": record.delivery, "paid_by": record.payments[0].method,
        "placed_at": record.placed_at.isoformat(), "state": record.state, "events": [*sent, *come],
    }  # fmt: skip
