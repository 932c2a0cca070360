"""What running shops of oscar and Vendure tell by themselves is taken as it is."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.shops.events.hearing import Hearing
from bot.store.database import Database
from bot.store.importers.base import ImportReport
from bot.store.models import Variant
from bot.store.orders.book import OrderBook
from bot.store.orders.writer import write_orders
from bot.store.shop_events.taking import Taken, take
from bot.store.shop_events.told import Event, StockTold
from tests.peers.oscar import EVENTS_SECRET
from tests.peers.vendure import EVENTS_SECRET as THE_SAME
from tests.peers.vendure_install import vendure_folder
from tests.shops.oscar.conftest import oscar, oscar_peer
from tests.shops.oscar.shop import OscarShop
from tests.shops.vendure.conftest import vendure, vendure_peer
from tests.shops.vendure.shop import VendureShop
from tests.store.conftest import with_tables
from tests.support.conformance import BASE, MOMENT, VARIANTS, found
from tests.support.stocked import stock

__all__ = ["oscar", "oscar_peer", "vendure", "vendure_peer"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A copy of the shop's order, and its toner."""
    address = f"sqlite:///{tmp_path / 'shop.sqlite'}"
    with_tables(address)
    made = Database(address)
    write_orders(made, [(0, BASE)], ImportReport())
    stock(made)
    yield made
    made.dispose()


@pytest.fixture
def hearing(database: Database) -> Hearing:
    """What takes events for it."""
    assert EVENTS_SECRET == THE_SAME
    return Hearing(database, EVENTS_SECRET, "USD", keeps_orders=True)


def stock_in(database: Database, sku: str) -> int | None:
    """How many there are by the catalogue."""
    with database.session() as session:
        found: int | None = session.query(Variant).filter(Variant.sku == sku).one().stock
        return found


def test_oscar_tells_stock_and_how_far_an_order_is(oscar: OscarShop, database: Database, hearing: Hearing) -> None:
    ear = oscar.peer.ear
    oscar.peer.steer(do="stock", sku="RT-50", stock=7)
    assert hearing.hear(*ear.of(event="stock", sku="RT-50", stock=7)).told == "done" and stock_in(database, "RT-50") == 7
    oscar.gateway.cancel(found(oscar.gateway, "KB-2001"), "c1", "")
    assert hearing.hear(*ear.of(event="order.state", number="KB-2001", state="cancelled")).told == "done"
    order = OrderBook(database).by_number("KB-2001")
    assert order is not None and order.state == "cancelled"


def test_vendure_tells_stock(vendure: VendureShop, database: Database, hearing: Hearing) -> None:
    ear = vendure.peer.ear
    vendure.gateway.cancel(found(vendure.gateway, "KB-2001"), "c1", "")  # which gives two of them back
    body, headers = ear.of(event="stock", sku="RT-150")
    assert hearing.hear(body, headers).told == "done" and stock_in(database, "RT-150") == json.loads(body)["stock"]


def test_vendure_tells_what_can_be_sold_and_nothing_of_what_is_not_counted(vendure: VendureShop) -> None:
    threshold = "UPDATE product_variant SET useGlobalOutOfStockThreshold = 0, outOfStockThreshold = ? WHERE sku = ?"
    vendure.peer.steer(do="sql", statement=threshold, values=[3, "CC-50"])
    vendure.peer.steer(do="sql", statement="UPDATE product_variant SET trackInventory = 'FALSE' WHERE sku = ?", values=["RT-150"])
    vendure.gateway.cancel(found(vendure.gateway, "KB-2001"), "c1", "")
    levels = vendure.peer.steer(
        do="sql", values=["CC-50"],
        statement="SELECT stockOnHand - stockAllocated AS free FROM stock_level JOIN product_variant ON product_variant.id = productVariantId WHERE sku = ?",
    )  # fmt: skip
    vendure.peer.ear.of(event="stock", sku="CC-50", stock=levels["rows"][0]["free"] - 3)
    assert {json.loads(body)["sku"] for body, _ in vendure.peer.ear.heard} == {"CC-50"}


READING = """
const { GlasskinEvents } = require(process.argv[1]);
const read = {};
const variants = {
  findOne: async (ctx, id) => { await new Promise(done => setTimeout(done, 50)); read.at = new Date().toISOString(); return { id, sku: 'A' }; },
  getSaleableStockLevel: async () => 7,
};
global.fetch = async (url, { body }) => { console.log(JSON.stringify({ told: JSON.parse(body), read })); return { ok: true }; };
GlasskinEvents.init({ url: 'http://127.0.0.1', secret: 'secret' });
new GlasskinEvents({}, variants).tell({ ctx: {}, stockMovements: [{ productVariant: { id: 1 } }] }).then(() => process.exit(0));
"""


def test_vendure_tells_of_a_moment_before_it_reads(vendure: VendureShop) -> None:
    command = ["node", "-e", READING, str(ROOT / "deploy" / "vendure" / "glasskin-events.js")]
    installed = vendure_folder()
    assert installed is not None
    chosen = {**os.environ, "NODE_PATH": str(installed / "node_modules")}
    said = json.loads(subprocess.run(command, env=chosen, capture_output=True, text=True, check=True, timeout=60).stdout.splitlines()[-1])
    assert said["told"]["at"] < said["read"]["at"] and said["told"]["stock"] == 7


def test_a_product_that_is_sold_out_keeps_the_options_of_its_variants(database: Database) -> None:
    for number, (sku, count) in enumerate([("RT-50", 0), ("RT-150", 0), ("RT-300", 0), ("RT-500", 0), ("RT-500", 3)]):
        what = StockTold(sku, count)
        assert take(database, Event(f"{number}", MOMENT + timedelta(seconds=number), what)).taken is Taken.DONE
    with database.session() as session:
        kept = [(one.sku, one.options, one.stock) for one in session.query(Variant).order_by(Variant.position)]
    assert kept == [(sku, {"size": size}, 3 if sku == "RT-500" else 0) for sku, size, _, _ in VARIANTS]
