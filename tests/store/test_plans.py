"""Plans are kept under a token, found by it alone, and dropped when they are old."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from bot.store.database import Database
from bot.store.models import Plan, utc_now
from bot.store.plans import KEEP, PlanStore


def aged(database: Database, token: str, by: timedelta) -> None:
    """Makes a kept plan older."""
    with database.session() as session:
        session.execute(update(Plan).where(Plan.token == token).values(at=utc_now() - by))
        session.commit()


def test_a_plan_is_found_by_its_token(database: Database) -> None:
    plans = PlanStore(database)
    token = plans.keep('{"a": "달 🌙"}')
    found = plans.find(token)
    assert found is not None
    assert found.content == '{"a": "달 🌙"}'
    assert utc_now() - found.at < timedelta(minutes=1)


def test_the_same_plan_twice_gets_tokens_that_have_nothing_in_common(database: Database) -> None:
    plans = PlanStore(database)
    tokens = {plans.keep("x") for _ in range(20)}
    assert len(tokens) == 20
    assert len({token[:4] for token in tokens}) > 15


def test_any_other_token_finds_nothing(database: Database) -> None:
    plans = PlanStore(database)
    token = plans.keep("x")
    for other in ("", "x", token[:-1], token + "A", token.swapcase() + "1", "' OR 1=1 --", "A" * 22, "%" * 22):
        assert plans.find(other) is None


def test_an_old_plan_is_not_found_and_is_dropped_by_the_next(database: Database) -> None:
    plans = PlanStore(database)
    token = plans.keep("old")
    aged(database, token, KEEP + timedelta(seconds=1))
    assert plans.find(token) is None
    plans.keep("new")
    with database.session() as session:
        assert session.get(Plan, token) is None
