"""Who has a conversation: one after the other, told to the customer, nothing twice, and the slower of two changes nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest

from bot.store.database import Database
from bot.support.handoff import Author, Conversations, Ending, Filter, Owner, Summary, Talk, TooLate, Unknown, Unusable
from tests.store.conftest import database, url

__all__ = ["database", "url"]
ME, CHANNEL = "web-me", "web"
NOON = datetime(2026, 12, 1, 12, tzinfo=timezone.utc)


class Clock:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def talks(database: Database) -> Conversations:
    return Conversations(database, promise=lambda since: since + timedelta(minutes=10), now=Clock())


def mine(talks: Conversations) -> Talk:
    found = talks.talk(ME)
    assert found is not None
    return found


def given_back(talks: Conversations) -> Talk:
    found = talks.back(ME)
    assert found is not None
    return found


def said(talks: Conversations, *authors: Author) -> list[str]:
    return [line.text for line in talks.thread(ME) if not authors or line.author in authors]


def test_nobody_asked_for_a_person_and_the_assistant_has_it(talks: Conversations) -> None:
    assert talks.owner(ME) is Owner.ASSISTANT
    assert talks.talk(ME) is None and talks.listed() == []
    assert talks.heard(ME, "hello", "1") is None


def test_asked_for_taken_answered_and_given_back(talks: Conversations) -> None:
    asked = talks.ask_for_person(ME, CHANNEL, "asked", Summary(wish="talk to a human", order_number="10432"))
    assert asked.owner is Owner.WAITING and asked.waiting_since and asked.due_at == asked.waiting_since + timedelta(minutes=10)
    assert talks.heard(ME, "anybody there?", "1") and mine(talks).unread == 1
    taken = talks.take(ME, "Mia", asked.version)
    assert (taken.owner, taken.agent) == (Owner.PERSON, "Mia")
    talks.reply(ME, "Mia", "Hi, I'm Mia.", "k1")
    answered = mine(talks)
    assert (answered.unread, answered.waiting_since, answered.due_at) == (0, None, None)
    given = talks.give_back(ME, "Mia", answered.version)
    assert given.owner is Owner.ASSISTANT and given.last_agent == "Mia" and talks.heard(ME, "thanks", "2") is None
    assert said(talks)[:3] == ["anybody there?", "Mia joined the chat.", "Hi, I'm Mia."]


def test_what_is_asked_again_with_its_key_is_done_once(talks: Conversations) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    first, again = talks.heard(ME, "hello", "1"), talks.heard(ME, "hello", "1")
    assert first and again and first.id == again.id and mine(talks).unread == 1
    assert talks.reply(ME, "Mia", "Hi", "k").id == talks.reply(ME, "Mia", "Hi", "k").id
    talks.give_back(ME, "Mia", mine(talks).version)
    assert talks.heard(ME, "hello", "1") is not None, "a message sent again is not answered by the assistant instead"
    assert talks.reply(ME, "Mia", "Hi", "k").text == "Hi" and talks.owner(ME) is Owner.ASSISTANT
    assert said(talks, Author.CUSTOMER, Author.AGENT) == ["hello", "Hi"]


def test_who_answers_first_has_it_and_the_other_is_told(talks: Conversations) -> None:
    seen = talks.ask_for_person(ME, CHANNEL, "asked")
    talks.reply(ME, "Mia", "Hi from Mia", "m")
    with pytest.raises(TooLate) as refused:
        talks.reply(ME, "Tom", "Hi from Tom", "t")
    assert refused.value.talk.agent == "Mia" and "Mia" in str(refused.value)
    with pytest.raises(TooLate):
        talks.take(ME, "Tom", seen.version)
    assert talks.take(ME, "Tom", mine(talks).version).agent == "Tom", "one who looked may take it over"
    with pytest.raises(TooLate):
        talks.reply(ME, "Mia", "Still me", "m2")
    assert said(talks, Author.AGENT) == ["Hi from Mia"]


def test_two_at_the_same_moment(talks: Conversations) -> None:
    version = talks.ask_for_person(ME, CHANNEL, "asked").version

    def take(agent: str) -> bool:
        try:
            talks.take(ME, agent, version)
        except TooLate:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, [f"Agent {number}" for number in range(8)])) == 1
    assert len(said(talks, Author.NOTICE)) == 1


def test_notes_are_kept_and_are_not_for_the_customer(talks: Conversations) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    note = talks.note(ME, "Mia", "a regular", "n1")
    assert not note.author.is_for_customer and talks.owner(ME) is Owner.WAITING


def test_what_cannot_be_sent_is_refused(talks: Conversations) -> None:
    with pytest.raises(Unknown):
        talks.reply(ME, "Mia", "Hi", "k")
    talks.ask_for_person(ME, CHANNEL, "asked")
    for text in ("", " \u200b\n", "x" * 4001):
        with pytest.raises(Unusable):
            talks.reply(ME, "Mia", text, "k")
    assert talks.owner(ME) is Owner.WAITING and said(talks) == []


def test_an_offer_leaves_the_assistant_speaking_until_it_is_taken(talks: Conversations) -> None:
    assert talks.offer(ME, CHANNEL, "lost").owner is Owner.OFFERED
    assert not Owner.OFFERED.is_people and talks.heard(ME, "hm", "1") is None
    talks.decline(ME)
    assert talks.owner(ME) is Owner.ASSISTANT
    talks.offer(ME, CHANNEL, "lost")
    assert talks.ask_for_person(ME, CHANNEL, "lost").owner is Owner.WAITING
    assert talks.offer(ME, CHANNEL, "lost").owner is Owner.WAITING, "who waits is offered nothing"


def test_the_customer_goes_back_and_what_nobody_answered_stays_in_the_inbox(talks: Conversations) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.heard(ME, "my order came broken", "1")
    assert given_back(talks).owner is Owner.MAIL and mine(talks).waiting_since is not None
    talks.reply(ME, "Mia", "I have looked", "k")
    assert given_back(talks).owner is Owner.ASSISTANT and talks.back(ME) is None
    assert mine(talks).waiting_since is None


def test_closed_by_either_side_once_and_open_again_when_asked_for(talks: Conversations) -> None:
    talks.ask_for_person(ME, CHANNEL, "asked")
    talks.reply(ME, "Mia", "Done", "k")
    closed = talks.close(ME, "Mia", mine(talks).version)
    assert closed.ending is Ending.BY_PERSON and talks.close(ME, "Mia").closed_at == closed.closed_at
    assert len(said(talks, Author.NOTICE)) == 2
    assert talks.listed() == [] and len(talks.listed(Filter(closed=True))) == 1
    again = talks.ask_for_person(ME, CHANNEL, "asked")
    assert again.closed_at is None and again.owner is Owner.WAITING


def test_the_inbox_lists_who_waited_longest_first_and_finds(talks: Conversations) -> None:
    for name in ("one", "two", "three"):
        talks.ask_for_person(f"rest:{name}", "rest", "asked", Summary(order_number=f"100{len(name)}"))
        talks.heard(f"rest:{name}", f"I am number {name}", "1")
    talks.reply("rest:one", "Mia", "Hi", "k")
    assert [talk.conversation for talk in talks.listed()] == ["rest:two", "rest:three", "rest:one"]
    assert [talk.conversation for talk in talks.listed(Filter(agent="Mia"))] == ["rest:one"]
    assert [talk.conversation for talk in talks.listed(Filter(words="NUMBER three"))] == ["rest:three"]
    assert [talk.conversation for talk in talks.listed(Filter(words="1005"))] == ["rest:three"]
    assert talks.listed(Filter(words="100%")) == [] and talks.listed(Filter(channel="web")) == []
    assert talks.count(Filter(unread=True)) == 2 and len(talks.listed(Filter(most=1, skip=1))) == 1
    assert talks.count(Filter(owners=frozenset({Owner.PERSON}))) == 1


def test_changes_tell_what_is_new_and_nothing_else(talks: Conversations) -> None:
    heard: list[str] = []
    end = talks.on_change(heard.append)
    talks.ask_for_person(ME, CHANNEL, "asked")
    first = talks.changes(0)
    assert first.conversations == (ME,) and heard == [ME]
    assert talks.changes(first.cursor).conversations == ()
    talks.ask_for_person("rest:other", "rest", "asked")
    assert talks.changes(first.cursor).conversations == ("rest:other",)
    end()
    talks.note(ME, "Mia", "a note", "n")
    assert len(heard) == 2
