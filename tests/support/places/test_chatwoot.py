"""Staff in Chatwoot: what they see, what of theirs reaches the customer, and who ends a talk."""

from __future__ import annotations

import pytest

from bot.settings import Settings, SettingsError
from bot.store.database import Database
from bot.store.pictures import PictureStore
from bot.support.handoff import PICTURE, Author, Ending, Owner
from bot.support.places.chatwoot.composing import plain
from bot.support.places.chatwoot.signing import SIGNATURE, TIME, is_signed
from bot.support.places.chosen import chatwoot_inbox
from tests.peers.chatwoot import ChatwootPeer
from tests.peers.chatwoot_state import BOT, OUTGOING, SECRET, TEMPLATE
from tests.store.conftest import database, url
from tests.support.places.chatwoot_office import JOON, JPEG, MINA, Office, asked, chatwoot, office
from tests.support.places.talking import ME

__all__ = ["chatwoot", "database", "office", "url"]


def test_what_is_known_is_a_private_note_and_the_customers_words_are_theirs(office: Office) -> None:
    asked(office, "pregnant")
    (note,) = office.notes()
    assert office.public() == ["it should have come on Monday"] and office.status == "open"
    assert "where is order 10432" in note and "Order: 10432" in note and "Resolve it" in note
    assert "pregnant" not in str(office.state.messages) and ME not in str(office.state.messages) + str(office.state.contacts)
    assert office.place.names() == [""] and office.place.forget(ME) is False and office.place.forget("web-other") is True
    office.talks.agree(ME)
    office.rounds.once()
    assert "pregnant" in office.notes()[-1] and len(office.public()) == 1


def test_only_public_words_of_people_reach_the_customer(office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "do not tell them", private=True)
    office.state.reply(office.number, BOT, "of a bot")
    office.state.reply(office.number, MINA, "of a rule", automation_rule_id=7)
    office.state.write(office.number, "How was it?", TEMPLATE, None, content_type="input_csat")
    office.state.write(office.number, "of nobody", OUTGOING, None)
    office.heard()
    assert office.said(Author.AGENT) == [] and office.talks.owner(ME) is Owner.WAITING
    office.state.reply(office.number, MINA, "It is **in Chicago**, see [our page](https://shop.example/where).")
    office.heard()
    assert office.said(Author.AGENT) == ["It is in Chicago, see our page (https://shop.example/where)."]
    assert office.talk().agent == "Mina" and len(office.notes()) == 2


def test_what_we_write_is_not_looked_at(office: Office) -> None:
    office.talks.ask_for_person(ME, "web", "asked")
    office.talks.heard(ME, "hello?", "1")
    office.rounds.once()
    events = [one.told["event"] for one in office.state.posted]
    assert events.count("message_created") == 2 and office.hear() == len(events) - 3  # the status alone, as people change it, too


def test_a_colleague_is_told_and_takes_over_by_assigning_it(office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "I do it")
    office.heard()
    office.state.reply(office.number, JOON, "me too")
    office.heard()
    assert office.said(Author.AGENT) == ["I do it"] and "Mina has this conversation" in office.notes()[-1]
    office.state.assign(office.number, JOON)
    office.state.reply(office.number, JOON, "I go on")
    office.heard()
    assert office.said(Author.AGENT) == ["I do it", "I go on"] and office.talk().agent == "Joon"


def test_changed_deleted_and_without_words(office: Office) -> None:
    asked(office)
    first = office.state.reply(office.number, MINA, "On Munday")
    gone = office.state.reply(office.number, MINA, "wrong window")
    office.state.delete(gone["id"])
    office.state.reply(office.number, MINA, None, files=1)
    office.heard()
    assert office.said(Author.AGENT) == ["On Munday"] and "Only words reach" in office.notes()[-1]
    for _ in range(2):
        office.state.change(first["id"], "On Monday")
        office.heard()
    assert office.said(Author.AGENT) == ["On Munday", "Correction: On Monday"]
    office.state.delete(first["id"])
    office.heard()
    assert office.said(Author.AGENT) == ["On Munday", "Correction: On Monday"] and "The customer has read" in office.notes()[-1]
    refused = office.state.reply(office.number, JOON, "me too")
    office.hear()
    office.state.change(refused["id"], "me three")
    office.heard()
    assert "did not reach the customer before" in office.notes()[-1] and len(office.said(Author.AGENT)) == 2


@pytest.mark.parametrize("status", ["resolved", "pending"])
def test_the_staff_end_a_talk_by_its_status(status: str, office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "Solved.")
    office.state.set_status(office.number, status)
    office.heard()
    talk = office.talk()
    assert (talk.owner, talk.ending, office.status) == (Owner.ASSISTANT, Ending.BY_PERSON, "resolved") and (talk.closed_at is not None) is (status == "resolved")
    assert office.said(Author.AGENT) == ["Solved."] and "over or the assistant's" in office.notes()[-1]
    office.state.set_status(office.number, "open")
    office.heard()
    assert office.talks.owner(ME) is Owner.ASSISTANT


def test_an_old_end_does_not_end_a_talk_that_began_anew(office: Office) -> None:
    asked(office)
    office.talks.heard(ME, "never mind", "2")
    office.state.reply(office.number, MINA, "Hello.")
    office.heard()
    office.talks.back(ME)
    office.rounds.once()
    old = list(office.state.posted)
    assert office.status == "resolved" and old
    office.talks.ask_for_person(ME, "web", "asked")
    office.rounds.once()
    office.state.posted = old
    office.heard()
    assert office.talks.owner(ME) is Owner.WAITING and office.status == "open" and len(office.state.conversations) == 1


