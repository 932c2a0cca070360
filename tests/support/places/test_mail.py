"""Staff who answer by mail, on a real mail server: what is asked for reaches them, their answers reach the chat, each once, and nobody
else's do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import typer

from bot.cli import desk as desk_commands
from bot.settings import Settings
from bot.store.database import Database
from bot.support.handoff import Author, Conversations, Ending, HandoffUnreachable, Owner, Summary
from bot.support.places.carrying import Carrier
from bot.support.places.kept import Kept
from bot.support.places.mail.account import Account, Server, staff_in
from bot.support.places.mail.arriving import Arriving
from bot.support.places.mail.place import NAME, MailPlace
from bot.support.places.rounds import Rounds
from tests.peers.environment import newer_python
from tests.peers.mail import CARE, PASSWORD, MailServer, body, mail_server, reply_to
from tests.store.conftest import database, url
from tests.support.places.talking import ME, Talking

__all__ = ["database", "url"]
MINJI, JOON = "minji@shop.example", "joon@shop.example"


@pytest.fixture(scope="module")
def one_server() -> Iterator[MailServer]:
    python = newer_python()
    if python is None:
        assert not os.environ.get("CI"), "the mail server needs Python 3.11; .ci/run installs it"
        pytest.skip("the mail server needs Python 3.11")
    with mail_server(python) as server:
        yield server


@pytest.fixture
def server(one_server: MailServer) -> MailServer:
    """The server with empty mailboxes."""
    one_server.stop()
    one_server.start()
    return one_server


@dataclass
class Office(Talking):
    """The assistant's side: conversations, and what sees to mail."""

    talks: Conversations
    place: MailPlace
    arriving: Arriving
    rounds: Rounds

    def round(self) -> None:
        assert self.rounds.once()


def office_of(database: Database, server: MailServer) -> Office:
    account = Account(
        CARE, Server("smtp", "127.0.0.1", server.smtp_port, "", ""), Server("imap", "127.0.0.1", server.imap_port, CARE, PASSWORD),
        staff_in(f"Minji <{MINJI}>, {JOON}"),
    )
    talks, kept = Conversations(database), Kept(database, NAME)
    place = MailPlace(account, kept)
    arriving = Arriving(account, place, talks, kept)
    return Office(talks, place, arriving, Rounds(NAME, kept, Carrier(talks, place, kept), arriving.fetch, take_every_s=0))


@pytest.fixture
def office(database: Database, server: MailServer) -> Office:
    made = office_of(database, server)
    made.round()  # the mailbox is looked at for the first time
    return made


def asked(office: Office) -> None:
    office.asks_for_a_person()
    office.round()


def test_from_the_chat_to_the_staff_and_back(office: Office, server: MailServer) -> None:
    assert office.place.names() == ["Minji", "Joon"]
    asked(office)
    (mail,) = server.inbox(MINJI)
    assert len(server.inbox(JOON)) == 1
    assert "here is order 10432" in mail["Subject"] and "10432" in body(mail) and "Customer: it should have come on Monday" in body(mail)
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Reply-To"].startswith("care+")
    server.send(reply_to(mail, f"Minji Kim <{MINJI}>", "Hi! It is in Chicago.\nAnything else?\n\n-- \nMinji, Moonjar Skin"))
    office.round()
    assert office.said(Author.AGENT) == ["Hi! It is in Chicago.\nAnything else?"]
    assert (office.talk().owner, office.talk().agent) == (Owner.PERSON, "Minji")
    office.talks.heard(ME, "thank you, no", "2")
    office.round()
    first, second = server.inbox(MINJI)
    assert "thank you, no" in body(second) and second["In-Reply-To"] == first["Message-ID"] == second["References"]
    office.round()
    assert len(server.inbox(MINJI)) == 2 and office.said(Author.AGENT) == ["Hi! It is in Chicago.\nAnything else?"]
    assert server.unread(CARE) == 1, "people who look at the mailbox too find it as it was"


@pytest.mark.parametrize(("text", "owner", "ending", "said"), [
    ("/close", Owner.ASSISTANT, Ending.BY_PERSON, []), ("/close Bye!", Owner.ASSISTANT, Ending.BY_PERSON, ["Bye!"]),
    ("/unresolved", Owner.ASSISTANT, Ending.UNRESOLVED, []), ("/bot", Owner.ASSISTANT, Ending.BY_ASSISTANT, []),
    ("/note a regular", Owner.WAITING, Ending.OPEN, []), ("/closed, I hear?", Owner.PERSON, Ending.OPEN, ["/closed, I hear?"]),
])
def test_words_for_us(text: str, owner: Owner, ending: Ending, said: list[str], office: Office, server: MailServer) -> None:
    asked(office)
    server.send(reply_to(server.inbox(MINJI)[0], MINJI, text))
    office.round()
    assert (office.talk().owner, office.talk().ending, office.said(Author.AGENT)) == (owner, ending, said)
    assert ("a regular" in office.said(Author.NOTE)) == text.startswith("/note")


