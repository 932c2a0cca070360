"""What the channel remembers, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Iterator

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import insert, select, text, update

from bot.channels.telegram.memory import Memory
from bot.channels.telegram.reminders import Reminders
from bot.store.messaging import DONE, NEW, Chat, MessagingDatabase, Person, Reminder, Update
from bot.store.models import utc_now
from tests.store.conftest import BACKENDS, empty_database

EVENTS = SQLTrackerStore.SQLEvent.__table__


@pytest.fixture(params=BACKENDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MessagingDatabase]:
    """A conversations' database with empty tables."""
    with empty_database(request.param, tmp_path) as address:
        made = MessagingDatabase(address)
        made.create_tables()
        made.create_tables()
        EVENTS.create(made.engine)
        yield made
        made.dispose()


@pytest.fixture
def reminders(database: MessagingDatabase) -> Reminders:
    """A reminder that is due at nine in the evening of the 24th."""
    found = Reminders(database)
    found.add(1, 1, "ampoule", "0123456", 1260, "UTC")
    with database.transaction() as session:
        session.execute(update(Reminder).values(next_at=_utc("2026-11-24T21:00")))
    return found


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def test_a_due_reminder_is_claimed_once_and_again_after_a_crash(reminders: Reminders) -> None:
    assert not reminders.claim(_utc("2026-11-24T20:59"))
    assert [due.about for due in reminders.claim(_utc("2026-11-24T21:00"))] == ["ampoule"]
    assert not reminders.claim(_utc("2026-11-24T21:01"))
    assert len(reminders.claim(_utc("2026-11-24T21:10"))) == 1


def test_a_sent_reminder_comes_the_next_time(reminders: Reminders) -> None:
    (due,) = reminders.claim(_utc("2026-11-24T21:00"))
    reminders.done(due.id, _utc("2026-11-24T21:00"))
    assert not reminders.claim(_utc("2026-11-25T20:59"))
    assert len(reminders.claim(_utc("2026-11-25T21:00"))) == 1


def test_a_reminder_that_is_hours_late_is_not_sent(reminders: Reminders) -> None:
    assert not reminders.claim(_utc("2026-11-25T03:00"))
    assert len(reminders.claim(_utc("2026-11-25T21:00"))) == 1


def test_one_reminder_for_one_thing_and_ten_at_most(reminders: Reminders) -> None:
    assert reminders.add(1, 1, "ampoule", "1", 60, "UTC")
    assert len(reminders.of(1, 1)) == 1
    assert all(reminders.add(1, 1, f"thing {number}", "1", 60, "UTC") for number in range(9))
    assert not reminders.add(1, 1, "one more", "1", 60, "UTC")
    assert reminders.cancel(1, 2) == 0
    assert reminders.cancel(1, 1) == 10


def test_of_many_senders_one_claims_a_due_reminder(reminders: Reminders) -> None:
    with ThreadPoolExecutor(8) as pool:
        claims = pool.map(lambda _: reminders.claim(_utc("2026-11-24T21:00")), range(8))
        assert sum(len(claimed) for claimed in claims) == 1


def test_an_update_is_noted_once_and_forgotten_as_far_as_it_said_anything(database: MessagingDatabase) -> None:
    memory = Memory(database)
    assert memory.note(5, 1, {"text": "secret"})
    assert not memory.note(5, 1, {"text": "secret"})
    assert memory.unfinished() == [(5, {"text": "secret"})]
    memory.answered(5, [{"method": "sendMessage"}])
    memory.sent(5, 1)
    assert memory.progress(5) == ("answered", [{"method": "sendMessage"}], 1)
    memory.done(5)
    assert memory.unfinished() == []
    assert memory.progress(5) == (DONE, [], 1)
    assert memory.progress(6) == (NEW, [], 0)
    assert not memory.note(5, 1, {})


def test_buttons_are_short_stable_and_lasting(database: MessagingDatabase) -> None:
    payloads = ["say:" + "long question " * 20, "say:short", "say:세럼?"]
    tokens = Memory(database).button_tokens(1, payloads)
    assert all(len(token.encode()) <= 64 for token in tokens)
    assert Memory(database).button_tokens(1, payloads) == tokens
    assert [Memory(database).button_payload(token) for token in tokens] == payloads
    assert Memory(database).button_payload("unknown") is None


