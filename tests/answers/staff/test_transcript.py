"""Who talked to a person gets a copy by mail where they ask for it; who did not, or where no mailbox is set up, is answered otherwise."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Iterator

import pytest

from bot.answers.resources import Resources
from bot.support.handoff import HandoffUnreachable
from bot.support.places.mail.account import Account, Server
from bot.understanding.frame import UNSURE
from tests.answers.staff.test_offering import TUESDAY, Talk, shop_with

WISH = "please email me this chat at kim@example.com"


class Outbox(Account):
    """A mailbox that keeps what is sent."""

    def send(self, message: EmailMessage, patience_s: float = 0) -> None:
        if self.smtp.host == "down":
            raise HandoffUnreachable("down")
        SENT.append(message)


SENT: list[EmailMessage] = []


@pytest.fixture
def shop(sample_shop: Resources) -> Iterator[Resources]:
    SENT.clear()
    with shop_with(sample_shop, staff=1) as made:
        made.__dict__["mailbox"] = outbox("up")
        yield made


def outbox(host: str) -> Outbox:
    return Outbox("care@shop.example", Server("smtp", host, 25, "", ""), Server("imap", host, 143, "", ""), {"mia@shop.example": "Mia"})


def talked(shop: Resources) -> Talk:
    talk = Talk(shop)
    talk.say("talk to a human", "human")
    talks = shop.staff.talks
    talks.heard(talk.sender, "where is it", "1")
    talks.reply(talk.sender, "Mia", "In Chicago", "k")
    talks.note(talk.sender, "Mia", "a regular", "n")
    talks.give_back(talk.sender, "Mia", talks.talk(talk.sender).version)  # type: ignore[union-attr]
    return talk


@pytest.mark.parametrize("text", [
    WISH, "can you send a transcript to kim@example.com", "i would like a copy of our conversation, kim@example.com", "forward this conversation to kim@example.com",
])
def test_a_copy_is_sent_without_private_notes(text: str, shop: Resources) -> None:
    assert "sent a copy of this conversation to kim@example.com" in talked(shop).say(text, "contact", band=UNSURE)[0].text
    (mail,) = SENT
    body = mail.get_content()
    assert mail["To"] == "kim@example.com" and "Customer: where is it" in body and "Mia: In Chicago" in body and "a regular" not in body


def test_without_an_address_it_is_asked_for(shop: Resources) -> None:
    talk = talked(shop)
    assert "To which address?" in talk.say("email me this chat", "contact")[0].text and SENT == []
    shop.staff.talks.leave_message(talk.sender, "web", "asked", shop.staff.talks.talk(talk.sender).summary, "kim@example.com")  # type: ignore[union-attr]
    assert "to kim@example.com" in talk.say("email me this chat", "contact")[0].text


def test_nobody_is_flooded(shop: Resources) -> None:
    talk = talked(shop)
    said = [talk.say(WISH, "contact", TUESDAY)[0].text for _ in range(4)]
    assert len(SENT) == 3 and "enough copies" in said[-1]


def test_a_mail_server_that_is_down_is_told(shop: Resources) -> None:
    shop.__dict__["mailbox"] = outbox("down")
    assert "can't send mail" in talked(shop).say(WISH, "contact")[0].text


def test_only_after_a_person_and_only_with_a_mailbox(shop: Resources) -> None:
    assert "copy of this conversation" not in Talk(shop).say(WISH, "contact")[0].text and SENT == []
    shop.__dict__["mailbox"] = None
    assert "copy of this conversation" not in talked(shop).say(WISH, "contact")[0].text
