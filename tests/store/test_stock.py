"""What a file says of stock: counted, said without a number, or not said; nothing is sold out in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.importers.stock import stock_of
from tests.store.cases import CASES, on_sale, only, take


@pytest.mark.parametrize(
    ("quantity", "word", "count", "available", "when_empty"),
    [
        ("5", "", 5, None, False),
        ("3.0", "", 3, None, False),
        ("3.0000", "", 3, None, False),
        ("1,000", "", 1000, None, False),
        ("2.5", "", 2, None, False),
        ("-4", "", 0, None, False),
        ("", "", None, None, False),
        ("In stock", "", None, True, False),
        ("Unlimited", "", None, True, False),
        ("many", "", None, None, False),
        ("9" * 20, "", None, None, False),
        ("", "in_stock", None, True, False),
        ("", "instock", None, True, False),
        ("", " In Stock ", None, True, False),
        ("", "available for order", None, True, False),
        ("", "https://schema.org/InStock", None, True, False),
        ("", "http://schema.org/LimitedAvailability", None, True, False),
        ("", "out of stock", 0, None, False),
        ("", "https://schema.org/SoldOut", 0, None, False),
        ("", "preorder", 0, None, True),
        ("", "품절", 0, None, False),
        ("", "perhaps", None, None, False),
        ("5", "out of stock", 0, None, False),
        ("0", "backorder", 0, None, True),
    ],
)
def test_numbers_and_words(quantity: str, word: str, count: int | None, available: bool | None, when_empty: bool) -> None:
    found = stock_of(quantity, word)
    assert (found.count, found.available, found.when_empty) == (count, available, when_empty)


@pytest.mark.parametrize(("quantity", "word"), [("many", ""), ("9" * 20, ""), ("2.5", ""), ("", "perhaps")])
def test_what_is_not_understood_is_named(quantity: str, word: str) -> None:
    assert (quantity or word)[:10] in stock_of(quantity, word).unread


def test_one_size_without_a_size_text_is_in_stock(database: Database) -> None:
    take(database, "stock_bug_one_size.csv")
    assert (only(database).in_stock, only(database).says_in_stock, only(database).stock) == (True, True, 5)


def test_stock_as_files_write_it(database: Database) -> None:
    report = take(database, "40_stock_decimal.csv")
    assert {view.title: view.stock for view in on_sale(database).values()} == {
        "Dew Serum": 3, "B Cream": 3, "C Cream": 1000, "D Cream": None,
    }
    assert report.refused == [] and on_sale(database)["d"].says_in_stock


def test_a_file_without_quantities_counts_nothing_and_says_nothing(database: Database) -> None:
    take(database, "37_no_qty_column.csv")
    found = only(database)
    assert (found.stock, found.in_stock, found.says_in_stock) == (None, True, False)


def test_negative_stock_and_selling_on(database: Database) -> None:
    take(database, "38_negative_stock.csv")
    assert not only(database).in_stock
    take(database, "39_continue_selling.csv")
    assert [(view.in_stock, view.stock) for _, view in sorted(on_sale(database).items())] == [(False, 0), (True, 0)]


def test_stock_words_of_woocommerce(database: Database) -> None:
    report = take(database, "78_woo_in_stock_backorder.csv")
    found = {view.title: (view.stock, view.in_stock) for view in on_sale(database).values()}
    assert found == {"Dew Serum": (0, True), "B": (0, False), "C": (0, True), "D": (2, True)}
    assert list(report.notices) == ["the quantity 2.5 was rounded down"]


@pytest.mark.parametrize(
    ("number", "in_stock", "says"),
    [(0, True, True), (1, True, True), (2, True, True), (3, True, True), (4, True, False), (5, True, True), (6, True, True),
     (7, False, False), (8, True, True), (9, True, True)],
)
def test_availability_of_a_feed(database: Database, number: int, in_stock: bool, says: bool) -> None:
    take(database, f"83_google_availability_{number}.tsv")
    assert (only(database).in_stock, only(database).says_in_stock) == (in_stock, says)


def test_a_feed_without_availability_is_not_sold_out(database: Database) -> None:
    take(database, "84_google_no_availability.tsv")
    assert only(database).in_stock and only(database).stock is None and not only(database).says_in_stock


def test_equal_skus_of_two_shades_and_two_products(database: Database) -> None:
    take(database, "35_same_sku_two_shades.csv")
    assert [(one.size, one.price, one.in_stock) for one in only(database).variants] == [("Rose", 2000, True), ("Coral", 2200, False)]
    take(database, "36_same_sku_two_products.csv")
    assert sorted(on_sale(database)) == ["b", "dew-serum"]


def test_locations_of_an_inventory_file_add_up(database: Database, tmp_path: Path) -> None:
    take(database, "48_entities.csv")
    rows = (CASES / "56_shopify_inventory.csv").read_text(encoding="utf-8")
    second = rows.splitlines()[1].replace("Main", "Seoul").replace("7,7", "4,4")
    path = tmp_path / "inventory.csv"
    path.write_text(f"{rows.rstrip()}\n{second}\nnobody,Nobody,Title,Default Title,,,,,N1,,,Main,,0,0,0,1,1,\n", encoding="utf-8")
    report = import_file(database, path)
    assert (only(database).stock, only(database).price_min, report.updated) == (11, 2000, ["dew-serum"])
    assert [row.line for row in report.refused] == [4]
