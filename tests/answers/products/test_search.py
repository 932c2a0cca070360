"""Products found, listed a few at a time, narrowed, and what goes on with a list."""

from __future__ import annotations

import pytest

from bot.answers.answer import Offers
from bot.answers.products.services import SERVICES
from bot.rules.advice import Profile
from tests.answers.conftest import NewTalk
from tests.answers.talking import Talk


def say(talk: Talk, kind: str, text: str) -> str:
    return talk.say(SERVICES[kind], kind, text)


def shown(talk: Talk) -> list[str]:
    """Titles of the products that the last answer lists."""
    assert talk.answer is not None
    (part,) = talk.answer.parts
    assert isinstance(part, Offers)
    return [one.product.title for one in part.offers]


def test_a_list_says_how_long_it_is_and_goes_on(talk: Talk) -> None:
    first = say(talk, "find_product", "what ampoules do you have")
    assert '12 in all. Say "show more" for the other 9.' in first
    before = shown(talk)
    assert say(talk, "next_page", "show me more").startswith("The next ones:")
    assert len(shown(talk)) == 3 and not set(before) & set(shown(talk))


def test_the_end_of_a_list_is_said(talk: Talk) -> None:
    say(talk, "find_product", "show me eye creams for dark circles")
    assert say(talk, "next_page", "more please").startswith("That was all of them")


def test_what_is_looked_for_is_explained_by_its_need(talk: Talk) -> None:
    text = say(talk, "find_product", "show me serums for oily skin")
    assert text.startswith("Oily skin does well with") and "made for oily skin" in text


def test_cheaper_ones_of_a_list_are_the_same_search(talk: Talk) -> None:
    say(talk, "find_product", "what ampoules do you have")
    say(talk, "next_page", "show me more")
    assert say(talk, "cheaper_ones", "any cheaper ones?").startswith("For less, the cheapest first:")
    assert shown(talk)[0] == "Baramsol Salt Marsh Mineral Ampoule"


def test_nothing_cheaper_names_the_cheapest(talk: Talk) -> None:
    say(talk, "find_product", "what ampoules do you have")
    assert "Salt Marsh Mineral Ampoule is the cheapest, at 19.00 USD" in say(talk, "cheaper_ones", "cheaper ones?")


@pytest.mark.parametrize(
    ("text", "there", "gone"),
    [
        ("and without perfume", "Niacin 10", "Green Tea Seed"),
        ("only vegan", "Niacin 10", "Retinol Seedling"),
        ("under 20", "Teatree", "Green Tea Seed"),
    ],
)
def test_a_few_words_narrow_a_list(talk: Talk, text: str, there: str, gone: str) -> None:
    say(talk, "find_product", "serums for oily skin")
    titles = say(talk, "find_product", text)
    assert there in titles and gone not in titles and "Cream" not in titles


def test_theirs_means_the_brand_listed_last(talk: Talk) -> None:
    say(talk, "find_product", "what do you have from narusol")
    text = say(talk, "find_product", "is there something of theirs for dry skin")
    assert "From Narusol, in this shop (3 in all):" in text
    assert all(title.startswith("Narusol") for title in shown(talk))


def test_of_a_brand_and_a_kind_only_those(talk: Talk) -> None:
    say(talk, "find_product", "serums from haneul dew")
    assert sorted(shown(talk)) == ["Haneul Dew Birch Sap Hydrating Serum", "Haneul Dew Rice Milk Glow Serum"]


@pytest.mark.parametrize("text", ["what do you have from COSRX", "do you carry beauty of joseon products?"])
def test_a_brand_that_is_not_sold_is_said_not_to_be(talk: Talk, text: str) -> None:
    assert say(talk, "find_product", text).startswith("We don't have")


@pytest.mark.parametrize("kind", ["find_product", "brands"])
def test_the_brands_are_listed(talk: Talk, kind: str) -> None:
    assert say(talk, kind, "which brands do you have").startswith("Our brands are Baramsol, Bomnal Garden")


def test_what_must_not_be_in_it_is_never_dropped(talk: Talk) -> None:
    say(talk, "find_product", "show me a fragrance-free toner")
    assert shown(talk) and not {"Baramsol Hinoki Breeze Toner"} & set(shown(talk))


def test_what_somebody_uses_already_is_not_what_they_look_for(talk: Talk) -> None:
    text = "dark spots, combination skin, i am already using niacinamide, no change. what do you have that could work?"
    say(talk, "find_product", text)
    assert "Saebyeok Derm Tranexa 5 Tone Ampoule" in shown(talk)


def test_a_kind_that_has_none_for_a_need_is_answered_with_what_is_near(talk: Talk) -> None:
    text = say(talk, "find_product", "a toner for acne please")
    assert text.startswith("The shop has no toner that fits all of that") and "Cica Zero Pad" in text


def test_all_forms_of_an_ingredient_are_found_under_its_name(talk: Talk) -> None:
    assert say(talk, "find_product", "do you have hyaluronic serums?").startswith("From our shop:")


def test_nothing_named_is_asked_back(talk: Talk) -> None:
    assert say(talk, "find_product", "i want to buy something").startswith("I can search this shop's skincare")


def test_a_product_named_is_shown_with_what_speaks_against_it(new_talk: NewTalk) -> None:
    talk = new_talk(Profile(pregnant=True))
    text = say(talk, "find_product", "do you have the retinol seedling serum")
    assert "Retinol Seedling 0.1 Serum" in text and "leave it for now" in text
    assert "Retinol Seedling" not in say(talk, "find_product", "serums for fine lines")


def test_a_product_sold_out_names_what_is_like_it(talk: Talk) -> None:
    assert "In stock and closest to it: Haneul Dew Birch Sap" in say(talk, "find_product", "do you have the moonsnail 92 serum")


def test_what_must_be_minded_comes_first(new_talk: NewTalk) -> None:
    talk = new_talk(Profile(age=5))
    text = say(talk, "find_product", "which sunscreen do you have")
    assert "under 13" in text.split("\n\n")[0]


@pytest.mark.parametrize(
    ("listed", "asked", "answer"),
    [
        ("show me ampoules up to 22", "which of them would you take for redness",
         "Of these, **Narusol Madeca Quiet Ampoule** and **Bomnal Garden Ssuk Calming Ampoule** are for redness."),
        ("got any serums for oily skin", "which of these is good against wrinkles?", "None of these is for fine lines"),
        ("cream for dry skin", "which one is vegan and fragrance free",
         "Of these, **Gyeoul Botanics Urea 5 Soft Emulsion** is marked vegan and without fragrance."),
    ],
)
def test_which_of_a_list_fits(talk: Talk, listed: str, asked: str, answer: str) -> None:
    say(talk, "find_product", listed)
    assert say(talk, "which_of", asked).startswith(answer)


def test_the_one_of_a_list_that_fits_is_meant_by_it_and_the_list_still_counts(talk: Talk) -> None:
    say(talk, "find_product", "cream for dry skin")
    listed = talk.memory.shown.listed
    say(talk, "which_of", "which one is vegan and fragrance free")
    assert talk.memory.shown.handle == "gyeoul-botanics-urea-5-soft-emulsion"
    assert talk.memory.shown.listed == listed
