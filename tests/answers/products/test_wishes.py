"""What customers type without a verb, counts, names in other letters, and the age of stock, over shops made for each test."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.answers.products.age import with_age
from bot.answers.products.counting import how_many_sold
from bot.answers.products.price import say_price
from bot.answers.products.search import find_product
from bot.answers.products.stock import stock
from bot.store.models import utc_now
from bot.store.sync.fetching import Validators
from bot.store.sync.state import SyncState, write_state
from tests.answers.products.shops import shop_of

HEAD = "title,price,stock,description,brand,tags\n"


def made(folder: Path, *rows: str) -> Path:
    path = folder / "mine.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_kind_without_rules_is_found_by_what_it_is_for(tmp_path: Path) -> None:
    path = made(tmp_path, "Mira Pocket Lip,8.00,3,,Mira,Lip Care", "Mira Hand,9.00,2,,Mira,Hand Care", "Mira Cream,20.00,2,,Mira,")
    with shop_of(tmp_path, path) as talk:
        lips = talk.say(find_product, "find_product", "lip mask")
        dear = talk.say(find_product, "find_product", "lip balm under 5 dollars")
        none = talk.say(find_product, "find_product", "do you have shampoo")
    assert "Pocket Lip" in lips and "Hand" not in lips
    assert "price limit" in dear and "Pocket Lip" in dear
    assert "nothing of that kind" in none


def test_counts_are_those_of_the_rows(tmp_path: Path) -> None:
    path = made(
        tmp_path, "Mira Dew Toner,8.00,3,,Mira,", "Mira Fern Toner,9.00,0,,Mira,", "Aiko Moss Toner,9.00,1,,Aiko,", "Mira Cream,20.00,2,,Mira,"
    )
    with shop_of(tmp_path, path) as talk:
        assert "3 in our shop, 2 of them in stock" in talk.say(how_many_sold, "how_many_sold", "how many toners do you have")
        assert "4 in our shop" in talk.say(how_many_sold, "how_many_sold", "how many products do you have")
        assert "1 in our shop" in talk.say(how_many_sold, "how_many_sold", "how many Aiko products do you have")


def test_the_dearest_and_the_cheapest_in_stock_of_a_kind(tmp_path: Path) -> None:
    path = made(tmp_path, "Dew Cream,8.00,0,,Mira,", "Fern Cream,12.00,4,,Mira,", "Moss Cream,33.00,1,,Mira,")
    with shop_of(tmp_path, path) as talk:
        assert "Moss Cream, at 33.00" in talk.say(say_price, "price", "what is your most expensive cream")
        cheapest = talk.say(say_price, "price", "what is your cheapest cream")
    assert "Fern Cream" in cheapest and "Dew Cream" not in cheapest


def test_a_korean_title_is_met_by_its_name_in_latin_letters(tmp_path: Path) -> None:
    path = made(tmp_path, "라운드랩 독도 토너 200ml,26000,3,,라운드랩,", "토리든 다이브인 토너 200ml,15000,0,,토리든,")
    with shop_of(tmp_path, path, currency="KRW") as talk:
        assert "26000 KRW" in talk.say(say_price, "price", "how much is the dokdo toner")
        assert "독도" in talk.say(find_product, "find_product", "anything from round lab")
        assert "다이브인" in talk.say(stock, "stock", "is the torriden toner in stock")
        assert "독도" not in talk.say(find_product, "find_product", "toners under 20000 won")


def test_a_brand_stands_in_the_title_or_a_tag(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("title,price,stock,tags\nKlairs Dew Toner,8.00,3,\nNabiya Fern Toner,9.00,2,\"Nabiya,Toner\"\nToner Pad,5.00,1,Toner\n")
    with shop_of(tmp_path, path) as talk:
        klairs = talk.say(find_product, "find_product", "do you have Klairs")
        nabiya = talk.say(find_product, "find_product", "anything from Nabiya")
    assert "Klairs Dew Toner" in klairs and "Nabiya Fern Toner" in nabiya


def test_how_many_are_left_and_whether_a_size_is_there(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("handle,title,price,stock,size\na,Dew Toner,8.00,3,200 ml\na,Dew Toner,15.00,0,500 ml\nb,Fern Mist,9.00,7,\n")
    with shop_of(tmp_path, path) as talk:
        assert "7 left" in talk.say(stock, "stock", "how many of the fern mist are left")
        assert "500 ml, is out of stock" in talk.say(stock, "stock", "is the 500ml dew toner in stock")
        assert "200 ml, is in stock" in talk.say(stock, "stock", "is the 200ml dew toner in stock")


def test_old_stock_is_said_once(tmp_path: Path) -> None:
    path = made(tmp_path, "Dew Toner,8.00,3,,Mira,")
    with shop_of(tmp_path, path) as talk:
        state = SyncState().succeeded("https://shop.example/x.csv", Validators())
        write_state(tmp_path, state)
        assert "is from" not in talk.say(with_age(stock), "stock", "is the dew toner in stock")
        write_state(tmp_path, replace(state, good_at=(utc_now() - timedelta(days=3)).isoformat()))
        assert "is from" in talk.say(with_age(stock), "stock", "is the dew toner in stock")
        assert "is from" not in talk.say(with_age(stock), "stock", "is the dew toner in stock")