def test_a_group_moves_with_its_conversations_and_reminders(database: MessagingDatabase) -> None:
    memory, found = Memory(database), Reminders(database)
    found.add(-5, 1, "ampoule", "1", 60, "UTC")
    _say(database, "telegram:-5:1", "telegram:-55:1")
    memory.migrate(-5, -1005)
    assert [due.about for due in found.of(-1005, 1)] == ["ampoule"]
    assert _senders(database) == {"telegram:-1005:1", "telegram:-55:1"}


def test_forgetting_takes_everything_of_one_person_and_nothing_of_another(database: MessagingDatabase) -> None:
    memory, found = Memory(database), Reminders(database)
    (token,) = memory.button_tokens(1, ["say:is zinc ok?"])
    (other,) = memory.button_tokens(2, ["say:is zinc ok?"])
    for person in (1, 2):
        found.add(person, person, "ampoule", "1", 60, "UTC")
        memory.set_draft(person, {"about": "mask"})
        memory.note(person, person, {})
        memory.done(person)
    memory.note(3, 1, {"text": "forget me"})
    assert database.erase(Person(1, 1, private=True)) == 4
    assert not found.of(1, 1)
    assert found.of(2, 2)
    assert memory.draft(1) is None
    assert memory.draft(2) == {"about": "mask"}
    assert memory.button_payload(token) is None and memory.button_payload(other)
    assert not memory.note(3, 1, {}), "what is being answered is known by its number"


def test_a_person_in_a_group_takes_only_their_own_along(database: MessagingDatabase) -> None:
    found = Reminders(database)
    for user in (1, 2):
        found.add(-5, user, "ampoule", "1", 60, "UTC")
    assert Person.of("telegram:-5:1") == Person(-5, 1, private=False)
    assert database.erase(Person(-5, 1, private=False)) == 1
    assert not found.of(-5, 1) and found.of(-5, 2)


def test_what_a_living_process_handles_is_not_taken_by_another(database: MessagingDatabase) -> None:
    one, other = Memory(database, "one"), Memory(database, "other")
    one.note(1, 7, {"text": "hello"})
    assert other.unfinished() == [] and other.unfinished(own=False) == []
    assert Memory(database, "one").unfinished() == [(1, {"text": "hello"})], "the same process after a restart"
    assert one.unfinished(own=False) == []
    with database.transaction() as session:
        session.execute(update(Update).values(lease_until=utc_now() - timedelta(seconds=1)))
    one.renew()
    assert other.unfinished() == []
    with database.transaction() as session:
        session.execute(update(Update).values(lease_until=utc_now() - timedelta(seconds=1)))
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda name: Memory(database, name).unfinished(), ("a", "b", "c", "d")))
    assert sum(map(len, taken)) == 1, "it is taken over once"
    assert one.unfinished() == []


def test_tables_of_an_older_version_get_their_new_columns(database: MessagingDatabase) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE telegram_button"))
        connection.execute(text("ALTER TABLE telegram_update DROP COLUMN owner"))
        connection.execute(text("CREATE TABLE telegram_button (token VARCHAR(32) PRIMARY KEY, payload TEXT NOT NULL)"))
        connection.execute(text("INSERT INTO telegram_button VALUES ('old', 'say:hello')"))
    database.create_tables()
    assert Memory(database).button_payload("old") == "say:hello" and Memory(database, "me").note(1, 7, {})
    assert database.age(utc_now() - timedelta(days=1)) == 0 and database.age(utc_now() + timedelta(days=1)) == 1


def test_blocked_chats_are_known(database: MessagingDatabase) -> None:
    memory = Memory(database)
    for blocked in (True, False):
        memory.set_blocked(1, blocked)
        with database.reading() as session:
            assert session.execute(select(Chat.blocked).where(Chat.chat_id == 1)).scalar_one() is blocked


def _say(database: MessagingDatabase, *senders: str) -> None:
    with database.transaction() as session:
        for sender in senders:
            session.execute(insert(EVENTS).values(sender_id=sender, type_name="user", timestamp=1.0, data="{}"))


def _senders(database: MessagingDatabase) -> set[str]:
    with database.transaction() as session:
        return set(session.execute(select(EVENTS.c.sender_id)).scalars())
