"""A desk of a test's own: tables, staff, conversations, and browsers without script that are signed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import pytest
import requests
from argon2 import PasswordHasher
from sqlalchemy import text

from bot.desk import channel, members, passwords
from bot.desk.channel import Desk
from bot.desk.members import Member, Members, Role
from bot.desk.sessions import Sessions, csrf
from bot.paths import DATA
from bot.settings import Settings
from bot.store.conversations import Conversations as Archive
from bot.store.database import Database
from bot.store.importers.importing import import_file
from bot.store.policies import load_shop
from bot.support.handoff import Conversations, Summary
from tests.channels.serving import Server, running
from tests.store.conftest import SAMPLE, with_tables

PASSWORD = "a long password"
HOURS = 12.0
EVENTS = """CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), type_name VARCHAR(255), timestamp FLOAT,
intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"""
"""Rasa's own table, as it makes it."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's database with the sample catalogue, to be copied."""
    path = tmp_path_factory.mktemp("desk") / "shop.sqlite"
    with_tables(f"sqlite:///{path}")
    database = Database(f"sqlite:///{path}")
    import_file(database, SAMPLE)
    database.dispose()
    return path


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hashes that take no time: what they are worth is argon2's own business."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with patch.object(passwords, "_HASHER", quick), patch.object(members, "NOBODYS", quick.hash("nobody's")):
        yield


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime.now(timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def back(self, **ago: float) -> None:
        """Turns it to so long ago."""
        self.now = datetime.now(timezone.utc) - timedelta(**ago)


class Browser:
    """Somebody's browser: cookies and the pages they see."""

    def __init__(self, server: Server) -> None:
        self.base = f"http://127.0.0.1:{server.port}/desk/"
        self.requests = requests.Session()
        self.token = ""

    def get(self, path: str = "", **headers: str) -> requests.Response:
        """A page; answers that lead elsewhere are not followed."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.requests.get(self.base + path, headers=named, allow_redirects=False, timeout=20)

    def post(self, path: str, fields: dict[str, Any], proof: str | None = None, **headers: str) -> requests.Response:
        """Sends a form, with the proof that its page was ours unless another is given."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"csrf": csrf(self.token) if proof is None else proof, **fields}
        return self.requests.post(self.base + path, data=sent, headers=named, allow_redirects=False, timeout=20)

    def sign_in(self, name: str, password: str = PASSWORD, **headers: str) -> requests.Response:
        """By the form at the door."""
        page = self.get("login")
        self.token = self.requests.cookies.get("glasskin_desk_form") or ""
        assert page.status_code == 200, page.status_code
        answer = self.post("login", {"name": name, "password": password}, **headers)
        self.token = self.requests.cookies.get("glasskin_desk") or self.token
        return answer


@dataclass
class Rooms:
    """The desk with what is behind it."""

    server: Server
    staff: Members
    sessions: Sessions
    talks: Conversations
    clock: Clock

    def stranger(self) -> Browser:
        """Somebody who is not signed in."""
        return Browser(self.server)

    def member(self, name: str, role: Role = Role.AGENT) -> Member:
        """One of the staff, made where there is none of this name."""
        there = [one for one in self.staff.members() if one.name == name]
        return there[0] if there else self.staff.add(name, PASSWORD, role)

    def browser(self, name: str, role: Role = Role.AGENT) -> Browser:
        """A browser of one of the staff who is signed in."""
        found = self.stranger()
        found.token = self.sessions.begin(self.member(name, role))
        found.requests.cookies.set("glasskin_desk", found.token)
        return found

    def waiting(self, conversation: str, wish: str = "I want a person", reason: str = "asked", minutes: float = 0) -> str:
        """A conversation that waits since so many minutes."""
        self.clock.back(minutes=minutes)
        self.talks.ask_for_person(conversation, "web", reason, Summary(wish=wish))
        self.talks.heard(conversation, wish, f"first of {conversation}")
        self.clock.back()
        return conversation

    def version(self, conversation: str) -> int:
        """The version that a page of it would show now."""
        talk = self.talks.talk(conversation)
        assert talk is not None
        return talk.version


@pytest.fixture
def desk(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    """A desk on a server, without staff."""
    shutil.copyfile(template, tmp_path / "shop.sqlite")
    chosen = Settings(var=tmp_path, desk_session_hours=HOURS)
    monkeypatch.setattr(channel, "settings", lambda: chosen)
    conversations = Database(chosen.tracker_database)
    with conversations.engine.begin() as connection:
        connection.execute(text(EVENTS))
    conversations.dispose()
    database, clock = Database(chosen.shop_database), Clock()
    archive = Archive(chosen.tracker_database)
    talks = Conversations(database, archive, lambda since: since + timedelta(minutes=10), clock)
    found = Mock(shop=load_shop(DATA / "shop.yml"), staff=Mock(talks=talks), rounds=())
    monkeypatch.setattr(channel, "resources", lambda: found)
    with running(Desk()) as server:
        yield Rooms(server, Members(database), Sessions(database, HOURS), talks, clock)
    database.dispose()
