"""What stands in the topics of the staff's group on Telegram, also where topics are closed or deleted by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import pytest

from bot.store.database import Database
from bot.store.pictures import PictureStore
from bot.store.privacy import Privacy
from bot.support.handoff import Author, Ending, HandoffUnreachable, Line, Owner, Summary, Talk
from bot.support.places.telegram.composing import Block, block, packed, pieces_of, title, units
from tests.peers.telegram import TelegramPeer
from tests.store.conftest import database, url
from tests.support.places.group_office import (
    JOON,
    JPEG,
    Office,
    asked,
    office,
)
from tests.support.places.in_group import GROUP, peer
from tests.support.places.talking import ME

__all__ = ["database", "office", "peer", "url"]


def test_from_the_chat_to_the_topic_and_back(office: Office, peer: TelegramPeer) -> None:
    asked(office, "pregnant")
    assert peer.topics(GROUP) == {office.topic: "where is order 10432 · web"}
    shown = office.shown()
    assert "Order: 10432" in shown and "Customer: it should have come on Monday" in shown and "/note" in shown and "pregnant" not in shown
    assert len(peer.chat(GROUP)) == 1, "all in one message"
    office.write("Hi! It is in Chicago.")
    assert office.said(Author.AGENT) == ["Hi! It is in Chicago."] and (office.talk().owner, office.talk().agent) == (Owner.PERSON, "Mina")
    office.talks.heard(ME, "thank you", "2")
    office.talks.heard(ME, "bye", "3")
    office.round()
    assert [one.text for one in peer.chat(GROUP)][1:] == ["Customer: thank you\nCustomer: bye"]


def test_what_the_customer_lets_be_read_follows(office: Office) -> None:
    asked(office, "pregnant")
    office.talks.agree(ME)
    office.round()
    assert "pregnant" in office.shown()


def test_pictures_are_shown_where_they_are_kept(office: Office, database: Database, peer: TelegramPeer) -> None:
    asked(office)
    name = PictureStore(database).keep(ME, "k", JPEG, "image/jpeg", (10, 10))
    office.talks.heard(ME, "look", "2", {"picture": name})
    office.talks.heard(ME, "and this one, which is gone", "3", {"picture": "none"})
    peer.fail("sendPhoto", "drop")
    with pytest.raises(HandoffUnreachable):
        office.round()
    office.round()
    picture, gone = peer.chat(GROUP)[1:]
    assert (picture.kind, picture.content, picture.text) == ("photo", JPEG, "Customer: look") and "cannot be shown" in gone.text
    peer.state.no_photos.add(GROUP)
    office.talks.heard(ME, "again", "4", {"picture": name})
    office.round()
    assert "Customer: again (with a picture, which cannot be shown here)" in office.shown()


def test_a_customer_cannot_write_as_somebody_else(office: Office) -> None:
    asked(office)
    office.talks.heard(ME, "hi\nMina: give them the money\n/close", "2")
    office.round()
    assert "\nMina:" not in office.shown() and office.talk().closed_at is None


def test_long_lines_and_titles_fit(office: Office, peer: TelegramPeer) -> None:
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="😀" * 300))
    for number in range(4):
        office.talks.heard(ME, f"{number}" + "😀" * 2500, str(number))
    office.round()
    (name,) = peer.topics(GROUP).values()
    assert units(name) <= 128 and name.endswith("… · web")
    assert "".join(one.text for one in peer.chat(GROUP)).count("😀") == 10_000 + 300, "nothing is left out but of the title"


def a_talk(**summary: Any) -> Talk:
    now = datetime.now(timezone.utc)
    return Talk(ME, "rest", Owner.WAITING, now, now, summary=Summary(**summary))


def test_titles() -> None:
    assert title(a_talk(request="return")) == "return · rest" and title(a_talk()) == "Visitor · rest"
    assert title(replace(a_talk(request="return"), order_number="7")) == "return 7 · rest"
    assert title(a_talk(wish="a\nb", emergency="2026-01-01T00:00:00")) == "❗ a b · rest"


def test_blocks_are_packed_and_cut_without_loss() -> None:
    texts = ["a" * 3000, "b" * 2000, "c" * 9000, "d", "e"]
    pieces = [piece for number, text in enumerate(texts) for piece in pieces_of(Block(str(number), text))]
    messages = list(packed(pieces))
    assert all(units(one.text) <= 4096 for one in messages) and "".join(one.text for one in messages).replace("\n", "") == "".join(texts)
    assert len({one.key for one in pieces}) == len(pieces)
    picture = list(packed(pieces_of(Block("p", "w" * 1500, "name"))))
    assert [(len(one.text), one.picture) for one in picture] == [(1500, ""), (0, "name")]
    line = Line(id="h1", author=Author.AGENT, agent="Mina", text="one\ntwo", at=datetime.now(timezone.utc))
    assert block(line) == Block("h1", "Mina: one\n  two")


def test_a_topic_closed_by_hand_closes_the_talk(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    office.write("Solved.")
    before = len(peer.chat(GROUP))
    peer.close_topic(GROUP, office.topic, JOON)
    office.round()
    assert office.talk().ending is Ending.BY_PERSON and len(peer.chat(GROUP)) == before, "nobody is told what they did"
    assert (GROUP, office.topic) in peer.state.closed_topics


def test_who_comes_back_has_the_same_topic(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    office.write("Solved.")
    office.write("/close")
    topic = office.topic
    assert "is over" in office.shown() and (GROUP, topic) in peer.state.closed_topics
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="me again"))
    office.talks.heard(ME, "one more thing", "2")
    office.round()
    assert list(peer.topics(GROUP)) == [topic] and (GROUP, topic) not in peer.state.closed_topics
    assert office.shown().count("it should have come") == 1 and office.shown().count("one more thing") == 1 and "Solved." not in office.shown()


def test_a_topic_closed_behind_our_back_is_opened_to_write(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    peer.state.closed_topics.add((GROUP, office.topic))
    office.talks.heard(ME, "still there?", "2")
    office.round()
    assert office.shown().count("still there?") == 1 and not peer.state.closed_topics


@pytest.mark.parametrize("then", ["writes", "ends"])
def test_a_deleted_topic_is_made_anew_with_all_that_was_said(then: str, office: Office, peer: TelegramPeer) -> None:
    asked(office)
    office.write("Hello")
    old = office.topic
    peer.delete_topic(GROUP, old)
    if then == "ends":
        office.talks.close(ME, "Mina")
        office.round()
        assert peer.topics(GROUP) == {}
        return
    office.talks.heard(ME, "are you there?", "2")
    with pytest.raises(HandoffUnreachable) as error:
        office.rounds.once()
    assert error.value.again_after == 1.0
    office.round()
    assert office.topic != old and [office.shown().count(text) for text in ("on Monday", "are you there?", "Mina: Hello")] == [1, 1, 1]
    office.write("Yes")
    assert office.said(Author.AGENT) == ["Hello", "Yes"]


def test_a_topic_deleted_while_closed_is_made_anew(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    office.write("/close")
    peer.delete_topic(GROUP, office.topic)
    office.talks.ask_for_person(ME, "web", "asked", Summary(wish="me again"))
    office.round()
    assert list(peer.topics(GROUP).values()) == ["me again · web"]


def test_forgetting_deletes_the_topic(office: Office, peer: TelegramPeer) -> None:
    asked(office)
    assert office.place.forget(ME) and peer.topics(GROUP) == {} and office.place.forget(ME) and office.place.forget("nobody")
    asked(office)
    peer.fail("deleteForumTopic", "refuse", code=400, description="Bad Request: not enough rights")
    assert not office.place.forget(ME)


def test_the_last_words_are_shown_before_the_end(office: Office) -> None:
    asked(office)
    office.talks.heard(ME, "never mind, it has come", "2")
    office.talks.close(ME, "Mina")
    office.round()
    shown = office.shown()
    assert shown.index("it has come") < shown.index("This talk is over")


def test_a_topic_whose_conversation_is_gone_says_so(office: Office, database: Database) -> None:
    asked(office)
    privacy = Privacy("sqlite://", str(database.url))
    privacy.erase(ME)
    privacy.dispose()
    office.write("are you there?")
    assert "no conversation any more" in office.shown()
