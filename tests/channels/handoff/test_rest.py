"""A person on REST: the assistant is silent, what the staff write comes with the next answer and when it is asked for."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
import requests

from bot.store.privacy import Privacy
from bot.support.handoff import Author, Ending, Owner
from tests.channels.handoff.conftest import Shop

QUESTION = "can I use an ampoule every day?"
ASSISTANT = "Automatic note from the assistant"


class Customer:
    """Somebody who writes over REST."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.sender = uuid4().hex
        self.conversation = f"rest:{self.sender}"

    def say(self, text: str, message_id: str | None = None) -> list[dict[str, Any]]:
        """Sends a message; returns the replies."""
        body = {"sender": self.sender, "message": text, "message_id": message_id or uuid4().hex}
        answer = requests.post(f"{self.shop.address}/webhooks/rest/webhook", json=body, timeout=30)
        assert answer.status_code == 200, answer.text
        replies: list[dict[str, Any]] = answer.json()
        return replies

    def text(self, text: str) -> str:
        """Sends a message; returns the replies as one text."""
        return " ".join(reply.get("text", "") for reply in self.say(text))

    def poll(self, after: int = 0) -> dict[str, Any]:
        """Asks for what the staff wrote."""
        answer = requests.get(f"{self.shop.address}/webhooks/rest/messages", {"sender": self.sender, "after": str(after)}, timeout=30)
        assert answer.status_code == 200, answer.text
        polled: dict[str, Any] = answer.json()
        return polled


@pytest.fixture
def customer(staffed: Shop) -> Customer:
    return Customer(staffed)


def test_from_the_question_to_a_person_and_back(customer: Customer, staffed: Shop) -> None:
    talks = staffed.talks
    assert "within 10 minutes" in customer.text("talk to a human")
    assert staffed.talk(customer.conversation).owner is Owner.WAITING
    (kept,) = customer.say(QUESTION)
    assert "text" not in kept and kept["custom"]["person"] == {"owner": "waiting", "name": ""}
    talks.reply(customer.conversation, "Mia", "Hi, let me look.", "k1")
    said = customer.say("thank you")
    assert [one.get("text") for one in said] == ["Mia joined the chat.", "Hi, let me look.", None]
    assert said[1]["custom"]["person"]["name"] == "Mia" and said[2]["custom"]["person"] == {"owner": "person", "name": "Mia"}
    talks.give_back(customer.conversation, "Mia", staffed.talk(customer.conversation).version)
    back = customer.say(QUESTION)
    assert back[0]["text"].startswith("Mia left the chat.") and back[1]["text"].startswith("No.")
    thread = [(line.author, line.text) for line in talks.thread(customer.conversation)]
    assert [text for author, text in thread if author is Author.CUSTOMER] == ["talk to a human", QUESTION, "thank you", QUESTION]
    answered = [text for author, text in thread if author is Author.ASSISTANT]
    assert len(answered) == 2, "the assistant announced the person, and answered after they were gone"


