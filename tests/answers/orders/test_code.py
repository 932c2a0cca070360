"""A code by mail opens an order: through a real mail server, in the conversation that asked for it alone, a few times, for a few
minutes; without mail, or without the mailbox, the staff does it, and that is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.store.models import utc_now
from bot.store.support_models import MailedCode
from bot.support.gateway import State
from bot.support.mailing import Mailer, Server
from bot.support.posting import Posting
from bot.support.proving import Asker
from tests.answers.orders.conftest import Chat, NewChat
from tests.peers.environment import newer_python
from tests.peers.mail import CARE, MailServer, body, mail_server
from tests.support.conformance import BASE, EMAIL, LINES, ORDERS, OTHER

CODES = {"  change: number_and_email": "  change: mailed_code"}
UNSEEN = {"  see: number_and_email\n  change: number_and_email": "  see: mailed_code\n  change: mailed_code"}
CUSTOMERS = {"  see: number_and_email\n  change: number_and_email": "  see: [email, name_and_postcode]\n  change: mailed_code"}
SECRETS = (*(line.title for line in LINES), "57.24", "Hill Rd", "Visa")


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    python = newer_python()
    if python is None:
        assert not os.environ.get("CI"), "the mail server needs Python 3.11; .ci/run installs it"
        pytest.skip("the mail server needs Python 3.11")
    with mail_server(python) as found:
        yield found


class Customer(Chat):
    """A conversation, and the customer's mailbox."""

    mails: MailServer

    def code(self, address: str = EMAIL, number: int = -1) -> str:
        """The code of a mail, of the last one unless another is asked for, after what waits was sent."""
        self.post()
        return next(word for word in body(self.mails.inbox(address)[number]).split() if word.isdecimal() and len(word) == 6)

    def post(self) -> None:
        assert self.resources.posting is not None and self.resources.posting.once()

    def moved(self, minutes: float) -> None:
        """Lets the code grow older."""
        with self.resources.database.session() as session:
            session.execute(MailedCode.__table__.update().values(until=utc_now() + timedelta(minutes=10 - minutes)))
            session.commit()

    def stranger(self, sender: str = "somebody else") -> Customer:
        made = Customer(self.resources, self._extractor, sender=sender)
        made.mails, made.memory = self.mails, self.memory
        return made


@pytest.fixture
def customer(new_chat: NewChat, server: MailServer) -> Iterator[Customer]:
    yield with_mail(new_chat(lines=CODES), server)


def with_mail(chat: Chat, server: MailServer) -> Customer:
    chat.resources.__dict__["mailer"] = Mailer(CARE, Server("smtp", "127.0.0.1", server.smtp_port, "", ""))
    chat.__class__ = Customer
    assert isinstance(chat, Customer)
    chat.mails = server
    return chat


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def tells_items(reply: str) -> bool:
    return any(one in reply for one in SECRETS)


