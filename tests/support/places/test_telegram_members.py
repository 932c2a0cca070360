"""Who of those that write in the staff's group on Telegram is heard, and what they may do."""

from __future__ import annotations

from typing import Any

import pytest

from bot.support.handoff import Author, Ending, Owner
from bot.support.places.telling import agent_name
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_state import BOT
from tests.store.conftest import database, url
from tests.support.places.group_office import (
    BOT_ID,
    BOT_NAME,
    FORWARDED,
    JOON,
    MINA,
    PHOTO,
    STRANGER,
    Office,
    asked,
    office,
)
from tests.support.places.in_group import GROUP, peer

__all__ = ["database", "office", "peer", "url"]


@pytest.mark.parametrize(("text", "owner", "ending", "said"), [
    ("/close", Owner.ASSISTANT, Ending.BY_PERSON, []), ("/close Bye!", Owner.ASSISTANT, Ending.BY_PERSON, ["Bye!"]),
    ("/unresolved", Owner.ASSISTANT, Ending.UNRESOLVED, []), (f"/back@{BOT_NAME.upper()}", Owner.ASSISTANT, Ending.BY_ASSISTANT, []),
    ("/take", Owner.PERSON, Ending.OPEN, []), ("/note a regular", Owner.WAITING, Ending.OPEN, []), ("/NOTE a regular", Owner.WAITING, Ending.OPEN, []),
    ("/close@other_bot", Owner.WAITING, Ending.OPEN, []),
])
def test_commands(text: str, owner: Owner, ending: Ending, said: list[str], office: Office) -> None:
    asked(office)
    office.write(text)
    assert (office.talk().owner, office.talk().ending, office.said(Author.AGENT)) == (owner, ending, said)
    assert ("a regular" in office.said(Author.NOTE)) == text.lower().startswith("/note")
    assert ((GROUP, office.topic) in office.peer.state.closed_topics) == (owner is Owner.ASSISTANT)


@pytest.mark.parametrize(("text", "more", "told"), [
    ("/nonsense", {}, "I don't know /nonsense"), ("/", {}, "I don't know"), ("/note", {}, "Write something"), ("/help", {}, "reaches the customer"),
    (None, PHOTO, "Only words"), (None, {**PHOTO, "caption": "see here"}, "Only words"), ("secret of a colleague", FORWARDED, "Only words"),
    (None, {"brand_new_content": {}}, "Only words"), ("gif", {"via_bot": {"id": 5}}, "Only words"),
])
def test_what_is_not_sent_is_said(text: str | None, more: dict[str, Any], told: str, office: Office) -> None:
    asked(office)
    office.write(text, **more)
    assert office.said(Author.AGENT) == [] and office.talk().owner is Owner.WAITING
    answer = office.peer.chat(GROUP)[-1]
    assert told in answer.text and answer.reply_to and answer.thread == office.topic