def test_the_staff_see_how_a_question_is_read(customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say("how often may I use retinol?")
    before, during = [line for line in staffed.talks.thread(customer.conversation) if line.author is Author.CUSTOMER]
    assert before.reading["intent"] == "ask_human"
    assert during.data["reading"]["intent"] == "ask_frequency" and "retinol" in during.data["reading"]["subjects"]


def test_polling_gives_each_line_once_behind_the_cursor(customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    staffed.talks.reply(customer.conversation, "Tom", "One", "1")
    first = customer.poll()
    assert [one["text"] for one in first["messages"]] == ["Tom joined the chat.", "One"] and first["owner"] == "person" and first["name"] == "Tom"
    staffed.talks.note(customer.conversation, "Tom", "not for them", "n")
    staffed.talks.reply(customer.conversation, "Tom", "Two", "2")
    again = customer.poll(first["after"])
    assert [one["text"] for one in again["messages"]] == ["Two"] and customer.poll(again["after"])["messages"] == []
    lines = [line for line in staffed.talks.lines(customer.conversation) if line.author.is_for_customer]
    assert all(line.delivered_at for line in lines)


def test_a_message_sent_again_is_kept_once_and_gets_the_same(customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    staffed.talks.reply(customer.conversation, "Mia", "Hello", "1")
    first = customer.say("my jar came broken", "again-1")
    staffed.talks.reply(customer.conversation, "Mia", "Oh no", "2")
    assert customer.say("my jar came broken", "again-1")[:-1] == first[:-1]
    staffed.talks.close(customer.conversation, "Mia", ending=Ending.BY_PERSON)
    late = customer.say("my jar came broken", "again-1")
    assert late[-1]["custom"]["person"]["owner"] == "assistant", "it was for the staff and stays that"
    written = [line.text for line in staffed.talks.thread(customer.conversation) if line.author is Author.CUSTOMER]
    assert written == ["talk to a human", "my jar came broken"]


def test_an_emergency_still_gets_its_sentence_marked_as_automatic(customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    staffed.talks.reply(customer.conversation, "Mia", "Hello", "1")
    *_, said, state = customer.say("my lips are swollen and I can't breathe")
    assert said["text"].startswith(ASSISTANT) and "emergency number" in said["text"] and said["custom"]["person"]["from"] == "automatic"
    assert state["custom"]["person"]["owner"] == "person", "Mia still has the talk"
    assert all(ASSISTANT not in reply.get("text", "") for reply in customer.say("an ambulance is coming"))


@pytest.mark.parametrize("text", [
    "I had an allergic reaction, can I talk to a human", "I want a person, I have a rash", "can I talk to a human about my rash",
    "I need a person, your serum gave me an allergic reaction",
])
def test_who_asks_for_a_person_about_a_reaction_is_passed_on_and_told_what_is_safe(text: str, customer: Customer, staffed: Shop) -> None:
    said = customer.text(text)
    assert said.count("passed you on") == 1 and "doctor" in said, said
    assert staffed.talk(customer.conversation).owner is Owner.WAITING


def test_an_emergency_is_marked_for_the_staff_and_comes_first(customer: Customer, staffed: Shop) -> None:
    said = customer.text("my lips are swollen, get me a person")
    assert said.count("emergency number") == 1 and said.count("passed you on") == 1
    assert staffed.talk(customer.conversation).summary.emergency
    assert staffed.talks.listed()[0].summary.emergency
    later = Customer(staffed)
    later.say("talk to a human")
    assert not staffed.talk(later.conversation).summary.emergency
    later.say("my lips are swollen and I can't breathe")
    assert staffed.talk(later.conversation).summary.emergency
    staffed.talks.close(later.conversation, "Mia")
    assert not staffed.talk(later.conversation).summary.emergency


def test_health_is_shown_to_the_staff_only_where_the_customer_agrees(customer: Customer, staffed: Shop) -> None:
    customer.say("I am pregnant and my skin is dry")
    asked = customer.say("talk to a human")
    share, back = asked[-1]["buttons"]
    assert "pregnant" in asked[-1]["text"] and back["payload"] == "Back to the assistant"
    assert staffed.talk(customer.conversation).summary.person == ()
    assert "Thank you" in customer.text(share["payload"])
    (told,) = staffed.talk(customer.conversation).summary.person
    assert "pregnant" in told


@pytest.mark.parametrize("wish", ["back to the assistant", "I want to talk to the bot again", "let me go back to the bot please"])
def test_the_customer_goes_back(wish: str, customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    staffed.talks.reply(customer.conversation, "Mia", "Hello", "1")
    assert "I'm the assistant again" in customer.text(wish)
    assert customer.text(QUESTION).startswith("No.")


@pytest.mark.parametrize("wish", ["cancel that, I don't want a person anymore", "never mind", "no thanks, I don't need a human", "cancel my request"])
def test_who_waits_takes_the_request_back(wish: str, customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say("it is about my parcel")
    assert "taken your request back" in customer.text(wish)
    talk = staffed.talk(customer.conversation)
    assert (talk.owner, talk.waiting_since, talk.unread) == (Owner.ASSISTANT, None, 0)
    assert customer.text(QUESTION).startswith("No.")


@pytest.mark.parametrize("talk", ["I changed my mind about the cream, I want to return it", "no thanks", "why did nobody come?", "I still want a person"])
def test_other_words_of_who_waits_take_nothing_back(talk: str, customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say(talk)
    assert staffed.talk(customer.conversation).owner is Owner.WAITING


@pytest.mark.parametrize("wish", ["I don't want a person anymore", "no thanks, I don't need a human", "there is no need to talk to an agent"])
def test_who_wants_no_person_is_not_passed_on(wish: str, customer: Customer, staffed: Shop) -> None:
    assert "passed you on" not in customer.text(wish)
    assert staffed.talks.owner(customer.conversation) is Owner.ASSISTANT


@pytest.mark.parametrize("wish", ["I don't want a bot, give me a person", "why can't I talk to a human?", "I don't want to chat with a machine, I want an agent"])
def test_no_wish_for_a_bot_is_one_for_a_person(wish: str, customer: Customer, staffed: Shop) -> None:
    assert "passed you on" in customer.text(wish)
    assert staffed.talks.owner(customer.conversation) is Owner.WAITING


@pytest.mark.parametrize("talk", ["the bot told me to use retinol", "I don't want to talk to the bot again", "can I send it back to you?"])
def test_talk_of_the_bot_is_no_wish_for_it(talk: str, customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say(talk)
    assert staffed.talk(customer.conversation).owner is Owner.WAITING


@pytest.mark.parametrize(("text", "reason"), [
    ("you are all scammers", "fraud"), ("you will hear from my lawyer", "legal"), ("this is the worst shop ever", "anger"),
])
def test_a_person_is_offered_and_never_forced(text: str, reason: str, customer: Customer, staffed: Shop) -> None:
    offer = customer.say(text)[-1]
    assert "Shall I pass you on to a person?" in offer["text"] and len(offer["buttons"]) == 2
    talk = staffed.talk(customer.conversation)
    assert (talk.owner, talk.reason) == (Owner.OFFERED, reason)
    assert customer.text(QUESTION).startswith("No."), "who does not take it goes on with the assistant"
    customer.say(text)
    assert "I've passed you on" in customer.text("yes please")
    assert staffed.talk(customer.conversation).reason == reason


def test_an_offer_is_declined(customer: Customer, staffed: Shop) -> None:
    customer.say("you are all scammers")
    assert "I'm still here" in customer.text("no thanks")
    assert staffed.talk(customer.conversation).owner is Owner.ASSISTANT


def test_lost_twice_offers_a_person(customer: Customer) -> None:
    customer.say("asdf qwer")
    assert "Shall I pass you on" in customer.text("zxcv poiu lkj")


def test_erasing_takes_the_talk_along(customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say("my name is Kim")
    staffed.talks.reply(customer.conversation, "Mia", "Hello Kim", "1")
    staffed.talks.note(customer.conversation, "Mia", "Kim again", "2")
    var = staffed.folder / "var"
    privacy = Privacy(f"sqlite:///{var / 'conversations.sqlite'}", f"sqlite:///{var / 'shop.sqlite'}")
    exported = privacy.export(customer.conversation)
    assert len(exported["handoff"]) == 1 and len(exported["handoff_line"]) == 4
    privacy.erase(customer.conversation)
    privacy.dispose()
    assert staffed.talks.talk(customer.conversation) is None and staffed.talks.thread(customer.conversation) == []
    assert customer.text(QUESTION).startswith("No.")


@pytest.mark.parametrize("wish", ["forget me", "please delete my data", "/forget"])
@pytest.mark.parametrize("joined", [False, True])
def test_who_wants_to_be_forgotten_is_erased_whoever_has_the_talk(wish: str, joined: bool, customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say("my name is Kim")
    if joined:
        staffed.talks.reply(customer.conversation, "Mia", "Hello Kim", "1")
    assert "Our conversation is erased" in customer.text(wish)
    assert staffed.talks.talk(customer.conversation) is None and staffed.talks.thread(customer.conversation) == []
    assert customer.text(QUESTION).startswith("No.")


@pytest.mark.parametrize("talk", ["forget it", "you forgot me", "please don't forget about me"])
def test_other_forgetting_goes_to_the_staff(talk: str, customer: Customer, staffed: Shop) -> None:
    customer.say("talk to a human")
    customer.say("my name is Kim")
    customer.say(talk)
    assert len(staffed.talks.thread(customer.conversation)) > 2


@pytest.mark.parametrize("query", ["", "?sender=", "?sender=me&after=-1", "?sender=me&after=x", "?after=1", "?sender=me&after=" + "9" * 40])
def test_what_cannot_be_polled_is_refused(query: str, staffed: Shop) -> None:
    answer = requests.get(f"{staffed.address}/webhooks/rest/messages{query}", timeout=30)
    assert answer.status_code == 400 and "sender" in answer.json()["error"]
