"""The helpdesk's own door: there where one is set up alone, open without a login, closed without a signature."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from bot.desk.chatwoot_hook import add_chatwoot_hook
from bot.desk.hook import MOST_BYTES, add_hook
from bot.support.handoff import Author
from bot.support.places.kept import Kept
from bot.support.places.webhook.hearing import Hearing
from bot.support.places.webhook.place import NAME, Hook
from bot.support.places.webhook.signing import HEADER, signed
from tests.channels.serving import running
from tests.desk.conftest import Rooms
from tests.support.places.chatwoot_office import MINA, Office, asked, chatwoot, office
from tests.support.places.talking import ME

__all__ = ["chatwoot", "office"]

SECRET = "a secret of sixteen or more"


class Door(InputChannel):
    """A route alone."""

    def __init__(self, add: Callable[[Blueprint], None]) -> None:
        self._add = add

    @classmethod
    def name(cls) -> str:
        """See parent class."""
        return "hook"

    def url_prefix(self) -> str:
        """See parent class."""
        return "/"

    def blueprint(self, on_new_message: object) -> Blueprint:
        """See parent class."""
        made = Blueprint("hook")
        self._add(made)
        return made


def test_there_is_no_such_door_without_a_helpdesk(desk: Rooms) -> None:
    assert requests.post(f"http://127.0.0.1:{desk.server.port}/desk/hook", data=b"{}", timeout=10).status_code in (404, 405)


def test_signed_events_are_taken(desk: Rooms, tmp_path: Path) -> None:
    desk.talks.ask_for_person("web-1", "web", "asked")
    kept = Kept(desk.talks._database, NAME)
    hearing = Hearing(Hook("https://x.example", SECRET, ["Mina"]), desk.talks, kept)

    body = json.dumps({"id": "1", "event": "reply", "conversation": kept.carried("web-1").token, "agent": "Mina", "text": "hi"}).encode()
    with running(Door(lambda made: add_hook(made, hearing))) as server:
        address = f"http://127.0.0.1:{server.port}/desk/hook"
        assert requests.post(address, data=body, timeout=10).status_code == 401
        assert requests.post(address, data=b"x" * (MOST_BYTES + 1), timeout=10).status_code == 413
        for _ in range(2):
            answer = requests.post(address, data=body, headers={HEADER: signed(SECRET, body, int(time.time()))}, timeout=10)
            assert answer.status_code == 200, answer.text
    assert [line.text for line in desk.talks.lines("web-1") if line.author is Author.AGENT] == ["hi"]


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_nothing_else_is_there(method: str, desk: Rooms) -> None:
    assert requests.request(method, f"http://127.0.0.1:{desk.server.port}/desk/hook", timeout=10).status_code in (404, 405)


def test_chatwoot_is_answered_at_once_and_looked_at_behind_that(office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "hi")
    (posted,) = office.state.posted
    office.peer.late_s = 1.5
    with running(Door(lambda made: add_chatwoot_hook(made, (office.hearing, office.taking)))) as server:
        address = f"http://127.0.0.1:{server.port}/desk/chatwoot"
        assert requests.post(address, data=b"{}", timeout=10).status_code == 401
        assert requests.post(address, data=b"x" * 1_000_001, timeout=10).status_code == 413
        begun = time.monotonic()
        for _ in range(5):
            assert requests.post(address, data=posted.body, headers=dict(posted.headers), timeout=10).status_code == 200
        assert time.monotonic() - begun < 1 and [one for one in office.talks.lines(ME) if one.author is Author.AGENT] == []
        office.peer.late_s = 0.0
        while not [one for one in office.talks.lines(ME) if one.author is Author.AGENT]:
            assert time.monotonic() - begun < 10
            time.sleep(0.02)
    assert [line.text for line in office.talks.lines(ME) if line.author is Author.AGENT] == ["hi"]


def test_without_chatwoot_there_is_no_such_door(desk: Rooms) -> None:
    assert requests.post(f"http://127.0.0.1:{desk.server.port}/desk/chatwoot", data=b"{}", timeout=10).status_code in (404, 405)
