"""A helpdesk behind a webhook: told of hand-overs with a signature, and heard only with one, each event once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from bot.settings import Settings, SettingsError
from bot.store.database import Database
from bot.support.handoff import Author, Conversations, Ending, HandoffUnreachable, Owner, Summary
from bot.support.places.carrying import Carrier
from bot.support.places.chosen import webhook
from bot.support.places.kept import Kept
from bot.support.places.rounds import Rounds
from bot.support.places.webhook.hearing import Hearing
from bot.support.places.webhook.place import NAME, Hook, WebhookPlace
from bot.support.places.webhook.signing import HEADER, is_signed, signed
from tests.store.conftest import database, url

__all__ = ["database", "url"]
ME, SECRET, NOW = "web-me", "a secret of sixteen or more", 1_800_000_000


class Helpdesk:
    """A helpdesk that keeps what it is told, and may be out of order."""

    def __init__(self) -> None:
        self.told: list[dict[str, Any]] = []
        self.status = 200
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802 - http.server's name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                sent = self.headers[HEADER]
                assert is_signed(SECRET, body, sent, int(sent.split(",")[0][2:]))
                if desk.status == 200:
                    desk.told.append(json.loads(body))
                self.send_response(desk.status)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Office:
    """The assistant's side."""

    def __init__(self, database: Database, port: int) -> None:
        hook, kept = Hook(f"http://127.0.0.1:{port}/chat", SECRET, ["Mina", "Joon"]), Kept(database, NAME)
        self.talks = Conversations(database)
        place = WebhookPlace(hook, kept)
        self.rounds = Rounds(NAME, kept, Carrier(self.talks, place, kept))
        self.hearing = Hearing(hook, self.talks, kept, lambda: NOW)

    def post(self, at: int = NOW, secret: str = SECRET, **fields: Any) -> int:
        body = json.dumps(fields).encode()
        return self.hearing.hear(body, signed(secret, body, at)).status


@pytest.fixture
def helpdesk() -> Iterator[Helpdesk]:
    desk = Helpdesk()
    yield desk
    desk.server.shutdown()
    desk.server.server_close()


@pytest.fixture
def office(database: Database, helpdesk: Helpdesk) -> Office:
    return Office(database, helpdesk.server.server_port)


def asked(office: Office, helpdesk: Helpdesk) -> str:
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="where is it", order_number="10432"), ["pregnant"])
    office.talks.heard(ME, "hello?", "1")
    office.rounds.once()
    return str(helpdesk.told[-1]["conversation"])


def test_there_and_back(office: Office, helpdesk: Helpdesk) -> None:
    token = asked(office, helpdesk)
    (opened,) = helpdesk.told
    assert opened["event"] == "opened" and opened["summary"]["order_number"] == "10432" and opened["lines"][0]["text"] == "hello?"
    assert "pregnant" not in json.dumps(opened) and ME not in json.dumps(opened)
    reply: dict[str, Any] = {"id": "1", "event": "reply", "conversation": token, "agent": "Mina", "text": "In Chicago"}
    assert office.post(**reply) == 200 and office.post(**reply) == 200
    assert [line.text for line in office.talks.lines(ME) if line.author is Author.AGENT] == ["In Chicago"]
    office.talks.heard(ME, "thanks", "2")
    office.rounds.once()
    office.rounds.once()
    assert [one["event"] for one in helpdesk.told] == ["opened", "said"] and helpdesk.told[1]["line"]["text"] == "thanks"
    assert office.post(id="2", event="reply", conversation=token, agent="Joon", text="me too") == 409
    assert office.post(id="3", event="close", conversation=token, agent="Joon") == 409
    assert office.post(id="4", event="note", conversation=token, agent="Joon", text="a regular") == 200
    assert office.post(id="5", event="close", conversation=token, agent="Mina", unresolved=True) == 200
    office.rounds.once()
    talk = office.talks.talk(ME)
    assert talk is not None and talk.ending is Ending.UNRESOLVED and helpdesk.told[-1]["ending"] == "unresolved"


def test_taken_over_and_given_back(office: Office, helpdesk: Helpdesk) -> None:
    token = asked(office, helpdesk)
    for event, owner in (("take", Owner.PERSON), ("give_back", Owner.ASSISTANT)):
        assert office.post(id=event, event=event, conversation=token, agent="Mina") == 200 and office.talks.owner(ME) is owner


@pytest.mark.parametrize(("change", "status"), [
    ({"secret": "another secret of that length"}, 401), ({"at": NOW - 301}, 401), ({"at": NOW + 301}, 401), ({"agent": "Thief"}, 403),
    ({"conversation": "0" * 20}, 404), ({"event": "delete"}, 400), ({"id": ""}, 400), ({"id": 7}, 400), ({"text": ""}, 422), ({"text": "x" * 5000}, 422),
])
def test_what_is_not_taken(change: dict[str, Any], status: int, office: Office, helpdesk: Helpdesk) -> None:
    token = asked(office, helpdesk)
    fields = {"id": "1", "event": "reply", "conversation": token, "agent": "Mina", "text": "hi", **change}
    assert office.post(**fields) == status and office.talks.owner(ME) is Owner.WAITING


@pytest.mark.parametrize("header", ["", "t=1", "v1=x", "t=²,v1=x", "t=1800000000,v1=", "t=9999999999999999,v1=x", ",,,"])
def test_broken_signatures(header: str, office: Office) -> None:
    assert office.hearing.hear(b"{}", header).status == 401


def test_signed_bytes_that_say_nothing(office: Office) -> None:
    for body in (b"", b"[]", b"\xff", b'"x"'):
        assert office.hearing.hear(body, signed(SECRET, body, NOW)).status == 400


def test_a_helpdesk_out_of_order_is_told_later(office: Office, helpdesk: Helpdesk) -> None:
    helpdesk.status = 500
    office.talks.ask_for_person(ME, "web", "asked")
    for _ in range(2):
        with pytest.raises(HandoffUnreachable):
            office.rounds.once()
    helpdesk.status = 200
    office.rounds.once()
    assert [one["event"] for one in helpdesk.told] == ["opened"]


WHOLE = {"desk_webhook_url": "https://x.example/y", "desk_webhook_secret": SECRET, "desk_webhook_staff": "Mina"}


def test_what_is_set_up_by_half_or_wrongly_is_said() -> None:
    assert webhook(Settings()) is None and webhook(Settings(**WHOLE)) == Hook("https://x.example/y", SECRET, ["Mina"])
    wrong = {"desk_webhook_url": "http://x.example", "desk_webhook_secret": "short", "desk_webhook_staff": " , "}
    for name, value in [*wrong.items(), *((name, "") for name in WHOLE)]:
        with pytest.raises(SettingsError, match=name.upper()):
            webhook(Settings(**{**WHOLE, name: value}))
