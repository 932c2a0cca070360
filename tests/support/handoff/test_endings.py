"""How each talk with a person ended is kept, and what the customer thought of it, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.store.database import Database
from bot.store.handoff_models import HandoffEnded
from bot.support.handoff import Author, Conversations, Ending, Summary
from tests.store.conftest import database, url
from tests.support.handoff.test_conversations import CHANNEL, ME, Clock, mine

__all__ = ["database", "url"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def talks(database: Database, clock: Clock) -> Conversations:
    return Conversations(database, promise=lambda since: since + timedelta(minutes=10), now=clock)


def ended(database: Database) -> list[tuple[str, str, str]]:
    """Outcome, rating and agent of each talk that ended."""
    with database.session() as session:
        return [(one.outcome, one.rating, one.agent) for one in session.execute(select(HandoffEnded).order_by(HandoffEnded.id)).scalars()]


def answered(talks: Conversations) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.reply(ME, "Mia", "Hi", f"k{mine(talks).version}")


def buttons(talks: Conversations) -> int:
    return len([line for line in talks.lines(ME) if line.author is Author.NOTICE][-1].data.get("buttons") or ())


def test_by_a_person_or_not_at_all(talks: Conversations, database: Database) -> None:
    answered(talks)
    talks.close(ME, "Mia")
    assert ended(database) == [("by_person", "", "Mia")] and buttons(talks) == 2
    answered(talks)
    talks.close(ME, "Mia", ending=Ending.UNRESOLVED)
    assert [one[0] for one in ended(database)] == ["by_person", "unresolved"]


def test_given_back_and_closed_is_one_end(talks: Conversations, database: Database) -> None:
    answered(talks)
    talks.give_back(ME, "Mia", mine(talks).version)
    assert ended(database) == [("by_person", "", "Mia")] and mine(talks).ending is Ending.BY_PERSON
    talks.close(ME, "Mia", ending=Ending.UNRESOLVED)
    assert ended(database) == [("unresolved", "", "Mia")]


def test_without_a_person_the_assistant_did_it(talks: Conversations, database: Database) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.take_back(ME, "1")
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.back(ME)
    talks.leave_message(ME, CHANNEL, "asked", Summary(wish="later"))
    talks.withdraw(ME)
    assert [one[0] for one in ended(database)] == ["by_assistant"] * 3 and not talks.rate(ME, True), "nobody is there to be rated"
    assert buttons(talks) == 0


def test_what_nobody_answered_has_not_ended(talks: Conversations, database: Database) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.heard(ME, "hello?", "1")
    talks.back(ME)
    assert ended(database) == [] and mine(talks).ending is Ending.OPEN


def test_quiet_talks_end_by_themselves(talks: Conversations, database: Database, clock: Clock) -> None:
    answered(talks)
    clock.now += timedelta(hours=3)
    talks.pass_time()
    assert ended(database) == [("by_person", "", "Mia")]


@pytest.mark.parametrize(("good", "outcome"), [(True, "by_person"), (False, "unresolved")])
def test_one_press_says_what_it_was_worth(good: bool, outcome: str, talks: Conversations, database: Database) -> None:
    answered(talks)
    assert not talks.rate(ME, good) and not talks.awaits_rating(ME), "while it goes on nothing is rated"
    talks.close(ME, "Mia")
    assert talks.awaits_rating(ME) and talks.rate(ME, good) and not talks.rate(ME, not good) and not talks.awaits_rating(ME)
    assert ended(database) == [(outcome, "good" if good else "bad", "Mia")] and mine(talks).ending.value == outcome


def test_a_talk_that_ended_long_ago_is_not_rated(talks: Conversations, clock: Clock) -> None:
    answered(talks)
    talks.close(ME, "Mia")
    clock.now += timedelta(days=4)
    assert not talks.awaits_rating(ME) and not talks.rate(ME, True)
