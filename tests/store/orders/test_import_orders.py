"""Files of orders come into the book as they are told; twice changes nothing, and what cannot go in is said."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.importers.base import CatalogueFileError
from bot.store.orders.book import OrderBook
from bot.store.orders.writer import import_orders, remove_orders
from tests.store.conftest import database, url

SAMPLES = Path(__file__).parent.parent / "samples"
PLAIN = "number,email,placed,title,price,quantity,state,parcel,shipped,delivered,total,shipping\n"
__all__ = ["database", "url"]


def plain(folder: Path, *rows: str) -> Path:
    path = folder / "orders.csv"
    path.write_text(PLAIN + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_shopifys_orders(database: Database) -> None:
    report = import_orders(database, SAMPLES / "shopify_orders.csv")
    assert (report.kind, report.created) == ("Shopify's order CSV", ["1002", "1003"])
    assert [(one.line, "e-mail" in one.reason) for one in report.refused] == [(5, True)]
    order = OrderBook(database).find("#1002", "hana.lee@example.com")
    assert order is not None and order.state == "shipped" and order.total == 5500 and order.discount == 200
    assert [(one.title, one.options, one.quantity, one.price) for one in order.lines] == [
        ("Rice Toner", {"option": "150 ml"}, 2, 1800), ("Cica Cream", {}, 1, 1600),
    ]
    assert [one.contents for one in order.shipments] == [{"0": 2}]
    assert order.placed_at.isoformat() == "2026-11-20T19:04:58+00:00" and order.address["postcode"] == "11373"


def test_a_cancelled_order_of_shopify_and_its_refund(database: Database) -> None:
    import_orders(database, SAMPLES / "shopify_orders.csv")
    order = OrderBook(database).find("1003", "LOU@example.com")
    assert order is not None and order.state == "cancelled"
    assert [(one.kind, one.amount, one.method) for one in order.payments] == [("payment", 2000, "PayPal"), ("refund", 2000, "PayPal")]


def test_woocommerces_orders(database: Database) -> None:
    report = import_orders(database, SAMPLES / "woocommerce_orders.csv")
    assert report.created == ["KB-501", "KB-502"] and "shipping-maybe" in report.refused[0].reason
    order = OrderBook(database).find("kb 501", "nora@example.com")
    assert order is not None and (order.state, order.total, order.address["line1"]) == ("open", 4690, "5 Pine Rd, Unit 2")
    assert (order.lines[0].title, order.lines[0].options, order.lines[0].quantity) == ("Snail Essence", {"option": "100 ml"}, 2)
    sent = OrderBook(database).by_number("KB-502")
    assert sent is not None and sent.state == "shipped"


def test_a_file_imported_twice_changes_nothing(database: Database) -> None:
    import_orders(database, SAMPLES / "shopify_orders.csv")
    before = OrderBook(database).by_number("1002")
    report = import_orders(database, SAMPLES / "shopify_orders.csv")
    after = OrderBook(database).by_number("1002")
    assert (report.created, report.updated, report.unchanged) == ([], [], ["1002", "1003"])
    assert before is not None and after is not None and before.version == after.version


def test_what_changed_is_updated(database: Database, tmp_path: Path) -> None:
    import_orders(database, plain(tmp_path, "7,a@b.com,2026-11-20,Toner,18.00,1,open,,,,,"))
    report = import_orders(database, plain(tmp_path, "7,a@b.com,2026-11-20,Toner,18.00,1,,1,2026-11-21,2026-11-24,,"))
    order = OrderBook(database).by_number("7")
    assert report.updated == ["7"] and order is not None and order.state == "delivered" and len(order.lines) == 1


def test_an_order_cancelled_here_is_not_opened_by_a_file(database: Database, tmp_path: Path) -> None:
    path = plain(tmp_path, "7,a@b.com,2026-11-20,Toner,18.00,1,open,,,,,")
    import_orders(database, path)
    book = OrderBook(database)
    order = book.by_number("7")
    assert order is not None
    book.cancel("7", order.version, "one", "", ("open",))
    report = import_orders(database, plain(tmp_path, "7,a@b.com,2026-11-20,Toner,18.00,2,open,,,,,"))
    order = book.by_number("7")
    assert "cancelled in the book" in report.refused[0].reason and order is not None and order.state == "cancelled"


@pytest.mark.parametrize(("row", "reason"), [
    ("8,a@b.com,2026-11-20,Toner,18.00,0,open,,,,,", "quantity '0'"),
    ("8,a@b.com,20.11.2026,Toner,18.00,1,open,,,,,", "no date such as"),
    ("8,a@b.com,2026-11-20,,18.00,1,open,,,,,", "no title"),
    ("8,a@b.com,2026-11-20,Toner,free,1,open,,,,,", "not a number"),
    ("##,a@b.com,2026-11-20,Toner,18.00,1,open,,,,,", "no number"),
    ("8,nobody,2026-11-20,Toner,18.00,1,open,,,,,", "no address"),
    ("8,a@b.com,2026-11-20,Toner,18.00,1,lost,,,,,", "the state 'lost'"),
])
def test_refusals_say_why(database: Database, tmp_path: Path, row: str, reason: str) -> None:
    report = import_orders(database, plain(tmp_path, row, "9,c@d.com,2026-11-20,Toner,18.00,1,open,,,,,"))
    assert report.created == ["9"] and reason in report.refused[0].reason


def test_a_number_that_stands_twice_is_refused(database: Database, tmp_path: Path) -> None:
    rows = [f"{number},a@b.com,2026-11-20,Toner,18.00,1,open,,,,," for number in ("8", "9", "#8")]
    report = import_orders(database, plain(tmp_path, *rows))
    assert report.created == ["8", "9"] and "twice" in report.refused[0].reason


def test_a_dry_run_changes_nothing(database: Database) -> None:
    report = import_orders(database, SAMPLES / "shopify_orders.csv", dry_run=True)
    assert report.created and OrderBook(database).is_empty()


def test_a_sample_may_be_as_old_as_it_likes(database: Database, tmp_path: Path) -> None:
    import_orders(database, plain(tmp_path, "7,a@b.com,2026-11-20,Toner,18.00,1,open,,,,,"), shift=timedelta(days=2))
    order = OrderBook(database).by_number("7")
    assert order is not None and f"{order.placed_at:%m-%d}" == "11-22"


def test_another_file_is_refused_in_a_sentence(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Handle,Title\na,b\n", encoding="utf-8")
    with pytest.raises(CatalogueFileError, match="no list of orders.*Shopify's order CSV"):
        import_orders(database, path)


def test_a_sample_is_taken_out_again_and_nothing_else(database: Database, tmp_path: Path) -> None:
    import_orders(database, SAMPLES / "shopify_orders.csv")
    import_orders(database, plain(tmp_path, "7,lou@example.com,2026-11-20,Toner,18.00,1,open,,,,,"))
    assert remove_orders(database, SAMPLES / "shopify_orders.csv") == 2
    book = OrderBook(database)
    assert book.count() == 1 and book.find("7", "lou@example.com") is not None
