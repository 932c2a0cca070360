"""Which sentence of a policy and which topic a question asks for."""

from __future__ import annotations

import pytest

from bot.answers.shop.matching import asked_for, said_for, sentences, topics_in
from bot.paths import DATA
from bot.store.policies import Contact, Shop, Topic, load_shop
from bot.store.text import words

SHOP = load_shop(DATA / "shop.yml")
OWN = Shop(
    name="Testari",
    about="A shop.",
    currency="EUR",
    contact=Contact(email="care@testari.example", phone="+1", hours="never", address="nowhere"),
    policies={},
    topics={
        "cards": Topic(name="gift cards", asked=["gift card"]),
        "postage": Topic(name="return postage", asked=["return who pays"], say="You do."),
    },
)


@pytest.mark.parametrize(
    ("kind", "question", "first"),
    [
        ("payment", "i was charged twice", "If you were charged twice"),
        ("delivery_area", "do i pay customs", "Customs"),
        ("payment", "how can i pay", "The shop takes"),
    ],
)
def test_what_is_asked_for_comes_first(kind: str, question: str, first: str) -> None:
    assert said_for(SHOP, kind, words(question)).startswith(first)


def test_what_is_asked_for_comes_alone_with_the_main_sentence() -> None:
    assert said_for(SHOP, "payment", words("i was charged twice")).count(". ") == 1
    assert asked_for(SHOP, "delivery_area", words("do you deliver to france")) == ""


def test_where_the_owner_wrote_nothing_nothing_is_said() -> None:
    assert said_for(SHOP, "nothing_written", ["hello"]) == "" == asked_for(SHOP, "nothing_written", ["hello"])


@pytest.mark.parametrize(
    ("question", "talk", "found"),
    [
        ("do you sell gift cards", "", ["gift cards"]),
        ("a card came with my gift", "", ["gift cards"]),
        ("can you pack it as a gift", "", []),
        ("and who pays", "can i return it, and who pays", ["return postage"]),
        ("can i return it", "can i return it, and who pays", []),
    ],
)
def test_topics_are_found_by_all_their_words(question: str, talk: str, found: list[str]) -> None:
    assert [one.name for one in topics_in(OWN, words(question), words(talk))] == found


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two!  Three?", ["One.", "Two!", "Three?"]),
        ("It costs 5.50 USD. Yes", ["It costs 5.50 USD.", "Yes"]),
        ("", [""]),
    ],
)
def test_a_text_is_cut_behind_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
