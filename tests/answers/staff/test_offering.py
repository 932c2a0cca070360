"""A person is offered by the owner's rules, with who comes and when; where nobody is there that is said, and a message taken."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from typing import Any, Iterator, List
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.store.handoff_models import DeskUser
from bot.store.models import utc_now
from bot.store.orders.models import new
from bot.store.people_policy import People
from bot.support.handoff import Owner
from bot.support.handoff.staff import staff_of
from bot.understanding.frame import SURE, UNSURE
from bot.understanding.memory import Memory
from tests.answers.own_words import unchanging
from tests.understanding.reading import read

NEW_YORK = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 12, 1, 11, 30, tzinfo=NEW_YORK)
NIGHT = datetime(2026, 12, 1, 22, tzinfo=NEW_YORK)
FRIDAY_NIGHT = datetime(2026, 12, 4, 22, tzinfo=NEW_YORK)
BEFORE_CHRISTMAS = datetime(2026, 12, 24, 22, tzinfo=NEW_YORK)
HOURS = {"timezone": "America/New_York", "hours": {"monday to friday": "9:00 to 18:00"}, "holidays": ["2026-12-25 to 2027-01-01"]}


class Talk:
    """One conversation at a moment."""

    def __init__(self, resources: Resources, channel: str = "web") -> None:
        self.resources = resources
        self.sender = f"web-{uuid4().hex}"
        self.channel = channel
        self.memory = Memory()

    def say(self, text: str, kind: str, at: datetime = TUESDAY, band: str = SURE) -> List[Message]:
        """The messages that answer a text of which the classifier guesses this kind."""
        place = Place("", self.channel, at.astimezone(timezone.utc).timestamp(), self.sender)
        messages, self.memory = reply([read(text, kind, band=band)], self.memory, place, self.resources)
        return messages

    def owner(self) -> Owner:
        """Who has the conversation."""
        return self.resources.staff.talks.owner(self.sender)


@contextmanager
def shop_with(resources: Resources, staff: int, **people: Any) -> Iterator[Resources]:
    """The shop with so many members of staff, and these rules."""
    rules = People(**{**HOURS, **people})
    made = Resources(resources.chosen)
    made.__dict__.update(database=resources.database, _files=unchanging(resources.shop.copy(update={"people": rules})))
    made.__dict__["staff"] = staff_of(resources.database, resources.chosen.tracker_database, rules)
    with resources.database.session(writing=True, catalogue=False) as session:
        session.add_all([new(DeskUser, name=name, password="-", role="agent", created=utc_now()) for name in ("Mia", "Tom")[:staff]])
        session.commit()
    try:
        yield made
    finally:
        with resources.database.session(writing=True, catalogue=False) as session:
            session.execute(delete(DeskUser))
            session.commit()


@pytest.fixture
def shop(sample_shop: Resources) -> Iterator[Resources]:
    with shop_with(sample_shop, staff=1) as made:
        yield made


def test_who_asks_is_passed_on_and_told_who_comes_until_when(shop: Resources) -> None:
    talk = Talk(shop)
    (message,) = talk.say("talk to a human", "human")
    assert "Mia answers here within 10 minutes, until 18:00 (New York time)." in message.text
    assert [one["title"] for one in message.buttons] == ["Back to the assistant"] and talk.owner() is Owner.WAITING


def test_of_several_none_is_promised_by_name(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=2) as shop:
        assert "Our team answers here within 10 minutes" in Talk(shop).say("talk to a human", "human")[0].text


def test_without_hours_nothing_is_promised(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=1, hours={}, holidays=[]) as shop:
        assert "Mia answers here, though I can't say how soon." in Talk(shop).say("talk to a human", "human", NIGHT)[0].text


@pytest.mark.parametrize(("at", "back"), [
    (NIGHT, "tomorrow at 9:00 (New York time)"), (NIGHT.replace(hour=7), "today at 9:00 (New York time)"),
    (FRIDAY_NIGHT, "on Monday at 9:00 (New York time)"), (BEFORE_CHRISTMAS, "on Monday, 4 January at 9:00 (New York time)"),
])
def test_closed_is_said_and_a_message_taken(at: datetime, back: str, shop: Resources) -> None:
    talk = Talk(shop)
    (message,) = talk.say("talk to a human about my broken jar", "human", at)
    assert f"somebody is back {back}." in message.text and "e-mail address" in message.text and "care@moonjar.example" in message.text
    waits = shop.staff.talks.talk(talk.sender)
    assert waits and waits.owner is Owner.MAIL and "broken jar" in waits.summary.wish, "who leaves no address is found too"
    (made,) = talk.say("kim@example.com", "out_of_scope", at, UNSURE)
    (ticket,) = shop.requests.tickets_of(talk.sender)
    assert ticket.number in made.text and ticket.email == "kim@example.com" and "broken jar" in ticket.text
    kept = shop.staff.talks.talk(talk.sender)
    assert kept and kept.owner is Owner.MAIL and kept.email == "kim@example.com" and kept.summary.ticket == ticket.number
    assert talk.say("can i use retinol", "can_use", at), "the assistant goes on"


def test_a_message_can_be_refused_and_other_questions_are_answered_meanwhile(shop: Resources) -> None:
    talk = Talk(shop)
    talk.say("talk to a human", "human", NIGHT)
    assert talk.owner() is Owner.MAIL
    assert "I'm still here" in talk.say("no, forget it", "deny", NIGHT)[0].text
    assert talk.owner() is Owner.ASSISTANT
    talk.say("talk to a human", "human", NIGHT)
    assert "e-mail" not in talk.say("what is niacinamide", "what_is", NIGHT)[0].text
    assert shop.requests.tickets_of(talk.sender) == []


def test_where_nobody_has_an_account_the_shops_words_stand_and_a_ticket_is_possible(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=0) as shop:
        talk = Talk(shop)
        (message,) = talk.say("talk to a human", "human")
        assert "care@moonjar.example" in message.text and "as a ticket" in message.text and talk.owner() is Owner.ASSISTANT
        assert "T1" in talk.say("kim@example.com", "out_of_scope", band=UNSURE)[0].text
        kept = shop.staff.talks.talk(talk.sender)
        assert kept and kept.owner is Owner.MAIL and kept.summary.ticket, "who gets an account later finds it in the inbox"
        assert "care@moonjar.example" in talk.say("you are scammers", "out_of_scope")[0].text


def test_a_channel_that_cannot_bring_a_person_gets_the_contact(shop: Resources) -> None:
    talk = Talk(shop, channel="cmdline")
    assert "care@moonjar.example" in talk.say("talk to a human", "human")[0].text and talk.owner() is Owner.ASSISTANT


@pytest.mark.parametrize(("text", "kind", "why"), [
    ("you are scammers", "out_of_scope", "fraud"), ("you will hear from my lawyer", "out_of_scope", "legal"),
    ("your shop is a disgrace", "insult", "anger"), ("do you sell wholesale quantities", "payment", "rule"),
    ("how can i pay here", "payment", "rule"),
])
def test_offered_for_a_reason_taken_or_left(text: str, kind: str, why: str, sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=1, offer={"words": ["wholesale"], "topics": ["payment"]}) as shop:
        talk = Talk(shop)
        *_, message = talk.say(text, kind)
        assert "Shall I pass you on to a person? Mia answers here" in message.text
        assert talk.memory.offered == (why,) and talk.owner() is Owner.OFFERED
        assert "still here" in talk.say("no thanks", "deny")[0].text and talk.owner() is Owner.ASSISTANT
        assert not talk.memory.offer_open
        talk.say(text, kind)
        asked_again = talk.memory.offer_open
        assert asked_again == (why != "rule"), "what a rule offered is not offered again"
        if asked_again:
            talk.say("yes please", "affirm")
            kept = shop.staff.talks.talk(talk.sender)
            assert kept and kept.owner is Owner.WAITING and kept.reason == why


def test_a_yes_much_later_takes_no_offer(shop: Resources) -> None:
    talk = Talk(shop)
    talk.say("you are scammers", "out_of_scope")
    talk.say("what is niacinamide", "what_is")
    talk.say("yes", "affirm")
    assert talk.owner() is Owner.OFFERED


def test_the_owner_switches_reasons_off(sample_shop: Resources) -> None:
    with shop_with(sample_shop, staff=1, offer={"reasons": []}) as shop:
        message = Talk(shop).say("you are scammers", "out_of_scope")[0]
        assert "take a message" not in message.text and "care@moonjar.example" in message.text


def test_an_offer_at_night_is_to_take_a_message(shop: Resources) -> None:
    talk = Talk(shop)
    (message,) = talk.say("you are scammers", "out_of_scope", NIGHT)
    assert "back tomorrow at 9:00" in message.text and message.buttons[0]["title"] == "Leave a message"
    assert "e-mail address" in talk.say(message.buttons[0]["payload"], "affirm", NIGHT)[0].text


def test_after_a_red_flag_a_person_comes_behind_the_doctor(shop: Resources) -> None:
    messages = Talk(shop).say("my lips are swollen and i cannot breathe since your cream", "report_reaction")
    assert "emergency number" in messages[0].text and "A person can look into it too" in messages[-1].text
    assert "Shall I" not in messages[-1].text and len(messages) == 2


def test_who_waited_in_vain_leaves_an_address_and_keeps_their_place(shop: Resources) -> None:
    talk = Talk(shop)
    talk.say("talk to a human", "human")
    shop.staff.talks.heard(talk.sender, "my jar came broken", "1")
    shop.staff.talks.pass_time(timedelta(0))
    assert talk.owner() is Owner.MAIL
    assert "nobody has come in the promised time" in shop.staff.talks.lines(talk.sender)[-1].text
    assert "T1" in talk.say("kim@example.com", "out_of_scope", band=UNSURE)[0].text
    kept = shop.staff.talks.talk(talk.sender)
    assert kept and kept.owner is Owner.MAIL and kept.email == "kim@example.com" and kept.waiting_since is not None and kept.unread == 1
