"""What somebody pregnant, hurt or unsure means beyond the words alone."""

from __future__ import annotations

import pytest

from bot.rules.advice import Profile
from bot.understanding.memory import Asked, Memory
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge
from tests.understanding.reading import read

KNOWLEDGE = knowledge()
NOBODY, PREGNANT, HURT, NOTHING = Profile(), Profile(pregnant=True), Profile(irritated=True), Asked()


def meant(message: str, kind: str, person: Profile = NOBODY, asked: Asked = NOTHING) -> Resolved:
    """A message with its kind in a conversation with somebody."""
    return resolve(read(message, kind), Memory(person=person, asked=asked), KNOWLEDGE, "", 0.0)


@pytest.mark.parametrize(
    ("message", "kind", "person"),
    [
        ("i wore a retinal serum for weeks and now i am pregnant", "side_effects", Profile()),
        ("i had adapalene on my chin until yesterday, is that bad", "medical", PREGNANT),
        ("only now saw that there is salicylic acid in my toner", "side_effects", PREGNANT),
    ],
)
def test_what_was_used_already(message: str, kind: str, person: Profile) -> None:
    assert meant(message, kind, person).frame.kind == "pregnancy_used"


def test_worry_after_it_was_told_goes_on_about_it() -> None:
    before = Asked("pregnancy", ("retinol",))
    found = meant("i stopped but i am so worried, is it bad", "irritation", PREGNANT, before)
    assert found.frame.kind == "pregnancy_used"
    assert found.asked.subjects == ("retinol",)


@pytest.mark.parametrize(("message", "person"), [("can i use retinol when pregnant", Profile()), ("i used retinol for years", Profile())])
def test_what_is_only_asked_about_or_of_no_pregnancy_is_not(message: str, person: Profile) -> None:
    assert meant(message, "pregnancy" if "pregnant" in message else "side_effects", person).frame.kind != "pregnancy_used"


@pytest.mark.parametrize(
    ("message", "lasts"),
    [
        ("my face still burns 4 days after the mask", True),
        ("my skin is red since last week and nothing helps", True),
        ("my skin stings 2 minutes after the toner", False),
        ("how long until the redness is gone, it is 5 days now and still there", False),
    ],
)
def test_irritation_that_lasts_is_not_waited_for(message: str, lasts: bool) -> None:
    assert (meant(message, "irritation").frame.kind == "lasting_irritation") is lasts


@pytest.mark.parametrize(
    ("message", "kind", "none"),
    [
        ("which acid should i take then", "choose", True),
        ("would retinol make it heal quicker", "benefits", True),
        ("which cleanser should i take", "choose", False),
        ("what can i use instead of retinol", "replace", False),
        ("when may i use retinol again", "restart", False),
    ],
)
def test_no_active_is_chosen_for_hurt_skin(message: str, kind: str, none: bool) -> None:
    assert (meant(message, kind, HURT).frame.kind == "on_hurt_skin") is none
    assert meant(message, kind).frame.kind != "on_hurt_skin"


def test_whether_to_go_on_is_about_what_irritates() -> None:
    before = Asked("frequency", ("retinol",))
    found = meant("should i keep going or stop?", "order_status", HURT, before)
    assert found.frame.kind == "irritation"
    assert found.asked.subjects == ("retinol",)
    assert meant("should i keep going or stop?", "order_status", asked=before).frame.kind != "irritation"


def test_an_alternative_after_a_talk_of_an_ingredient_is_an_ingredient() -> None:
    assert meant("any alternative?", "find_similar", PREGNANT, Asked("pregnancy", ("retinol",))).frame.kind == "replace"
    assert meant("any alternative?", "find_similar").frame.kind == "find_similar"


def test_words_of_a_medicine_are_no_strangers() -> None:
    assert read("i am on roaccutane and my lips crack", "medical").unknown == ()
    assert [one.id for one in read("i have a dust mite allergy", "allergy").of("safety")] == ["mite_or_shellfish_allergy"]