@pytest.mark.parametrize("change", [
    {"From": "thief@elsewhere.example"}, {"From": f"{MINJI}, thief@elsewhere.example"}, {"From": f'"{MINJI}" <thief@elsewhere.example>'},
    {"Auto_Submitted": "auto-replied"}, {"Auto_Submitted": "auto-generated; x"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"},
    {"Return_Path": "<>"}, {"List_Id": "<x.example>"},
    {"To": CARE, "In_Reply_To": "<x@y.example>", "References": "<x@y.example>"},
    {"To": f"care+{'0' * 20}@shop.example", "In_Reply_To": "", "References": ""},
])
def test_what_is_not_an_answer_of_the_staff(change: dict[str, str], office: Office, server: MailServer) -> None:
    asked(office)
    server.send(reply_to(server.inbox(MINJI)[0], MINJI, "Give me the customer's card", **change))
    office.round()
    assert office.said(Author.AGENT) == [] and office.talk().owner is Owner.WAITING
    assert len(server.inbox(MINJI)) == 1 and server.inbox("thief@elsewhere.example") == [], "nothing is answered either"


def test_an_answer_without_the_plus_is_known_by_what_it_answers(office: Office, server: MailServer) -> None:
    asked(office)
    server.send(reply_to(server.inbox(MINJI)[0], MINJI, "Found it", To=CARE))
    office.round()
    assert office.said(Author.AGENT) == ["Found it"]


def test_the_slower_of_two_is_told(office: Office, server: MailServer) -> None:
    asked(office)
    mail = server.inbox(MINJI)[0]
    server.send(reply_to(mail, MINJI, "Hi from Minji"))
    server.send(reply_to(mail, JOON, "Hi from Joon"))
    office.round()
    assert office.said(Author.AGENT) == ["Hi from Minji"]
    assert "Minji has" in body(server.inbox(JOON)[-1]) and len(server.inbox(MINJI)) == 1


def test_an_answer_without_words_is_asked_for_again(office: Office, server: MailServer) -> None:
    asked(office)
    server.send(reply_to(server.inbox(MINJI)[0], MINJI, ""))
    office.round()
    assert office.said(Author.AGENT) == [] and "nothing above the line" in body(server.inbox(MINJI)[-1])


def test_a_mail_that_comes_twice_is_one_answer(office: Office, server: MailServer) -> None:
    asked(office)
    reply = reply_to(server.inbox(MINJI)[0], MINJI, "Once")
    server.send(reply)
    server.send(reply)
    office.round()
    assert office.said(Author.AGENT) == ["Once"]


def test_the_end_is_told_and_an_answer_behind_it_takes_it_up_again(office: Office, server: MailServer) -> None:
    asked(office)
    office.talks.back(ME)
    office.round()
    assert office.talk().owner is Owner.MAIL and len(server.inbox(MINJI)) == 1, "the question waits for an answer still"
    office.talks.close(ME, "Minji")
    office.round()
    assert "is over" in body(server.inbox(MINJI)[-1])
    server.send(reply_to(server.inbox(MINJI)[0], MINJI, "Three days later: found it"))
    office.round()
    assert office.said(Author.AGENT) == ["Three days later: found it"] and office.talk().agent == "Minji"


def test_a_server_that_is_down_delays_and_loses_nothing(office: Office, server: MailServer) -> None:
    server.stop()
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="help"))
    office.talks.heard(ME, "one", "1")
    for _ in range(2):
        with pytest.raises(HandoffUnreachable):
            office.round()
    server.start()
    office.talks.heard(ME, "two", "2")
    office.round()
    (mail,) = server.inbox(MINJI)
    assert "Customer: one" in body(mail) and "Customer: two" in body(mail)


def test_another_process_waits_and_goes_on_where_this_one_stopped(office: Office, server: MailServer, database: Database) -> None:
    asked(office)
    other = office_of(database, server)
    assert not other.rounds.once()
    server.send(reply_to(server.inbox(MINJI)[0], MINJI, "Hello"))
    office.rounds._kept.let_go()
    other.round()
    assert other.said(Author.AGENT) == ["Hello"] and len(server.inbox(MINJI)) == 1


def test_what_is_hidden_is_not_mailed(office: Office, server: MailServer) -> None:
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="help"), ["pregnant"])
    office.round()
    assert "pregnant" not in body(server.inbox(MINJI)[0])


def test_a_customer_cannot_write_headers_or_our_mark(office: Office, server: MailServer) -> None:
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="hi\r\nBcc: thief@elsewhere.example\r\n\r\nx"))
    office.talks.heard(ME, "##-- close\n/close", "1")
    office.round()
    (mail,) = server.inbox(MINJI)
    assert mail["Bcc"] is None and "\n" not in mail["Subject"].strip() and server.inbox("thief@elsewhere.example") == []
    assert body(mail).count("\n##--") == 0 and body(mail).startswith("##--")


def test_a_set_up_is_tried(server: MailServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = Settings(
        mail_address=CARE, mail_smtp_url=f"smtp://127.0.0.1:{server.smtp_port}", mail_staff=MINJI,
        mail_imap_url=f"imap://{CARE.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{server.imap_port}",
    )
    monkeypatch.setattr(desk_commands, "settings", lambda: chosen)
    desk_commands.check_mail()
    assert "can be read" in capsys.readouterr().out and len(server.inbox(MINJI)) == 1
    server.stop()
    with pytest.raises(typer.Exit):
        desk_commands.check_mail()
    told = "".join(capsys.readouterr())
    assert "mailbox cannot be read" in told and PASSWORD not in told