def test_who_writes_to_what_was_resolved_meanwhile_opens_it(office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "Hello.")
    office.heard()
    office.state.set_status(office.number, "resolved")
    office.talks.heard(ME, "one more thing", "2")
    office.heard()
    assert office.public()[-1] == "one more thing" and office.talk().owner is Owner.ASSISTANT and office.status == "resolved"
    office.talks.ask_for_person(ME, "web", "asked")
    office.rounds.once()
    office.state.conversations[office.number]["status"] = "resolved"  # nobody has looked at that yet
    office.talks.heard(ME, "hello?", "3")
    office.rounds.once()
    assert office.status == "open" and office.talks.owner(ME) is Owner.WAITING


def test_pictures_go_along_and_a_refused_one_is_named(office: Office) -> None:
    asked(office)
    pictures = PictureStore(office.database)
    names = [pictures.keep(ME, str(number), JPEG, "image/jpeg", (9, 9)) for number in range(2)]
    office.talks.heard(ME, "look", "2", {PICTURE: names[0]})
    office.rounds.once()
    assert office.peer.pictures == [JPEG] and office.public()[-1] == "look"
    office.peer.fail("POST /public", (422, {"message": "File type is not supported"}))
    office.talks.heard(ME, "", "3", {PICTURE: names[1]})
    office.rounds.once()
    assert office.peer.pictures == [JPEG] and office.public()[-1] == "(with a picture, which cannot be shown here)"


def test_of_strangers_and_of_others_conversations_nothing_is_taken(office: Office) -> None:
    asked(office)
    office.state.contact("else", "Somebody")
    other = office.state.begin("else")["id"]
    office.state.reply(other, MINA, "for somebody else")
    office.heard()
    assert office.said(Author.AGENT) == [] and office.talks.owner(ME) is Owner.WAITING


@pytest.mark.parametrize("change", ["secret", "old", "ahead", "body", "none"])
def test_what_is_not_signed_is_not_heard(change: str, office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "hello")
    now, body = int(office.state.clock()), office.state.posted[-1].body
    posted = office.state.signed(body, "another secret than that" if change == "secret" else SECRET, now + {"old": -301, "ahead": 310}.get(change, 0))
    sent = body + b" " if change == "body" else body
    heard = office.hearing.hear(sent, "" if change == "none" else posted.headers[SIGNATURE], posted.headers[TIME])
    assert heard.status == 401 and heard.due is None


def test_signed_bytes_that_say_nothing(office: Office) -> None:
    for body, status in ((b"", 400), (b"\xff", 400), (b"[]", 200), (b"{}", 200), (b'{"event": "message_created"}', 200), (b'{"event": "conversation_resolved", "id": "x"}', 200)):
        posted = office.state.signed(body)
        heard = office.hearing.hear(body, posted.headers[SIGNATURE], posted.headers[TIME])
        assert (heard.status, heard.due) == (status, None)
    for at in ("", "x", "²", "9" * 20):
        assert not is_signed(SECRET, b"", "sha256=", at, 0)


@pytest.mark.parametrize(("written", "read"), [
    ("plain", "plain"), ("**bold** and *soft*", "bold and soft"), ("5 * 3 * 2 = 30", "5 * 3 * 2 = 30"), ("snake\\_case \\*", "snake_case *"),
    ("one\\\ntwo", "one\ntwo"), ("[https://a.example/x](https://a.example/x)", "https://a.example/x"), ("[us](mailto:care@a.example)", "us (care@a.example)"),
    ("[a](javascript:alert)", "[a](javascript:alert)"), ("a_b_c", "a_b_c"), ("- one\n- two", "- one\n- two"), ("C:\\new", "C:\\new"),
])
def test_the_editors_marks_are_taken_away(written: str, read: str) -> None:
    assert plain(written) == read


WHOLE = {"chatwoot_url": "https://c.example/app/accounts/1/inbox/AbC", "chatwoot_token": "t", "chatwoot_secret": SECRET}


def test_what_is_set_up_by_half_or_wrongly_is_said() -> None:
    assert chatwoot_inbox(Settings()) is None
    found = chatwoot_inbox(Settings(**{**WHOLE, "chatwoot_url": "https://c.example/desk/app/accounts/12/inbox/AbC/"}))
    assert found is not None and (found.base, found.account, found.identifier) == ("https://c.example/desk", 12, "AbC")
    wrong = {
        "chatwoot_url": ("http://c.example/app/accounts/1/inbox/A", "https://c.example", "https://c.example/app/accounts/x/inbox/A", "accounts/1/inbox/A"),
        "chatwoot_secret": ("short",),
    }
    for name, value in [*((name, one) for name, several in wrong.items() for one in several), *((name, "") for name in WHOLE)]:
        with pytest.raises(SettingsError, match=name.upper()):
            chatwoot_inbox(Settings(**{**WHOLE, name: value}))


def test_there_and_back_on_every_database(database: Database, chatwoot: ChatwootPeer) -> None:
    office = Office(database, chatwoot)
    asked(office)
    office.state.reply(office.number, MINA, "Hello.")
    office.heard()
    office.state.set_status(office.number, "resolved")
    office.heard()
    assert office.said(Author.AGENT) == ["Hello."] and office.talks.owner(ME) is Owner.ASSISTANT and office.status == "resolved"
