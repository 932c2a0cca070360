"""`glasskin orders`, as typed: the sample shop has orders to try, which go when the owner brings their own."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from bot.cli.shop_setup import ensure_shop
from bot.paths import ROOT
from bot.settings import settings
from bot.store.database import Database
from bot.store.requests import RequestStore
from tests.cli.conftest import Run, told

SHOPIFY = ROOT / "tests" / "store" / "samples" / "shopify_orders.csv"


def sample_shop() -> None:
    settings.cache_clear()
    ensure_shop(settings(), Console(quiet=True))


def test_import_and_show(run: Run) -> None:
    done = run("orders", "import", SHOPIFY)
    assert done.exit_code == 0 and "Shopify's order CSV, done: 2 new, 0 updated, 0 unchanged, 1 refused" in done.stdout
    assert "refused line 5: order 1004: the e-mail '' is no address" in done.stdout
    assert "0 new, 0 updated, 2 unchanged" in run("orders", "import", SHOPIFY).stdout
    shown = run("orders", "show", "#1002").stdout
    assert "Order 1002: shipped, placed 2026-11-20, hana.lee@example.com" in shown
    assert "2 x Rice Toner (150 ml): 36.00 USD" in shown and "Total: 55.00 USD, delivery 5.00 USD Standard" in shown


def test_errors_are_a_line_each(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "list.csv"
    wrong.write_text("sku,name\n1,2\n", encoding="utf-8")
    assert "no list of orders" in told(run("orders", "import", wrong))
    assert "There is no file" in told(run("orders", "import", tmp_path / "none.csv"))
    assert "The book has no order '77'" in told(run("orders", "show", "77"))


def test_the_sample_shop_has_orders_to_try(run: Run) -> None:
    sample_shop()
    assert "Order 10432: shipped" in run("orders", "show", "10432").stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "10432" in readme and "mina@example.com" in readme


def test_the_owners_orders_take_the_place_of_the_samples(run: Run) -> None:
    sample_shop()
    run("orders", "import", SHOPIFY)
    assert "no order '10432'" in told(run("orders", "show", "10432"))
    sample_shop()
    assert "no order '10432'" in told(run("orders", "show", "10432"))
    assert run("orders", "show", "1002").exit_code == 0


def test_a_dry_run_leaves_the_sample(run: Run) -> None:
    sample_shop()
    assert "would be: 2 new" in run("orders", "import", SHOPIFY, "--dry-run").stdout
    assert run("orders", "show", "10432").exit_code == 0


def test_tickets_are_listed_answered_and_closed(run: Run, var: Path) -> None:
    sample_shop()
    database = Database(settings().shop_database)
    RequestStore(database).ticket("me", "token", "return", "send the label", "10420", "mina@example.com")
    database.dispose()
    listed = run("tickets", "list").stdout
    assert "T1001" in listed and "send the label, answer to mina@example.com" in listed and "1 tickets wait" in listed
    assert "T1001: answered" in run("tickets", "answered", "t1001").stdout
    assert "0 tickets wait" in run("tickets", "list").stdout
    assert "There is no ticket 'T7'" in told(run("tickets", "close", "T7"))
