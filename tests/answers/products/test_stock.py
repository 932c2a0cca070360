"""Whether something is there: counted, said to be uncounted, or sold out."""

from __future__ import annotations

from pathlib import Path

from bot.answers.products.stock import stock
from tests.answers.products.shops import shop_of
from tests.store.cases import CASES


def test_one_size_without_a_size_text(tmp_path: Path) -> None:
    with shop_of(tmp_path, CASES / "stock_bug_one_size.csv") as talk:
        assert talk.say(stock, "stock", "is the zephyra moonwater serum in stock?") == "Zephyra Moonwater Serum is in stock."


def test_uncounted_stock_is_said_to_be_uncounted(tmp_path: Path) -> None:
    with shop_of(tmp_path, CASES / "37_no_qty_column.csv") as talk:
        text = talk.say(stock, "stock", "is the dew serum in stock?")
    assert "does not count the stock of Dew Serum" in text


def test_unknown_availability_is_not_sold_out(tmp_path: Path) -> None:
    with shop_of(tmp_path, CASES / "84_google_no_availability.tsv") as talk:
        assert "does not count" in talk.say(stock, "stock", "is the dew serum available?")
