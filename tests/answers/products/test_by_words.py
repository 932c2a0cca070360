"""Products called by some words of their names, in a shop that was not made for the assistant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.products.arrivals import arrivals
from bot.answers.products.brands import list_brands
from bot.answers.products.price import say_price
from bot.answers.products.search import find_product
from bot.answers.skincare import skincare
from bot.rules.advice import Profile
from tests.answers.products.shops import shop_of
from tests.answers.talking import Talk

HEAD = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant Inventory Qty,Variant Price,Status\n"
LIST = "<p>Full Ingredients:<br>Water, Glycerin, {0}Butylene Glycol, 1,2-Hexanediol, Panthenol, Carbomer</p>"
ROWS = (
    ("moss-sun-rice", "Moss Veil Relief Sun Rice 50ml", "", "Moss Veil", "", 4, 18),
    ("moss-sun-aqua", "Moss Veil Relief Sun Aqua 50ml", "", "Moss Veil", "", 0, 19),
    ("dusk-night", "Dusk Hollow Bakuchiol Night Cream", "Bakuchiol, Retinal, ", "Dusk Hollow", "new", 3, 28),
    ("dusk-aloe", "Dusk Hollow Aloe Soothing Gel", "Alcohol Denat., Aloe Barbadensis Leaf Juice, ", "Dusk Hollow", "", 3, 9),
    ("ember-100", "Ember Step Tidal Shot 100 50ml", "", "Ember Step", "", 2, 32),
    ("ember-300", "Ember Step Tidal Shot 300 50ml", "", "Ember Step", "", 0, 40),
    ("boxed", "[Fernway] Glow Toner 150ml", "Niacinamide, ", "Seoul Corner Shop", "Fernway", 6, 17),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("words") / "export.csv"
    lines = [
        f'{handle},"{title}","{LIST.format(contents)}",{vendor},Skincare,"{tags}",true,Title,Default Title,{count},{price}.00,active'
        for handle, title, contents, vendor, tags, count, price in ROWS
    ]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def talk(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talk]:
    with shop_of(tmp_path_factory.mktemp("shop"), file) as found:
        yield found


def test_all_that_have_the_words_are_told(talk: Talk) -> None:
    text = talk.say(say_price, "price", "relief sun price")
    assert "18.00" in text and "19.00" in text


def test_two_of_one_line_stand_side_by_side(talk: Talk) -> None:
    text = talk.say(skincare, "difference", "tidal shot 100 vs 300")
    assert "32.00" in text and "40.00" in text


def test_what_lists_it_is_no_product_without_it(talk: Talk) -> None:
    assert "Aloe Soothing" not in talk.say(find_product, "find_product", "aloe gel without alcohol")


def test_a_brand_in_brackets_is_one_where_the_shop_is_the_vendor(talk: Talk) -> None:
    text = talk.say(list_brands, "brands", "which brands do you have")
    assert "Fernway" in text and "Corner Shop" not in text


def test_what_the_shop_marks_as_new_is_new(talk: Talk) -> None:
    assert "Bakuchiol Night Cream" in talk.say(arrivals, "new", "what is new")


def test_what_else_a_cream_lists_is_told_in_a_pregnancy(file: Path, tmp_path: Path) -> None:
    with shop_of(tmp_path, file, Profile(pregnant=True)) as of_somebody:
        text = of_somebody.say(skincare, "pregnancy", "bakuchiol night cream pregnant?")
    assert "retinal" in text
