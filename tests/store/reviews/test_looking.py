"""Turns are kept once, found by every filter, erased with whose they are and dropped with age."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.store.database import Database
from bot.store.models import utc_now
from bot.store.privacy import Privacy
from bot.store.review_models import ReviewAnswer, ReviewTurn
from bot.store.reviews import Looking, ReviewStore, Wanted, Wordings
from bot.support.handoff import Conversations
from tests.store.reviews.turns import NOON, turn


@pytest.fixture
def store(database: Database) -> ReviewStore:
    """A store over an empty database."""
    return ReviewStore(database)


@pytest.fixture
def looking(database: Database) -> Looking:
    """The same to look through."""
    return Looking(database)


def rows(database: Database) -> tuple[int, int]:
    """How many turns and answers there are."""
    with database.session() as session:
        return tuple(int(session.execute(select(func.count()).select_from(table)).scalar_one()) for table in (ReviewTurn, ReviewAnswer))  # type: ignore[return-value]


def test_a_turn_is_kept_once(store: ReviewStore, looking: Looking) -> None:
    assert store.keep(turn(1, handed="asked")) and not store.keep(turn(1, text="something else"))
    (found,) = looking.turns(Wanted(), 10)
    assert (found.text, found.answer, found.kind, found.at, found.handed) == ("do you sell gift cards", "Yes.", "shop_topic", NOON + timedelta(minutes=1), "asked")
    assert not hasattr(found, "sender")


FOUND = {
    "only lost": (Wanted(only="lost"), [3, 2]), "only asked back": (Wanted(only="asked_back"), [4]), "only unsaid": (Wanted(only="unsaid"), [5]),
    "only unknown": (Wanted(only="unknown"), [6]), "only handed": (Wanted(only="handed"), [7]), "only red flags": (Wanted(only="red_flag"), [8]),
    "a channel": (Wanted(channel="rest"), [3]), "words in any order": (Wanted(words="CARDS sell"), [9]), "no pattern": (Wanted(words="%"), []),
    "a kind": (Wanted(kind="stock"), [9]), "a product": (Wanted(product="dew"), [9]),
    "a day": (Wanted(since=date(2026, 11, 16), until=date(2026, 11, 16)), [9, 8, 7, 6, 5, 4, 3, 2, 1]), "another day": (Wanted(since=date(2026, 11, 17)), []),
    "all together": (Wanted(only="lost", channel="rest", words="x"), [3]),
}  # fmt: skip


@pytest.mark.parametrize("wanted, numbers", FOUND.values(), ids=list(FOUND))
def test_filters_find_what_they_say(store: ReviewStore, looking: Looking, wanted: Wanted, numbers: list[int]) -> None:
    changes: tuple[dict[str, Any], ...] = (
        {}, {"outcome": "lost"}, {"outcome": "beyond", "channel": "rest"}, {"outcome": "asked_back"}, {"outcome": "unsaid", "topic": "gift cards"},
        {"outcome": "unknown"}, {"handed": "asked"}, {"red_flag": True}, {"text": "do you sell gift cards", "kind": "stock", "product": "dew"},
    )  # fmt: skip
    for number, changed in enumerate(changes, start=1):
        store.keep(turn(number, **{"text": "x", **changed}))
    assert [one.id for one in looking.turns(wanted, 20)] == numbers
    counts = looking.counts(Wanted())
    assert counts == {"": 9, "lost": 2, "asked_back": 1, "unsaid": 1, "unknown": 1, "thumb_down": 0, "handed": 1, "red_flag": 1}


@pytest.mark.parametrize("typed", ["ÉCLAT", "Éclat", "éclat"])
def test_words_with_other_letters_than_ascii_are_found_as_typed(typed: str, store: ReviewStore, looking: Looking) -> None:
    store.keep(turn(1, text=f"is {typed} serum in stock"))
    store.keep(turn(2, text="is my_serum in stock"))
    assert [[one.id for one in looking.turns(Wanted(words=words), 10)] for words in (typed, f"{typed} SERUM", "éc_at")] == [[1], [1], []]


def test_words_in_capitals_are_found_by_small_letters(store: ReviewStore, looking: Looking) -> None:
    store.keep(turn(1, text="IS ÉCLAT SERUM IN STOCK"))
    assert [one.id for one in looking.turns(Wanted(words="éclat serum"), 10)] == [1]


def test_a_thumb_stands_at_the_turn_that_was_answered(store: ReviewStore, looking: Looking) -> None:
    for number in (1, 2, 3):
        store.keep(turn(number, sender="web-1"))
    store.keep(turn(4, sender="web-other"))
    store.vote("web-1", NOON + timedelta(minutes=2, seconds=20), "down", "Not what I asked")
    store.vote("web-nobody", NOON, "down", "")
    (found,) = looking.turns(Wanted(only="thumb_down"), 10)
    assert (found.id, found.reason) == (2, "Not what I asked")
    store.vote("web-1", NOON + timedelta(minutes=2, seconds=20), "up", "")
    assert looking.turns(Wanted(only="thumb_down"), 10) == []


@pytest.mark.parametrize("sight, reason", [("open", "order 10432 is late"), ("apart", "order 10432 is late"), ("health", ""), ("order", "")])
def test_a_thumbs_reason_is_read_where_the_turns_words_are(sight: str, reason: str, store: ReviewStore, looking: Looking) -> None:
    store.keep(turn(1, sight=sight))
    store.vote("web-1", NOON + timedelta(minutes=2), "down", "order 10432 is late")
    assert [(one.thumb, one.reason) for one in looking.turns(Wanted(), 10)] == [("down", reason)]


def test_the_moment_of_words_that_are_read_without_whose_they_are_is_told_by_nothing(store: ReviewStore, looking: Looking) -> None:
    next_day: dict[str, Any] = {"at": NOON + timedelta(days=1)}
    apart: dict[str, Any] = {"sight": "apart"}
    changes: list[dict[str, Any]] = [{}, {"text": "b", **apart}, {}, {"text": "a", **apart}, {"text": "c", **apart}, {}, next_day, {**next_day, **apart}]
    for number, changed in enumerate(changes, start=1):
        store.keep(turn(number, **changed))
    found = looking.turns(Wanted(), 20)
    assert [one.id for one in found] == [7, 8, 6, 3, 1, 4, 2, 5], "of each day by their words, at the end"
    assert [(one.at.day, one.at.time() == time()) for one in found] == [(17, False), (17, True), *[(16, False)] * 3, *[(16, True)] * 3]
    for size in (1, 2, 3, 5):
        assert [one.id for skip in range(0, 8, size) for one in looking.turns(Wanted(), size, skip)] == [one.id for one in found], size
    assert looking.turns(Wanted(), 3, 8) == []


def test_an_answer_that_may_repeat_what_was_told_is_not_kept(store: ReviewStore, looking: Looking) -> None:
    store.keep(turn(1, sender="web-1", sight="health", text="", answer=""))
    store.keep(turn(2, sender="web-1", repeats=True))
    store.keep(turn(3, sender="web-1", repeats=False))
    store.keep(turn(4, sender="web-other", repeats=True))
    assert [one.answer for one in looking.turns(Wanted(), 10)] == ["Yes.", "Yes.", "", ""]


def test_only_conversations_of_the_inbox_are_linked(database: Database, store: ReviewStore, looking: Looking) -> None:
    Conversations(database).ask_for_person("web-1", "web", "asked")
    store.keep(turn(1, sender="web-1"))
    store.keep(turn(2, sender="web-1", sight="apart"))
    store.keep(turn(3, sender="web-2"))
    assert [one.linked for one in looking.turns(Wanted(), 10)] == [False, True, False]
    assert [looking.conversation(number) for number in (1, 2, 3, 4)] == ["web-1", None, None, None]


def test_whoever_is_erased_takes_their_turns_along(database: Database, url: str, store: ReviewStore, looking: Looking) -> None:
    store.keep(turn(1, sender="web-1"))
    store.keep(turn(2, sender="web-2"))
    privacy = Privacy(url, url)
    exported = privacy.export("web-1")
    assert [len(exported[name]) for name in ("review_turn", "review_answer")] == [1, 1]
    privacy.erase("web-1")
    assert rows(database) == (1, 1) and [one.id for one in looking.turns(Wanted(), 10)] == [2]
    assert [one.sender for one in Wordings(database).all()] == ["web-2"]
    privacy.dispose()


def test_old_turns_are_dropped_with_age(database: Database, url: str, store: ReviewStore, looking: Looking) -> None:
    store.keep(turn(1, at=utc_now() - timedelta(days=91)))
    store.keep(turn(2, at=utc_now() - timedelta(days=89)))
    privacy = Privacy(url, url)
    privacy.age(90, 90)
    assert rows(database) == (1, 1) and [one.id for one in looking.turns(Wanted(), 10)] == [2]
    privacy.dispose()


def test_words_that_may_not_be_read_are_in_no_group(database: Database, store: ReviewStore) -> None:
    store.keep(turn(1, text="", sight="health", vector=None))
    store.keep(turn(2))
    wordings = Wordings(database)
    assert [one.id for one in wordings.all()] == [2] and wordings.vectors([1, 2]) == {2: bytes(384)}
