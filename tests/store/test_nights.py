"""The next night's file: a product is followed by the shop's ids, and a file that is not whole changes nothing."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.importers.base import CatalogueFileError, UnusableFile
from bot.store.importers.importing import import_file
from tests.store.cases import CASES, on_sale, only, take


def test_a_renamed_handle_is_the_same_product(database: Database) -> None:
    take(database, "sync/A_day1.csv")
    before = on_sale(database)["old-name"]
    report = take(database, "sync/A_day2_handle_renamed.csv", deactivate_missing=True)
    assert (report.renamed, report.created, report.deactivated) == ({"new-name": "old-name"}, [], [])
    after = on_sale(database)
    assert sorted(after) == ["b", "new-name"]
    assert (after["new-name"].title, after["new-name"].added_at) == ("Dew Serum 2.0", before.added_at)


def test_two_products_merged_into_one(database: Database) -> None:
    take(database, "sync/B_day1.csv")
    report = take(database, "sync/B_day2_merged_into_one.csv", deactivate_missing=True)
    assert report.moved == ["coral"]
    assert [(one.sku, one.size) for one in only(database).variants] == [("L1", "Rose"), ("L2", "Coral")]


def test_one_product_split_into_two(database: Database) -> None:
    take(database, "sync/B_day2_merged_into_one.csv")
    report = take(database, "sync/B_day1.csv", deactivate_missing=True)
    assert (report.renamed, report.created) == ({"rose": "lip"}, ["coral"])
    assert sorted(on_sale(database)) == ["coral", "rose"]


def test_merged_products_go_without_being_asked_to(database: Database) -> None:
    take(database, "sync/B_day1.csv")
    take(database, "sync/B_day2_merged_into_one.csv")
    assert sorted(on_sale(database)) == ["lip"]


@pytest.mark.parametrize("name", ["C_day2_only_header.csv", "C_day2_all_unusable.csv"])
def test_a_file_without_a_usable_product_changes_nothing(database: Database, tmp_path: Path, name: str) -> None:
    take(database, "sync/C_day1.csv")
    with pytest.raises(UnusableFile, match="Nothing was changed"):
        take(database, f"sync/{name}", deactivate_missing=True)
    assert len(on_sale(database)) == 100


def test_a_file_cut_off_takes_nothing_off_sale_unless_said_twice(database: Database) -> None:
    take(database, "sync/C_day1.csv")
    with pytest.raises(CatalogueFileError, match="90 of 100 products are not in this file.*--yes"):
        take(database, "sync/C_day2_cut_off.csv", deactivate_missing=True)
    assert len(on_sale(database)) == 100
    assert len(take(database, "sync/C_day2_cut_off.csv", deactivate_missing=True, even_many=True).deactivated) == 90


def test_a_new_title_without_sku_follows_the_id(database: Database) -> None:
    take(database, "sync/D_day1.csv")
    report = take(database, "sync/D_day2_title_changed_no_sku.csv", deactivate_missing=True)
    assert (report.created, report.deactivated, report.updated) == ([], [], ["dew-serum"])
    assert {view.title for view in on_sale(database).values()} == {"Dew Serum (new)", "B Cream"}


def test_a_new_title_with_sku_changes_all_of_the_product(database: Database) -> None:
    take(database, "sync/F_day1.csv")
    take(database, "sync/F_day2_title_changed.csv")
    found = only(database)
    assert (found.title, found.price_min, found.product_type_text) == ("Dew Serum Deluxe", 2500, "Ampoules")


def test_swapped_skus(database: Database) -> None:
    take(database, "sync/E_day1.csv")
    assert take(database, "sync/E_day2_skus_swapped.csv").refused == []
    assert {handle: view.variants[0].sku for handle, view in on_sale(database).items()} == {"s": "B", "t": "A"}


def test_the_case_of_a_handle_is_no_other_product(database: Database) -> None:
    take(database, "sync/G_day1.csv")
    report = take(database, "sync/G_day2_case.csv", deactivate_missing=True)
    assert (list(on_sale(database)), report.created) == (["dew-serum"], [])


def test_a_feed_renews_price_and_stock_of_a_product_that_it_knows_by_its_link(database: Database) -> None:
    take(database, "sync/H_day1.csv")
    take(database, "sync/H_day2_feed.tsv")
    found = only(database)
    assert (found.handle, found.price_min, found.in_stock, found.variants[0].sku) == ("x", 1500, False, "X1")


def test_two_products_without_sku_and_with_one_name(database: Database) -> None:
    assert take(database, "79_woo_sku_empty_same_name.csv").created == ["dew-serum", "dew-serum-2"]
    assert take(database, "79_woo_sku_empty_same_name.csv").unchanged == ["dew-serum", "dew-serum-2"]
    assert [view.price_min for view in on_sale(database).values()] == [2000, 2500]


def test_two_imports_wait_for_each_other_with_words(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one is told that it waits, and goes in when the first is done."""
    monkeypatch.setattr("bot.store.database.BUSY_TIMEOUT_MS", 50)
    other = Database(database.url)
    waited: list[bool] = []
    begun, told = threading.Event(), threading.Event()

    def hold() -> None:
        with other.session(writing=True) as session:
            begun.set()
            told.wait(60)
            session.rollback()

    def wait() -> None:
        waited.append(True)
        told.set()

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(60)
    late = Database(database.url)
    import_file(late, CASES / "90_plain_name.csv", waiting=wait)
    holder.join()
    other.dispose()
    late.dispose()
    assert waited == [True] and "dew-serum" in on_sale(database)
