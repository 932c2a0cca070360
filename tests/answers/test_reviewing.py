"""What of an answered message is kept for review: who may read it, whether a person was asked for, and that the answer comes whatever
is wrong with keeping it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.answers import reviewing
from bot.answers.door import Place
from bot.answers.resources import Resources
from bot.answers.reviewing import answered, shown_reason, sight_of, speaks_of_health
from bot.store.conversations import Conversations
from bot.store.errors import StoreUnavailable
from bot.store.review_models import ReviewTurn
from bot.store.reviews import Later, Looking, Reviewed, ReviewStore, Wanted, later, later_at
from bot.store.reviews.counts import LACKING
from bot.store.week_models import WeekCount
from bot.understanding.frame import LOST, UNSURE, Frame, Guess
from bot.understanding.memory import Memory, OpenRequest
from bot.understanding.support import ADDRESS, CHANGE
from tests.answers.staff.test_offering import shop_with
from tests.understanding.reading import frame, read


class Talk:
    """A conversation that is kept."""

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.sender = f"web-{uuid4().hex}"
        self.memory = Memory()

    def say(self, text: str, kind: str, **fields: Any) -> list[str]:
        """What is answered to a text of this kind."""
        frames = [read(text, kind, **fields)]
        place = Place("", "web", time.time(), self.sender, text)
        messages, self.memory = answered(frames, self.memory, place, self.resources, (), uuid4().hex)
        return [one.text for one in messages]

    @property
    def later(self) -> Later:
        """What writes them."""
        return later_at(self.resources.database.url)

    @property
    def kept(self) -> list[Reviewed]:
        """Its turns, oldest first, once nothing waits."""
        assert self.later.settle()
        with self.resources.database.session() as session:
            own = set(session.execute(select(ReviewTurn.id).where(ReviewTurn.sender == self.sender)).scalars())
        return sorted((one for one in Looking(self.resources.database).turns(Wanted(), 10_000) if one.id in own), key=lambda one: one.id)


@pytest.fixture
def talk(sample_shop: Resources) -> Iterator[Talk]:
    """A conversation."""
    yield Talk(sample_shop)


def test_a_turn_says_what_came_of_it(talk: Talk) -> None:
    (said,) = talk.say("Can I use retinol with vitamin C?", "together")
    (kept,) = talk.kept
    assert (kept.kind, kept.outcome, kept.sight, kept.answer) == ("together", "answered", "open", said[: len(kept.answer)]) and kept.answer


def test_what_is_not_in_the_shop_is_counted(sample_shop: Resources) -> None:
    talk = Talk(sample_shop)
    talk.say("show me a sunscreen under 2 dollars", "find_product")
    assert talk.kept
    with sample_shop.database.session() as session:
        names = session.execute(select(WeekCount.name).where(WeekCount.what == LACKING)).scalars().all()
    assert "sunscreen under 2.00 USD" in names


def test_asking_for_a_person_is_noted(sample_shop: Resources) -> None:
    with shop_with(sample_shop, 1, hours={"monday to sunday": "0:00 to 23:59"}) as staffed:
        talk = Talk(staffed)
        talk.say("what is niacinamide", "what_is")
        talk.say("I want to talk to a person", "human")
        assert [one.handed for one in talk.kept] == ["", "asked"]


def test_the_answer_comes_at_once_while_nothing_can_be_kept_which_is_kept_later(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(ReviewStore, "keep", side_effect=StoreUnavailable("locked")):
        assert talk.say("what is niacinamide", "what_is")[0] and talk.say("what is retinol", "what_is")[0]
        assert not talk.later.settle(0.7)
    assert [one.text for one in talk.kept] == ["what is niacinamide", "what is retinol"]
    assert caplog.text.count("trying again until they can") == 1


def test_who_is_erased_meanwhile_is_not_kept_later(talk: Talk) -> None:
    with patch.object(ReviewStore, "keep", side_effect=StoreUnavailable("locked")):
        talk.say("what is niacinamide", "what_is")
        talk.later.forget(talk.sender)
    assert talk.kept == []


def test_what_another_process_erased_meanwhile_is_not_kept_later(talk: Talk) -> None:
    with patch.object(later, "LATE_S", 0.0), patch.object(Conversations, "was_asked", return_value=False) as asked:
        talk.say("what is niacinamide", "what_is")
        assert talk.kept == [] and asked.call_count == 1


def test_one_that_cannot_be_kept_holds_up_no_other(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(reviewing, "meaning", side_effect=ValueError("a fault")):
        talk.say("what is niacinamide", "what_is")
        assert talk.kept == []
    assert talk.say("what is retinol", "what_is")[0] and [one.text for one in talk.kept] == ["what is retinol"]
    assert "a turn cannot be kept for review" in caplog.text


REFUSED = {
    "too long a value": DataError("INSERT", {}, Exception("value too long for type character varying(128)")),
    "a broken rule": IntegrityError("INSERT", {}, Exception("violates check constraint")),
}


@pytest.mark.parametrize("error", REFUSED.values(), ids=list(REFUSED))
def test_one_that_the_database_refuses_holds_up_no_other(error: SQLAlchemyError, talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(ReviewStore, "keep", side_effect=error):
        talk.say("what is niacinamide", "what_is")
        assert talk.later.settle(2.0), "it is left out"
    assert talk.say("what is retinol", "what_is")[0] and [one.text for one in talk.kept] == ["what is retinol"]
    assert "a turn cannot be kept for review" in caplog.text


@pytest.mark.parametrize("error", [OperationalError("SELECT", {}, Exception("locked")), InterfaceError("SELECT", {}, Exception("closed")), PoolTimeout()])
def test_one_that_meets_a_database_away_is_kept_later(error: SQLAlchemyError, talk: Talk) -> None:
    with patch.object(ReviewStore, "keep", side_effect=error):
        talk.say("what is niacinamide", "what_is")
        assert not talk.later.settle(0.7)
    assert [one.text for one in talk.kept] == ["what is niacinamide"]


def test_a_fault_beside_the_answer_costs_no_answer(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    with patch.object(reviewing, "masked", side_effect=ValueError("a fault")):
        assert talk.say("what is niacinamide", "what_is")[0]
    assert talk.kept == [] and "a turn cannot be kept for review" in caplog.text


def test_commands_and_silence_are_no_turns(talk: Talk) -> None:
    for text in ("/refuse_not_text", "  "):
        place = Place("", "web", time.time(), talk.sender, text)
        answered([frame(text, "refuse_not_text")], Memory(), place, talk.resources, (), uuid4().hex)
    assert talk.kept == []


SIGHTS = {
    "understood": ("what is niacinamide", frame("what is niacinamide", "what_is"), "open"),
    "not understood": ("do you have a podcast", frame("do you have a podcast", "what_is", band=LOST), "apart"),
    "tells of skin": ("my skin is dry", frame("my skin is dry", "tell_profile"), "health"),
    "a name of the knowledge": ("thing against acne pls", Frame("thing", ("thing",), band=LOST), "health"),
    "a word of hurting": ("it hurts since then", Frame("it hurts", ("it", "hurts"), band=LOST), "health"),
    "may be a situation": ("the thing from before", Frame("the thing", ("the", "thing"), band=UNSURE, situations=(Guess("sunburn", 0.4),)), "health"),
    "a likelier reading tells": ("hm and that", Frame("hm", ("hm",), band=UNSURE, ranking=(("ask_medical", 0.3),)), "health"),
}


@pytest.mark.parametrize("text, found, wanted", SIGHTS.values(), ids=list(SIGHTS))
def test_who_may_read_it(sample_shop: Resources, text: str, found: Frame, wanted: str) -> None:
    assert sight_of([found], Memory(), text, sample_shop.chosen.knowledge) == wanted


def test_what_goes_on_with_a_request_is_for_nobody(sample_shop: Resources) -> None:
    waits = Memory(request=OpenRequest(1, CHANGE, ADDRESS))
    assert sight_of([read("Anna Schmidt, Hill Street 5", "delivery_area", band=UNSURE)], waits, "Anna Schmidt, Hill Street 5", sample_shop.chosen.knowledge) == "order"


def test_a_reason_is_shown_unless_it_may_tell_of_health(sample_shop: Resources) -> None:
    knowledge = sample_shop.chosen.knowledge
    assert shown_reason("Not what I asked, write to a@b.example", knowledge) == "Not what I asked, write to [e-mail]"
    assert shown_reason("I have rosacea!", knowledge) == "" == shown_reason(None, knowledge)
    assert speaks_of_health("It Burned.", knowledge) and not speaks_of_health("burner", knowledge)


def test_nothing_is_kept_where_the_module_is_asked_for_no_message(talk: Talk) -> None:
    place = Place("", "web", time.time(), talk.sender, "what is niacinamide")
    reviewing.answered([frame("what is niacinamide", "what_is")], Memory(), place, talk.resources)
    assert talk.kept == []
