"""Prices, stock, sizes, labels, marks and dates of products, straight from their rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answer import Words
from bot.answers.products.services import SERVICES
from bot.rules.advice import Profile
from tests.answers.conftest import NewTalk
from tests.answers.talking import Talk

WILLOW = "narusol-willow-bha-liquid"


def say(talk: Talk, kind: str, text: str, page: str = "") -> str:
    return talk.say(SERVICES[kind], kind, text, page)


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("price", "price of the haneul dew soft rain toner", "Haneul Dew Soft Rain Toner costs 18.00 USD in 200 ml and 29.00 USD in 400 ml (sold out)."),
        ("price", "soft rain toner in 200 ml, how much", "Haneul Dew Soft Rain Toner in 200 ml costs 18.00 USD."),
        ("price", "soft rain toner 200ml price", "Haneul Dew Soft Rain Toner in 200 ml costs 18.00 USD."),
        ("price", "how much is the yuja ampoule", "Bomnal Garden Yuja Vita Ampoule costs 23.00 USD."),
        ("price", "how much are ampoules", "Prices vary: in our shop ampoules cost from 19.00 to 54.00 USD."),
        ("price", "how much are saebyeok derm ampoules", "Saebyeok Derm Tranexa 5 Tone Ampoule costs 27.00 USD in 20 ml and 46.00 USD in 40 ml. "
         "Saebyeok Derm Azelo 10 Clarity Ampoule costs 26.50 USD."),
        ("price", "what is the most expensive product you have", "The most expensive in our shop is Yeondu Atelier Bokbunja"),
        ("price", "which is the cheapest thing you sell", "The cheapest in our shop is"),
        ("price", "how much is it", "Prices vary with the actives"),
        ("stock", "is the soft rain toner in stock", "Haneul Dew Soft Rain Toner is in stock: 200 ml. Sold out: 400 ml."),
        ("stock", "is the moonsnail 92 serum in stock?", "Byeolsori Moonsnail 92 Serum is out of stock right now. I can't say "
         "when it will be back. In stock and closest to it: Haneul Dew Birch Sap"),
        ("stock", "which mists are in stock", "In stock right now:"),
        ("stock", "is it in stock", "Which product do you mean?"),
        ("sizes", "pimple patches, how many come in one pack", "Narusol Clear Dot Hydrocolloid Patch comes in 36 patches"),
        ("product_ingredients", "does the soft rain toner contain alcohol?", "No, Haneul Dew Soft Rain Toner does not list alcohol."),
        ("product_ingredients", "is the yuja ampoule fragrance free?", "No, Bomnal Garden Yuja Vita Ampoule lists Citrus"),
        ("product_ingredients", "what is in the dewdrop water gel", "Haneul Dew Dewdrop Water Gel starts with:"),
        ("product_ingredients", "which of your serums contain niacinamide", "From our shop:"),
        ("product_ingredients", "what is in it", "Which product do you mean?"),
        ("vegan", "is the soft rain toner vegan", "Haneul Dew Soft Rain Toner is marked: cruelty free, fragrance free, vegan."),
        ("vegan", "is the moonsnail serum vegan", "No. Byeolsori Moonsnail 92 Serum lists snail mucin. Snail mucin comes from"),
        ("vegan", "is honey vegan", "No. "),
        ("vegan", "do you have vegan serums", "Vegan and cruelty-free products carry these marks"),
        ("new", "what came back in stock?", "I have no record of anything like that"),
        ("new", "is the moonsnail 92 serum back in stock?", "Byeolsori Moonsnail 92 Serum has been in the shop's list since"),
    ],
)
def test_what_is_asked_is_answered_from_the_row(talk: Talk, kind: str, text: str, answer: str) -> None:
    assert answer in say(talk, kind, text)


@pytest.mark.parametrize(
    "text", ["how much are ampoules", "what is the most expensive product you have", "which is the cheapest thing you sell", "what is your most expensive serum"]
)
def test_who_is_named_by_the_price_has_a_card(talk: Talk, text: str) -> None:
    said = say(talk, "price", text)
    assert talk.answer is not None
    [words] = talk.answer.parts
    assert isinstance(words, Words) and words.products
    assert all(one.product.title in said for one in words.products)


def test_it_is_the_product_spoken_of(talk: Talk) -> None:
    say(talk, "price", "price of the soft rain toner")
    assert say(talk, "stock", "is it in stock?").startswith("Haneul Dew Soft Rain Toner is in stock")
    assert say(talk, "product_ingredients", "does it contain niacinamide").startswith("No, Haneul Dew Soft Rain Toner")


def test_it_is_the_pages_product_and_a_product_named_wins(talk: Talk) -> None:
    assert "Willow BHA Liquid costs 23.00" in say(talk, "price", "how much is it", WILLOW)
    assert "Daybreak C15 Serum" in say(talk, "stock", "is the daybreak c15 serum in stock", WILLOW)
    assert "Soft Rain Toner" in say(talk, "price", "how much is it", "haneul-dew-soft-rain-toner")


def test_a_page_that_the_shop_does_not_have_is_no_product(talk: Talk) -> None:
    assert say(talk, "price", "how much is it", "no-such-product").startswith("Prices vary")


@pytest.mark.parametrize(
    ("counted", "title"), [("the first one", "Teatree"), ("number 2", "Niacin 10"), ("the last one", "Niacin 10")]
)
def test_products_of_a_list_are_counted(talk: Talk, counted: str, title: str) -> None:
    say(talk, "find_product", "show me serums for pores")
    assert title in say(talk, "price", f"how much is {counted}")


def test_the_cheapest_of_a_list_is_named_and_the_list_still_counts(talk: Talk) -> None:
    say(talk, "find_product", "show me serums for pores")
    assert say(talk, "price", "which one is cheaper?").startswith("Saebyeok Derm Niacin 10 Pore Serum is the cheapest")
    assert talk.memory.shown.handle == "saebyeok-derm-niacin-10-pore-serum"
    assert len(talk.memory.shown.listed) == 2


def test_how_big_those_of_a_list_are(talk: Talk) -> None:
    say(talk, "find_product", "show me eye creams for dark circles")
    text = say(talk, "sizes", "how big are they")
    assert "20 ml" in text and "25 ml" in text


def test_sizes_of_what_the_shop_has_not_are_what_is_known_of_packs(talk: Talk) -> None:
    assert say(talk, "sizes", "how big are packs") and not talk.memory.shown.listed


def test_a_label_read_before_answers_what_is_in_it(talk: Talk) -> None:
    talk.memory = replace(talk.memory, label=("AQUA", "GLYCERIN", "NIACINAMIDE"))
    assert say(talk, "product_ingredients", "does it have niacinamide").startswith("Yes, ")
    assert say(talk, "product_ingredients", "and retinol?").startswith("No, ")


def test_what_speaks_against_a_product_is_said_with_its_price(new_talk: NewTalk) -> None:
    talk = new_talk(Profile(pregnant=True))
    assert "leave it for now" in say(talk, "price", "price of the retinol seedling serum")


def test_what_came_on_one_day_is_not_newer_than_the_rest(talk: Talk) -> None:
    assert "came into the shop's list on" in say(talk, "new", "what's new?")


@pytest.mark.parametrize(("kind", "text"), [("price", "how much is the yuja ampoule"), ("stock", "is the yuja ampoule in stock"), ("product_ingredients", "what is in the yuja ampoule")])
def test_what_is_asked_of_a_product_has_its_card_once(talk: Talk, kind: str, text: str) -> None:
    yuja = "bomnal-garden-yuja-vita-ampoule"
    turn = talk.turn(kind, text)
    first = SERVICES[kind](turn)
    assert [one.product.handle for part in first.parts if isinstance(part, Words) for one in part.products] == [yuja]
    for seen in (replace(turn, memory=first.memory), replace(turn, page=yuja)):
        assert not [one for part in SERVICES[kind](seen).parts if isinstance(part, Words) for one in part.products]


def test_what_stands_in_for_what_is_sold_out_has_the_cards(talk: Talk) -> None:
    said = say(talk, "stock", "is the moonsnail 92 serum in stock?")
    assert talk.answer is not None
    [words] = talk.answer.parts
    assert isinstance(words, Words) and len(words.products) == 2
    assert all(one.product.in_stock and one.product.title in said for one in words.products)
    assert talk.memory.shown.handle == "byeolsori-moonsnail-92-serum"