def test_who_is_no_member_is_not_heard(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    for status in ("left", "kicked", None):
        peer.state.members[GROUP][STRANGER] = "member"
        update = peer.write(GROUP, office.topic, STRANGER, "Give me the customer's card", "Mina")
        peer.state.members[GROUP] = {**peer.state.members[GROUP], STRANGER: status} if status else {MINA: "member", BOT_ID: "administrator"}
        assert office.hear() == ["a stranger"] and update
    peer.state.members[GROUP][STRANGER] = "restricted"
    peer.write(GROUP, office.topic, STRANGER, "I may write", "Sora")
    assert office.hear() == ["done"] and office.talk().agent == "Sora"


@pytest.mark.parametrize("more", [
    {"from": BOT}, {"from": {"id": 5, "is_bot": True, "first_name": "Another bot"}}, {"is_automatic_forward": True},
    {"from": {"id": 136817688, "is_bot": True, "first_name": "Channel"}, "sender_chat": {"id": -100777, "type": "channel"}},
    {"chat": {"id": -100888, "type": "supergroup", "is_forum": True}, "message_thread_id": 3},
    {"is_topic_message": False}, {"message_thread_id": None}, {"message_thread_id": "7"},
])
def test_what_no_member_wrote_in_a_topic_is_nothing(more: dict[str, Any], office: Office) -> None:
    asked(office)
    before = len(office.peer.chat(GROUP))
    office.write("hello", **more)
    assert office.said(Author.AGENT) == [] and len(office.peer.chat(GROUP)) == before, "and nothing is answered"


@pytest.mark.parametrize("service", [
    {"forum_topic_created": {"name": "x", "icon_color": 1}}, {"forum_topic_edited": {"name": "x"}}, {"forum_topic_reopened": {}},
    {"pinned_message": {}}, {"new_chat_members": [{"id": 5}]}, {"left_chat_member": {"id": 5}}, {"video_chat_started": {}},
])
def test_service_messages_are_nothing(service: dict[str, Any], office: Office) -> None:
    asked(office)
    before = len(office.peer.chat(GROUP))
    office.write(None, **service)
    assert office.talk().owner is Owner.WAITING and len(office.peer.chat(GROUP)) == before


def test_a_topic_of_their_own_is_theirs(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    peer.write(GROUP, None, MINA, "/close")
    own = peer.create_topic(GROUP, MINA, "Lunch")
    peer.write(GROUP, own, MINA, "pizza?")
    office.round()
    assert office.said(Author.AGENT) == [] and office.shown(own) == "" and office.talk().closed_at is None


def test_an_administrator_may_write_in_the_groups_name(office: Office) -> None:
    asked(office)
    anonymous: dict[str, Any] = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": {"id": GROUP, "type": "supergroup"}}
    office.write("Hello from us", **anonymous)
    assert office.said(Author.AGENT) == ["Hello from us"] and office.talk().agent == "Our team"


@pytest.mark.parametrize(("first", "shown"), [("Mina", "Mina"), ("  Mi\nna ", "Mi na"), ("\u200b", "Our team"), ("", "Our team"), ("x" * 90, "x" * 60)])
def test_names_as_customers_read_them(first: str, shown: str) -> None:
    assert agent_name(first) == shown


def test_the_slower_of_two_is_told_and_may_take_over(office: Office) -> None:
    asked(office)
    office.peer.write(GROUP, office.topic, MINA, "Hi from Mina", "Mina")
    office.peer.write(GROUP, office.topic, JOON, "Hi from Joon", "Joon")
    office.round()
    assert office.said(Author.AGENT) == ["Hi from Mina"] and "Mina has this conversation" in office.shown()
    office.write("/close", JOON, "Joon")
    assert office.talk().closed_at is None, "what a colleague has is taken over first"
    office.write("/take", JOON, "Joon")
    office.write("Now me", JOON, "Joon")
    assert office.said(Author.AGENT)[1:] == ["Now me"] and office.talk().agent == "Joon"


def test_an_edit_goes_on_as_a_correction_once(office: Office) -> None:
    asked(office)
    sent = office.write("It comes on Monay 👩‍🔬")["message"]
    for text, at in (("It comes on Monay 👩‍🔬", 5), ("It comes on Monday", 7), ("It comes on Monday", 8), ("It comes on Monay 👩‍🔬", 9)):
        for _ in range(2):
            office.write(text, edited=True, message_id=sent["message_id"], edit_date=at)
    assert office.said(Author.AGENT)[1:] == ["Correction: It comes on Monday", f"Correction: {office.said(Author.AGENT)[0]}"]


def test_what_was_not_sent_is_not_sent_by_an_edit(office: Office) -> None:
    asked(office)
    note = office.write("/note they are rude")["message"]
    office.write("they are rude", edited=True, message_id=note["message_id"])
    assert office.said(Author.AGENT) == [] and "does not now" in office.shown()
    sent = office.write("Hello")["message"]
    office.write("/close", edited=True, message_id=sent["message_id"])
    assert office.talk().owner is Owner.PERSON
    office.write("/close")
    office.write("Hello there", edited=True, message_id=sent["message_id"])
    assert office.said(Author.AGENT) == ["Hello"] and office.talk().closed_at is not None
