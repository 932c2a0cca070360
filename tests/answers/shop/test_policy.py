"""The shop's policies as answers: what is asked first, its staff where they must look, nothing made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.answer import Words
from bot.answers.shop.services import SERVICES
from tests.answers.own_words import unchanging
from tests.answers.talking import Talk


def say(talk: Talk, kind: str, text: str) -> str:
    return talk.say(SERVICES[kind], kind, text)


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("payment", "I was charged twice", "If you were charged twice"),
        ("delivery_area", "do you ship to Brazil", "No, Brazil is not among the places we deliver to. We deliver to"),
        ("delivery_area", "do you ship to Germany?", "Yes, we deliver to Germany."),
        ("delivery_area", "and do i pay customs", "Yes. Customs and duties"),
        ("delivery_area", "where do you deliver", "We deliver to all US states"),
        ("delivery_cost", "how much is delivery to Canada", "The cost of delivery abroad"),
        ("delivery_cost", "how much is delivery in the USA", "Standard delivery within the US costs 5 USD"),
        ("contact", "where is your shop located", "The shop is at 12 Persimmon Lane"),
        ("contact", "when are you open", "Customer care answers Monday"),
        ("contact", "how do i reach you", "Customer care at Moonjar Skin: care@"),
        ("payment", "can i pay with klarna", "No. There is no payment by instalments"),
        ("shop_topic", "can i buy a gift card from you", "I have no word from the shop on gift cards"),
        ("shop_topic", "do you adopt cats", "I have no information from the shop on that"),
    ],
)
def test_what_is_asked_for_comes_first(talk: Talk, kind: str, text: str, first: str) -> None:
    assert say(talk, kind, text).startswith(first)


def test_a_policy_offers_what_is_asked_next_where_the_shop_has_word_of_it(talk: Talk) -> None:
    say(talk, "delivery_time", "how long does delivery take")
    assert talk.answer is not None
    [words] = talk.answer.parts
    assert isinstance(words, Words)
    assert [one["payload"] for one in words.buttons] == ["How much does delivery cost?", "Where do you deliver to?"]


def test_a_plain_yes_stays_short(talk: Talk) -> None:
    assert say(talk, "delivery_area", "do you deliver to canada?") == "Yes, we deliver to Canada."


def test_the_price_of_delivery_is_for_the_country_talked_of(talk: Talk) -> None:
    say(talk, "delivery_area", "do you deliver to canada?")
    assert say(talk, "delivery_cost", "and what does it cost").startswith("The cost of delivery abroad")


def test_the_staff_is_named_where_the_owners_words_send_people_there(talk: Talk) -> None:
    assert "care@moonjar.example" in say(talk, "discount", "my code does not work")
    assert "care@" not in say(talk, "delivery_time", "how long does delivery take")


def test_who_asks_about_an_order_is_told_to_have_its_number_ready(talk: Talk) -> None:
    assert "order number ready" in say(talk, "order_status", "where is my parcel")
    assert "order number ready" not in say(talk, "human", "can i talk to a person")


def test_a_question_goes_on_with_the_policy_said_before(talk: Talk) -> None:
    say(talk, "return", "can i send back an opened cream")
    assert talk.memory.shown.policy == "return"
    assert say(talk, "return", "and who pays").startswith("I have no word from the shop on who pays the postage")


def test_a_topic_is_kept_as_its_policy_or_by_its_name(talk: Talk) -> None:
    say(talk, "shop_topic", "can i buy a gift card from you")
    assert talk.memory.shown.policy == "gift_cards"
    say(talk, "shop_topic", "can i return an opened cream")
    assert talk.memory.shown.policy == "return"
    say(talk, "shop_topic", "do you adopt cats")
    assert talk.memory.shown.policy == ""


def test_every_policy_of_the_shop_has_a_service(talk: Talk) -> None:
    assert set(talk.resources.shop.policies) - {"vegan"} <= set(SERVICES)


def test_how_to_reach_a_shop_needs_no_policy(talk: Talk) -> None:
    bare = replace(talk.resources)
    bare.__dict__.update(talk.resources.__dict__, _files=unchanging(talk.resources.shop.copy(update={"policies": {}})))
    talk.resources = bare
    assert say(talk, "contact", "how do i reach you").startswith("Customer care at Moonjar Skin: care@")
    assert say(talk, "contact", "where is your shop located").startswith("The shop is at 12 Persimmon Lane")
    assert say(talk, "human", "can i talk to a person").startswith("Customer care at Moonjar Skin: care@")
    assert say(talk, "refund", "when do i get my money back").startswith("I have no information from the shop on that")
