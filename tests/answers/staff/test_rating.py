"""After a talk with a person one press says what it was worth; elsewhere the same words are what they are."""

from __future__ import annotations

from typing import Iterator

import pytest

from bot.answers.resources import Resources
from bot.support.handoff import Ending
from bot.understanding.frame import UNSURE
from tests.answers.staff.test_offering import Talk, shop_with


@pytest.fixture
def shop(sample_shop: Resources) -> Iterator[Resources]:
    with shop_with(sample_shop, staff=1) as made:
        yield made


def closed(shop: Resources) -> Talk:
    talk = Talk(shop)
    talk.say("talk to a human", "human")
    shop.staff.talks.reply(talk.sender, "Mia", "Here you are", "k")
    shop.staff.talks.close(talk.sender, "Mia")
    return talk


@pytest.mark.parametrize("text", ["It helped", "yes, that helped thanks", "it is solved", "she really helped me"])
def test_it_helped(text: str, shop: Resources) -> None:
    talk = closed(shop)
    assert "for telling us" in talk.say(text, "thank", band=UNSURE)[0].text
    kept = shop.staff.talks.talk(talk.sender)
    assert kept and kept.ending is Ending.BY_PERSON
    assert "for telling us" not in talk.say(text, "thank")[0].text, "once"


@pytest.mark.parametrize("text", ["It didn't help", "that did not help at all", "not solved"])
def test_it_did_not_and_a_person_is_offered_again(text: str, shop: Resources) -> None:
    talk = closed(shop)
    (message,) = talk.say(text, "deny", band=UNSURE)
    assert "I'm sorry" in message.text
    kept = shop.staff.talks.talk(talk.sender)
    assert kept and kept.ending is Ending.UNRESOLVED
    assert "I've passed you on" in talk.say(message.buttons[0]["payload"], "human")[0].text


def test_without_such_a_talk_nothing_is_rated(shop: Resources) -> None:
    assert "for telling us" not in Talk(shop).say("it helped", "thank")[0].text
    talk = closed(shop)
    assert "for telling us" not in talk.say("it helped against my redness, which one is stronger?", "better")[0].text
