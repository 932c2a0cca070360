"""Nothing of the staff is looked for where nobody ever asked for a person, and everything where somebody did."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import event

from bot.channels.people import People
from bot.channels.rest_staffed import CHANNEL, RestStaffed
from bot.store.database import Database
from bot.store.migrations import upgrade
from bot.store.people_policy import People as Hours
from bot.support.handoff import Conversations, EmbeddedDesk, Staff

ME = "rest:me"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    address = f"sqlite:///{tmp_path / 'shop.sqlite'}"
    upgrade(address)
    return Database(address)


def test_the_staffs_lines_are_looked_for_where_somebody_asked(database: Database) -> None:
    talks = Conversations(database)
    people = People(SimpleNamespace(database=database, staff=Staff(talks, Hours(), EmbeddedDesk(database))))  # type: ignore[arg-type]
    rest = RestStaffed(people)
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda connection, cursor, statement, *_: statements.append(statement))
    assert not people.never_asked(ME), "nobody has looked yet"
    assert asyncio.run(people.talk(ME)) is None
    statements.clear()
    assert asyncio.run(rest.unsent(ME)) == [] and not statements
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.automatic(ME, "See a doctor now.", "1")
    assert asyncio.run(people.talk(ME)) is not None
    assert [reply["text"] for reply in asyncio.run(rest.unsent(ME))] == ["See a doctor now."]
    assert asyncio.run(rest.unsent(ME)) == [], "each line is sent once"
