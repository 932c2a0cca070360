"""What an owner taught is answered in their words, and leaves through the same gate; danger, an open request and a person's wish come first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.answers.door import Place, reply
from bot.answers.noting import Note
from bot.answers.resources import Resources
from bot.home.folder import LESSONS, Home
from bot.rules.advice import Profile
from bot.store.review_models import ANSWERED, BEYOND
from bot.teaching.at_home import taught_by
from bot.teaching.lessons import Does, Lesson, Wording, written
from bot.understanding.frame import LOST, UNSURE, Frame
from bot.understanding.memory import Memory, OpenRequest
from bot.understanding.support import CODE
from tests.teaching.conftest import answer
from tests.understanding.reading import read

SAY = "Every first Saturday, online."
NEW = Memory()


@pytest.fixture
def shop(sample_shop: Resources) -> Iterator[Resources]:
    """The sample shop, whose owner has taught nothing yet."""
    home = Home(sample_shop.chosen.home)
    made = Resources(sample_shop.chosen)
    made.__dict__.update({**sample_shop.__dict__, "taught": taught_by(sample_shop.chosen, frozenset)})
    yield made
    home.put(LESSONS, None)


def teach(shop: Resources, *lessons: Lesson) -> None:
    """Writes lessons; what is said exactly so is known at once."""
    Home(shop.chosen.home).put(LESSONS, written(lessons))


def said(shop: Resources, frame: Frame, text: str, memory: Memory = NEW) -> tuple[str, list[Note]]:
    """The answer to a message, and what came of it."""
    notes: list[Note] = []
    messages, _ = reply([frame], memory, Place("", "web", 0.0, "web-1", text), shop, (), notes)
    return " ".join(one.text for one in messages), notes


@pytest.mark.parametrize(("kind", "band"), [("find_product", LOST), ("discount", UNSURE), ("build_routine", "sure"), ("human", UNSURE)])
def test_the_owners_words_are_said_whatever_it_was_taken_for(shop: Resources, kind: str, band: str) -> None:
    teach(shop, answer("do you offer skincare classes"))
    text, notes = said(shop, read("do you offer skincare classes?", kind, band=band), "Do you offer skincare classes?")
    assert text.startswith(SAY) and [(one.kind, one.outcome) for one in notes] == [("taught", ANSWERED)]


def test_nothing_else_changes(shop: Resources) -> None:
    before, _ = said(shop, read("how long does delivery take", "delivery_time"), "how long does delivery take")
    teach(shop, answer("do you offer skincare classes"))
    assert said(shop, read("how long does delivery take", "delivery_time"), "how long does delivery take")[0] == before


def test_how_to_reach_the_shop_is_said_behind_it_where_the_owner_says_so(shop: Resources) -> None:
    teach(shop, answer("do you offer skincare classes", hand_over=True))
    assert "care@moonjar.example" in said(shop, read("do you offer skincare classes", "price"), "do you offer skincare classes")[0]


def test_a_question_that_was_meant_is_answered(shop: Resources) -> None:
    teach(shop, Lesson(id="x", does=Does.MEANT, kind="delivery_time", wordings=[Wording(said="when's my goodies here")]))
    assert "three to five working days" in said(shop, read("when's my goodies here", "greet", band=LOST), "when's my goodies here")[0]


def test_what_is_not_for_the_shop_is_said_to_be_so(shop: Resources) -> None:
    teach(shop, Lesson(id="x", does=Does.ASIDE, wordings=[Wording(said="who wins the cup")]))
    text, notes = said(shop, read("who wins the cup", "discount", band=LOST), "who wins the cup")
    assert text == shop.wording.say("out_of_scope") and notes[0].outcome == BEYOND


def test_the_gate_holds_it_against_the_person(shop: Resources) -> None:
    teach(shop, answer("what is in the goody bag", say="It holds our retinol serum."))
    frame = read("what is in the goody bag", "price", band=LOST)
    assert "retinol serum" in said(shop, frame, "what is in the goody bag")[0]
    assert "retinol serum" not in said(shop, frame, "what is in the goody bag", replace(NEW, person=Profile(pregnant=True)))[0]


@pytest.mark.parametrize("text", ["I'm pregnant, do you offer skincare classes", "my lips are swelling, do you offer skincare classes"])
def test_danger_and_what_a_person_tells_come_first(shop: Resources, text: str) -> None:
    teach(shop, answer(text))
    assert SAY not in said(shop, read(text, "can_use"), text)[0]


def test_a_red_flag_stays_one(shop: Resources) -> None:
    teach(shop, answer("everything tingles since your class"))
    assert SAY not in said(shop, read("everything tingles since your class", forced="report_reaction"), "everything tingles since your class")[0]


def test_whoever_wants_a_person_gets_one(shop: Resources) -> None:
    teach(shop, answer("can I speak to a real person about classes"))
    assert SAY not in said(shop, read("can I speak to a real person about classes", "human"), "can I speak to a real person about classes")[0]


def test_an_open_request_listens_first(shop: Resources) -> None:
    teach(shop, answer("123456"))
    open_one = replace(NEW, request=OpenRequest(1, "order_status", CODE))
    assert SAY not in said(shop, read("123456", "order_status"), "123456", open_one)[0]


def test_a_lesson_taken_away_meanwhile_is_nothing_known(shop: Resources) -> None:
    frame = replace(read("do you offer skincare classes", "price"), cues=frozenset({"taught:classes"}))
    assert said(shop, frame, "")[0].startswith(shop.wording.say("lost_first")[:20])


def test_each_question_of_a_message_is_looked_up(shop: Resources) -> None:
    teach(shop, answer("do you offer skincare classes"))
    frames = [read("how long does delivery take", "delivery_time"), read("do you offer skincare classes", "find_product", band=LOST)]
    messages, _ = reply(frames, NEW, Place("", "web", 0.0, "web-1", "how long does delivery take, and do you offer skincare classes?"), shop)
    assert "three to five working days" in messages[0].text and SAY in messages[0].text