class TestTyped:
    def test_number_and_email_show_the_state_and_a_code_the_rest(self, customer: Customer) -> None:
        reply = customer.say(f"where is my order KB-2001, {EMAIL}", "order_status")
        assert "has not left the shop yet" in reply and not tells_items(reply)
        asked = customer.say("cancel it", "cancel_order")
        assert "can still be cancelled" in asked and "on its way to r•••@example.com" in asked and not tells_items(asked)
        before = len(customer.mails.inbox(EMAIL))
        shown = customer.say(f"it says {customer.code()}, thanks")
        assert len(customer.mails.inbox(EMAIL)) == before + 1
        assert "2 x Rice Toner (150 ml) and Cica Cream" in shown and customer.order("KB-2001").state is State.OPEN
        assert "is cancelled." in customer.say("yes") and customer.order("KB-2001").state is State.CANCELLED

    @pytest.mark.parametrize("form", ["{0}", "{0}.", "the code is {0}", "{1} {2}", "{1}-{2}", "not 111111, it is {0}", "code: {0} please"])
    def test_in_any_form(self, customer: Customer, form: str) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        code = customer.code()
        assert "Shall I cancel it?" in customer.say(form.format(code, code[:3], code[3:]))

    def test_what_was_said_before_is_kept_over_the_code(self, customer: Customer) -> None:
        customer.say(f"change the address of order KB-2001 to 9 Lake St, Apt 2, Troy, NY 12180, {EMAIL}", "change_order")
        assert "9 Lake St, Apt 2, Troy, NY 12180" in customer.say(customer.code())
        customer.say("yes")
        assert customer.order("KB-2001").address.line1 == "9 Lake St"

    def test_a_return_named_piece_by_piece(self, customer: Customer) -> None:
        customer.say("i want to return something", "return")
        assert "on its way to" in customer.say(f"the cream of KB-2003, it is unopened, {EMAIL}")
        assert "return of Cica Cream: 16.05 USD" in customer.say(customer.code())
        customer.say("yes")
        assert [line.returned for line in customer.order("KB-2003").lines] == [0, 1]

    def test_what_is_in_an_order_and_where_it_goes(self, customer: Customer) -> None:
        asked = customer.say(f"what did i order in KB-2001? {EMAIL}", "order_status")
        assert "on its way to r•••" in asked and not tells_items(asked)
        assert "2 x Rice Toner (150 ml)" in customer.say(customer.code())
        assert "4 Hill Rd" in customer.say("and which address does order KB-2001 go to?", "order_status")

    def test_too_late_sends_no_code(self, customer: Customer) -> None:
        before = len(customer.mails.inbox(EMAIL))
        assert "shipped already" in customer.say(f"cancel order KB-2002, {EMAIL}", "cancel_order")
        customer.post()
        assert len(customer.mails.inbox(EMAIL)) == before

    def test_the_next_order_of_the_same_address_needs_no_other_code(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        customer.say(customer.code())
        customer.say("yes")
        assert "return of Cica Cream" in customer.say("return the cream of order KB-2003, unopened", "return")
        assert "can't find" in customer.say("cancel order KB-2005", "cancel_order")

    def test_an_interruption_is_answered_and_the_code_still_waits(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        answer = customer.say("what does niacinamide do?", "benefits")
        assert "iacinamide" in answer and "still need the six-digit code" in answer
        assert "Shall I cancel it?" in customer.say(customer.code())


class TestNotRight:
    def test_a_wrong_code_a_few_times_then_none(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        code = customer.code()
        for _ in range(5):
            assert "not the code" in customer.say(wrong(code))
        assert "too often" in customer.say(code) and "Send it again" in customer.buttons
        assert "no longer good" in customer.say("Send it again")
        assert "Shall I cancel it?" in customer.say(customer.code())

    def test_a_slip_counts_no_try(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        code = customer.code()
        for _ in range(9):
            assert "six digits" in customer.say(code[:5])
        assert "Shall I cancel it?" in customer.say(code)

    def test_after_ten_minutes_it_is_over(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        code = customer.code()
        customer.moved(10)
        assert "not good any more" in customer.say(code)
        customer.say("send me a new code")
        assert "not the code" in customer.say(code) or code == customer.code()
        assert "Shall I cancel it?" in customer.say(customer.code())

    def test_it_is_good_once_and_in_its_own_conversation(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        code, other = customer.code(), customer.stranger()
        assert not tells_items(other.say(code))
        customer.say(code)
        assert not tells_items(other.say(code)) and not tells_items(other.say("yes"))
        assert customer.order("KB-2001").state is State.OPEN

    def test_a_few_codes_an_hour(self, customer: Customer) -> None:
        before = len(customer.mails.inbox(EMAIL))
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        for _ in range(3):
            customer.post()
            assert "new code" in customer.say("i did not get it, send it again")
        customer.post()
        assert "too many codes" in customer.say("send it again")
        other = customer.stranger("another tab")
        assert "too many codes" in other.say(f"cancel order KB-2001, {EMAIL}", "cancel_order"), "the order's limit holds for every conversation"
        customer.post()
        assert len(customer.mails.inbox(EMAIL)) == before + 4

    def test_asked_again_meanwhile_no_second_code_goes_out(self, customer: Customer) -> None:
        before = len(customer.mails.inbox(EMAIL))
        for _ in range(3):
            customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
            customer.post()
        assert len(customer.mails.inbox(EMAIL)) == before + 1

    @pytest.mark.parametrize("said", ["I can't read that mailbox", "i can't get into that mailbox", "i don't have that e-mail any more", "that is my old address", "i have no access to that account"])
    def test_who_cannot_read_it_gets_a_ticket(self, customer: Customer, said: str) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        offered = customer.say(said)
        assert "Cancel order KB-2001 (not proved by a code" in offered and not tells_items(offered)
        reply = customer.say("yes")
        assert "T1001" in reply and "make sure that it's you" in reply and customer.order("KB-2001").state is State.OPEN

    def test_nor_is_who_cannot_read_it_told_what_is_in_it(self, customer: Customer) -> None:
        customer.say(f"what did i order in KB-2001? {EMAIL}", "order_status")
        offered = customer.say("i can't get into that mailbox")
        assert "Tell what is in order KB-2001" in offered and "can't send you a code" not in offered and not tells_items(offered)
        assert "T1001" in customer.say("yes")

    def test_giving_up_changes_nothing(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "Nothing was changed" in customer.say("never mind")
        code = customer.code()
        customer.say(code)
        assert customer.order("KB-2001").state is State.OPEN


class TestWithout:
    def test_without_mail_changes_become_tickets_and_that_is_said(self, new_chat: NewChat) -> None:
        chat = new_chat(lines=CODES)
        offered = chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "can't send you a code here" in offered and "not proved by a code" in offered and not tells_items(offered)
        assert "T1001" in chat.say("yes") and chat.order("KB-2001").state is State.OPEN
        assert chat.resources.posting is None

    def test_without_mail_nobody_is_told_what_is_in_it(self, new_chat: NewChat) -> None:
        reply = new_chat(lines=CODES).say(f"what did i order in KB-2001? {EMAIL}", "order_status")
        assert "can't send you a code" in reply and not tells_items(reply)

    def test_a_server_that_is_down_is_tried_again(self, customer: Customer) -> None:
        customer.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        mailer = customer.resources.mailer
        assert mailer is not None and customer.resources.orders is not None
        down = replace(customer.resources.orders.codes, mailer=Mailer(CARE, replace(mailer.smtp, port=1)))
        assert not Posting([down.send_due]).once()
        with customer.resources.database.session() as session:
            session.execute(MailedCode.__table__.update().values(lease_until=utc_now() - timedelta(seconds=1)))
            session.commit()
        assert "Shall I cancel it?" in customer.say(customer.code())

    def test_an_order_without_an_address_is_for_the_staff(self, new_chat: NewChat, server: MailServer) -> None:
        odd = with_mail(new_chat(orders=(replace(BASE, email="@"),), lines=CODES), server)
        odd.say("cancel order KB-2001, @", "cancel_order")
        odd.post()
        assert odd.order("KB-2001").state is State.OPEN


class TestUnseen:
    """A shop in which nothing is told before the code was typed, not even that there is an order."""

    @pytest.fixture
    def unseen(self, new_chat: NewChat, server: MailServer) -> Customer:
        return with_mail(new_chat(lines=UNSEEN), server)

    def test_the_right_and_the_wrong_ones_are_answered_alike(self, unseen: Customer) -> None:
        before = {one: len(unseen.mails.inbox(one)) for one in (EMAIL, OTHER)}
        said = [unseen.stranger(f"c{place}").say(f"where is my order {number}, {email}", "order_status") for place, (number, email) in enumerate(
            (("KB-2001", EMAIL), ("KB-2001", OTHER), ("KB-9999", EMAIL), ("KB-2005", EMAIL))
        )]
        assert len({one.replace("KB-2005", "KB-2001").replace("KB-9999", "KB-2001").replace("s•••", "r•••") for one in said}) == 1
        unseen.post()
        assert len(unseen.mails.inbox(EMAIL)) == before[EMAIL] + 1 and len(unseen.mails.inbox(OTHER)) == before[OTHER]

    def test_the_code_shows_the_order(self, unseen: Customer) -> None:
        unseen.say(f"where is my order KB-2001, {EMAIL}", "order_status")
        reply = unseen.say(unseen.code())
        assert "has not left the shop yet" in reply and "Rice Toner" in reply
        assert "KB-2003 was delivered" in unseen.say("and where is order KB-2003?", "order_status")

    def test_whatever_is_typed_for_nobody_is_wrong_as_often(self, unseen: Customer) -> None:
        talks = [unseen.stranger("right"), unseen.stranger("wrong")]
        for talk, number in zip(talks, ("KB-2001", "KB-9999")):
            talk.say(f"where is my order {number}, {EMAIL}", "order_status")
        code = unseen.code()
        for _ in range(7):
            first, second = (talk.say(wrong(code)) for talk in talks)
            assert first == second

    def test_without_mail_nothing_is_looked_up(self, new_chat: NewChat) -> None:
        assert "can't see orders" in new_chat(lines=UNSEEN).say(f"where is my order KB-2001, {EMAIL}", "order_status")


class TestCustomers:
    """A shop that knows customers by e-mail or name, and lets them change things by a code."""

    def test_a_code_for_all_orders(self, new_chat: NewChat, server: MailServer) -> None:
        known = tuple(one for one in ORDERS if one.email == EMAIL)
        talk = with_mail(new_chat(orders=known, lines=CUSTOMERS), server)
        asked = talk.say(f"cancel order KB-2001 and return the cream of order KB-2003, unopened. I am {EMAIL}", "cancel_order")
        assert "on its way to r•••@example.com" in asked and not tells_items(asked)
        assert "would cancel all of it" in talk.say(talk.code())
        assert "return of Cica Cream" in talk.say("yes") and talk.order("KB-2001").state is State.CANCELLED
        assert talk.resources.orders is not None
        assert talk.resources.orders.proving.customer(Asker("me")) is not None
