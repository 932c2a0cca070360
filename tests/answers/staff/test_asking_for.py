"""However a person is asked for: by name, by office, in another language; and the assistant again, where it has the talk already."""

from __future__ import annotations

from typing import Iterator

import pytest

from bot.answers.resources import Resources
from bot.support.handoff import Owner
from bot.understanding.frame import LOST, SURE, UNSURE
from tests.answers.staff.test_offering import NIGHT, Talk, shop_with


@pytest.fixture
def shop(sample_shop: Resources) -> Iterator[Resources]:
    with shop_with(sample_shop, staff=2) as made:  # Mia and Tom
        yield made


@pytest.mark.parametrize(("text", "kind"), [
    ("is mia there?", "contact"), ("could i have a word with tom please", "lost"), ("where is Tom today", "order_status"), ("Mia?", "out_of_scope"),
    ("put mia on", "lost"), ("is Sarah around?", "contact"), ("can I talk to Jisoo about this", "can_use"),
    ("is your boss in?", "contact"), ("is the store manager around today", "contact"), ("may i speak with whoever is in charge", "insult"),
    ("can the owner call me", "contact"), ("a quick word with the manager please", "lost"),
])
def test_by_name_and_by_office(text: str, kind: str, shop: Resources) -> None:
    talk = Talk(shop)
    assert "Our team answers here" in talk.say(text, kind, band=UNSURE)[-1].text and talk.owner() is Owner.WAITING


@pytest.mark.parametrize("text", [
    "사람이랑 이야기하고 싶어요", "상담원 연결해주세요", "직원이랑 통화할 수 있나요?", "담당자와 상담 받고 싶습니다", "매니저님 계신가요?", "상담원연결 부탁드려요",
    "quiero hablar con una persona", "je voudrais parler avec un conseiller", "ich möchte mit einem mitarbeiter sprechen",
])
def test_in_another_language(text: str, shop: Resources) -> None:
    talk = Talk(shop)
    talk.say(text, "language")
    assert talk.owner() is Owner.WAITING


@pytest.mark.parametrize(("text", "kind"), [
    ("is niacinamide there?", "contact"), ("is my parcel here?", "order_status"), ("is it available?", "stock"), ("Is Rice Toner available?", "stock"),
    ("IS THERE A SALE ON", "discount"), ("tom yum is a soup", "out_of_scope"), ("이 세럼은 민감성 피부인 사람도 쓸 수 있나요?", "language"),
    ("사람이랑 이야기하고 싶지 않아요", "language"), ("my friend talks to her skin", "out_of_scope"),
])
def test_what_only_sounds_like_it(text: str, kind: str, shop: Resources) -> None:
    talk = Talk(shop)
    talk.say(text, kind)
    assert talk.owner() is Owner.ASSISTANT


@pytest.mark.parametrize("text", ["back to the assistant", "Back to the assistant please", "i want to talk to the robot again", "the assistant instead"])
@pytest.mark.parametrize(("kind", "band"), [("human", SURE), ("bot_identity", UNSURE), ("return", SURE), ("lost", LOST)])
def test_the_assistant_is_back_out_of_hours_too(text: str, kind: str, band: str, shop: Resources) -> None:
    talk = Talk(shop)
    talk.say("talk to a human about my broken jar", "human", NIGHT)
    (message,) = talk.say(text, kind, NIGHT, band)
    assert "I'm the assistant" in message.text and "stays in their inbox" in message.text
    assert talk.owner() is Owner.MAIL and talk.memory.request is None, "what was asked is not lost, and no address is waited for"
    assert "e-mail" not in talk.say("what is niacinamide", "what_is", NIGHT)[0].text


def test_the_assistant_is_wanted_instead_of_the_person_it_offered(shop: Resources) -> None:
    talk = Talk(shop)
    talk.say("you are scammers", "out_of_scope")
    assert talk.owner() is Owner.OFFERED
    assert "I'm the assistant" in talk.say("back to the assistant", "human")[0].text
    assert talk.owner() is Owner.ASSISTANT and not talk.memory.offer_open
