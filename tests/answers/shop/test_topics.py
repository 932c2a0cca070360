"""Topics as answers: yes or no first, the owner's words, else plainly that the shop has not said."""

from __future__ import annotations

import pytest

from bot.answers.shop.asked_topics import shop_topics
from bot.answers.shop.services import SERVICES
from bot.store.policies import Shop, ShopError, Topic
from bot.understanding.decisions_shop import PASS_ON
from bot.understanding.resolve import resolve
from tests.answers.talking import Talk


def say(talk: Talk, text: str, kind: str = "shop_topic") -> str:
    return talk.say(SERVICES[kind], kind, text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("do i need an account", "No. You can order as a guest"),
        ("can i order without an account", "Yes. You can order as a guest"),
        ("how do i create an account", "You can order as a guest"),
        ("can codes be combined", "No. One code"),
        ("who pays the customs", "Customs and duties abroad"),
        ("is a receipt possible", "Yes. An invoice"),
        ("can you put a note in", "I have no word from the shop on a card with a message"),
    ],
)
def test_yes_or_no_stands_first_where_it_is_asked(talk: Talk, text: str, first: str) -> None:
    assert say(talk, text).startswith(first)


def test_what_the_shop_has_not_said_goes_to_its_staff(talk: Talk) -> None:
    assert "care@moonjar.example" in say(talk, "are you hiring")


def test_an_unanswered_question_becomes_a_ticket_after_a_yes(talk: Talk) -> None:
    assert say(talk, "are you hiring").endswith("Shall I pass your question on to the shop's staff?")
    assert decided(talk, "yes, pass it on") == PASS_ON
    first = talk.say(SERVICES[PASS_ON], PASS_ON, "yes, pass it on")
    tickets = talk.resources.orders.requests.tickets_of("")  # type: ignore[union-attr]
    assert tickets[0].text == "are you hiring" and tickets[0].number in first
    assert decided(talk, "yes") != PASS_ON


@pytest.mark.parametrize("text", ["no, leave it", "yes but can i use retinol", "never mind"])
def test_nothing_is_passed_on_without_a_yes(talk: Talk, text: str) -> None:
    say(talk, "are you hiring")
    assert decided(talk, text) != PASS_ON


def test_an_answered_topic_offers_nothing(talk: Talk) -> None:
    assert "pass your question on" not in say(talk, "can codes be combined")
    assert decided(talk, "yes") != PASS_ON


def decided(talk: Talk, text: str) -> str:
    """The kind as which a message is answered next."""
    return resolve(talk.frame("affirm", text), talk.memory, talk.resources.knowledge, "", 0.0).frame.kind


def test_the_general_rule_is_named_as_such(talk: Talk) -> None:
    text = say(talk, "can sale items be returned", "return")
    assert text.startswith("On returning sale items the shop says nothing of its own") and "within 30 days" in text


def test_a_problem_with_an_order_stays_what_it_is(talk: Talk) -> None:
    assert say(talk, "my jar came broken", "report_problem").startswith("I'm sorry about that. Customer care replaces")


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("can i pay with american express", "Yes, you can pay with American Express. The shop takes"),
        ("do you take bitcoin", "No, Bitcoin can't be used"),
        ("do you accept credit cards", "Yes, you can pay with a card."),
        ("do you take amex or only visa", "Yes, you can pay with Visa and American Express."),
        ("how can i pay", "The shop takes Visa"),
    ],
)
def test_ways_to_pay_are_answered_one_by_one(talk: Talk, text: str, first: str) -> None:
    assert say(talk, text, "payment").startswith(first)


def test_an_own_topic_needs_a_name_and_phrases(talk: Talk) -> None:
    shop: Shop = talk.resources.shop
    own = shop.copy(update={"topics": {"engraving": Topic(say="We do.")}})
    with pytest.raises(ShopError, match=r"topics\.engraving"):
        shop_topics(own)
    named = shop.copy(update={"topics": {"engraving": Topic(name="engraving", asked=["(engrave|engraved)"], say="We do.")}})
    found = shop_topics(named).find(talk.frame("payment", "can it be engraved"))
    assert found is not None and found.name == "engraving"


def test_what_the_staff_must_see_to_is_taken_in_the_chat(talk: Talk) -> None:
    assert say(talk, "I was charged twice").endswith("Or shall I pass it to the team from here, as a ticket?")
    assert "ticket" not in say(talk, "do you wrap gifts")
