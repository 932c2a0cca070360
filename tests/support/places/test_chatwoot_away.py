"""Chatwoot that gives no answer, loses one, refuses something or forgets: nothing is lost, and nothing stands there twice."""

from __future__ import annotations

import pytest

from bot.support.handoff import Author, HandoffUnreachable, Owner
from bot.support.places.chatwoot.api import Chatwoot, Inbox
from bot.support.places.chatwoot.setting_up import looked_at
from bot.support.places.chatwoot.taking import Taking
from bot.support.places.kept import Kept
from tests.peers.chatwoot import BOT_TOKEN, USER_TOKEN, ChatwootPeer
from tests.peers.chatwoot_state import IDENTIFIER, SECRET
from tests.support.places.chatwoot_office import MINA, Office, asked, chatwoot, office
from tests.support.places.in_chatwoot import inbox_of
from tests.support.places.talking import ME

__all__ = ["chatwoot", "office"]


def fails(office: Office) -> float | None:
    with pytest.raises(HandoffUnreachable) as failed:
        office.rounds.once()
    return failed.value.again_after


def test_away_for_an_hour_it_gets_everything_later_in_order(office: Office) -> None:
    asked(office)
    office.state.reply(office.number, MINA, "Hello.")
    office.heard()
    office.peer.is_away = True
    for number in range(5):
        office.talks.heard(ME, f"line {number}", f"away{number}")
        fails(office)
    office.peer.is_away = False
    office.state.reply(office.number, MINA, "Sorry, I am back.")
    office.state.posted.clear()  # what it posted meanwhile came to nobody
    office.rounds.once()
    assert office.public()[2:] == ["Sorry, I am back.", *(f"line {number}" for number in range(5))]
    assert office.said(Author.AGENT) == ["Hello.", "Sorry, I am back."]


def test_what_was_written_to_what_is_over_while_nobody_listened_is_found_at_the_next_start(office: Office) -> None:
    asked(office)
    office.state.set_status(office.number, "resolved")
    office.heard()
    office.state.reply(office.number, MINA, "One more thing.")
    office.state.posted.clear()
    office.rounds.once()
    assert office.said(Author.AGENT) == []
    Taking(Chatwoot(inbox_of(office.peer)), office.talks, Kept(office.database, "chatwoot")).take_all()
    assert office.said(Author.AGENT) == ["One more thing."] and office.talks.owner(ME) is Owner.PERSON


@pytest.mark.parametrize("answer", [None, (502, "<html>bad gateway</html>"), (200, "<html>")])
def test_a_lost_answer_doubles_nothing(answer: tuple[int, str] | None, office: Office) -> None:
    asked(office)
    for number, text in enumerate(("the same words", "the same words", "others")):
        office.talks.heard(ME, text, f"lost{number}")
    office.peer.fail("POST /public/api/v1/inboxes/inboxIdentifier/contacts/", answer, after="done")
    fails(office)
    office.rounds.once()
    assert office.public()[1:] == ["the same words", "the same words", "others"]


@pytest.mark.parametrize("where", ["POST /public/api/v1/inboxes/inboxIdentifier/contacts", "conversations", "notes", "toggle_status"])
def test_a_conversation_that_was_begun_by_half_is_gone_on_with(where: str, office: Office) -> None:
    office.talks.ask_for_person(ME, "web", "asked")
    office.talks.heard(ME, "hello?", "1")
    office.peer.fail({"conversations": "s/", "notes": "POST /api/v1/accounts/1/conversations"}.get(where, where), after="done")
    fails(office)
    office.rounds.once()
    assert len(office.state.conversations) == len(office.state.contacts) == 1 and office.public() == ["hello?"] and office.status == "open"


def test_a_deleted_conversation_is_made_anew(office: Office) -> None:
    asked(office)
    office.state.erase(office.number)
    office.talks.heard(ME, "are you there", "2")
    assert fails(office) == 1.0
    office.rounds.once()
    assert office.public() == ["it should have come on Monday", "are you there"] and office.status == "open"
    office.state.erase(office.number)
    office.talks.back(ME)
    office.rounds.once()
    assert office.talks.owner(ME) is not Owner.WAITING


def test_what_is_refused_for_its_words_is_named_and_does_not_stop_the_rest(office: Office) -> None:
    asked(office)
    office.talks.heard(ME, "strange", "2")
    office.talks.heard(ME, "next", "3")
    office.peer.fail("POST /public", (422, {"message": "Content is too strange"}))
    office.rounds.once()
    assert office.public()[-1] == "next" and "cannot be shown" in office.notes()[-1]


@pytest.mark.parametrize(("answer", "pause"), [
    ((401, {"error": "Invalid Access Token"}), 15.0), ((429, {"error": "slow down"}), 60.0), ((422, {"message": "Too many messages"}), 60.0), ((500, ""), None),
])
def test_what_an_owner_can_mend_or_time_heals_waits(answer: tuple[int, object], pause: float | None, office: Office) -> None:
    asked(office)
    office.talks.heard(ME, "again", "2")
    office.peer.fail("POST", answer)
    waits = fails(office)
    assert waits == pause or (pause == 60.0 and waits is not None and waits > 59) and office.public()[-1] != "again"


@pytest.mark.parametrize(("change", "can", "told"), [
    ("nothing", True, "Staff answer in the inbox “Chat”"), ("inbox", False, "has no API inbox 3"), ("token", False, "CHATWOOT_TOKEN"),
    ("account", False, "mend the account"), ("bot", False, "connect it with the inbox"), ("identity", False, "User Identity Validation"),
    ("write", False, "takes no customer's words"), ("moved", False, "does not show the inbox"), ("user", False, "No bot is connected"),
])
def test_what_is_missing_is_said_in_a_line(change: str, can: bool, told: str, chatwoot: ChatwootPeer) -> None:
    token = {"token": "a_wrong_one", "user": USER_TOKEN}.get(change, BOT_TOKEN)
    address = chatwoot.inbox.replace(IDENTIFIER, "3") if change == "inbox" else chatwoot.inbox
    address = address.replace("accounts/1", "accounts/2") if change == "account" else address
    chatwoot.state.has_bot, chatwoot.wants_identity = change not in ("bot", "user"), change == "identity"
    if change == "write":
        chatwoot.fail("POST /public", (403, {"error": "no"}))
    elif change == "moved":
        chatwoot.fail("GET /public", (301, ""))
    found = looked_at(Chatwoot(Inbox.of(address, token, SECRET)))
    assert found.can_be_used is can and told in found.told and "\n" not in found.told and token not in found.told


def test_looked_at_twice_one_conversation_is_there(chatwoot: ChatwootPeer) -> None:
    for _ in range(2):
        assert looked_at(Chatwoot(inbox_of(chatwoot))).can_be_used
    assert [one["status"] for one in chatwoot.state.conversations.values()] == ["resolved"]


def test_who_is_no_chatwoot_or_gives_no_answer(chatwoot: ChatwootPeer) -> None:
    chatwoot.fail("GET", (200, "<html>a shop</html>"))
    with pytest.raises(HandoffUnreachable, match="no Chatwoot"):
        looked_at(Chatwoot(inbox_of(chatwoot)))
    chatwoot.is_away = True
    with pytest.raises(HandoffUnreachable, match="gives no answer"):
        looked_at(Chatwoot(inbox_of(chatwoot)))
