"""Votes are kept one a message, and a deleted conversation leaves only the note that it is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.feedback import DOWN, UP, FeedbackStore
from bot.store.models import Feedback, RetiredConversation, utc_now


def test_a_later_vote_takes_the_place_of_an_earlier_one(database: Database) -> None:
    feedback = FeedbackStore(database)
    feedback.vote("a", "b1", UP, None)
    feedback.vote("a", "b1", DOWN, "too short")
    feedback.vote("a", "b2", UP, None)
    feedback.vote("other", "b1", UP, None)
    assert feedback.votes("a") == {"b1": DOWN, "b2": UP}
    with database.session() as session:
        assert session.execute(select(Feedback.reason).where(Feedback.sender == "a")).scalars().all() == ["too short", None]


def test_a_vote_is_up_or_down(database: Database) -> None:
    with pytest.raises(IntegrityError):
        FeedbackStore(database).vote("a", "b1", "sideways", None)


def test_a_retired_conversation_has_no_votes_and_stays_retired(database: Database) -> None:
    feedback = FeedbackStore(database)
    feedback.vote("a", "b1", UP, None)
    feedback.vote("b", "b1", UP, None)
    for _ in range(2):
        feedback.retire("a", days=90)
    assert (feedback.votes("a"), feedback.votes("b")) == ({}, {"b1": UP})
    assert feedback.is_retired("a")
    assert not feedback.is_retired("b")


def test_notes_older_than_any_token_are_dropped(database: Database) -> None:
    feedback = FeedbackStore(database)
    feedback.retire("old", days=90)
    with database.session() as session:
        session.execute(update(RetiredConversation).values(at=utc_now() - timedelta(days=91)))
        session.commit()
    feedback.retire("new", days=90)
    with database.session() as session:
        assert session.execute(select(RetiredConversation.sender)).scalars().all() == ["new"]
