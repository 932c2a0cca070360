"""What was wished for before an order was proved is answered once it is, what is added is kept, and what is missing is said truly."""

from __future__ import annotations

import pytest

from bot.support.gateway import State
from tests.answers.orders.conftest import Chat, NewChat
from tests.support.conformance import EMAIL

SEEING_ONLY = {"change: number_and_email": "change: nobody"}


class TestWhatIsMissing:
    @pytest.mark.parametrize("text", ["I don't have the email", "not going to give you my email", "i lost access to that mail, no email at hand"])
    def test_with_the_number_known_the_mail_is_what_is_missing(self, chat: Chat, text: str) -> None:
        chat.say("where is order KB-2002", "order_status")
        reply = chat.say(text)
        assert "what is missing is the e-mail" in reply and "without it I can't look anything up" not in reply

    def test_without_a_number_it_is_the_number(self, chat: Chat) -> None:
        chat.say("where is my order", "order_status")
        assert "The order number stands in the confirmation e-mail" in chat.say("i can't find the number")

    def test_a_mail_is_refused_in_the_same_message(self, chat: Chat) -> None:
        reply = chat.say("i will not type my email here, where is order KB-2002", "order_status")
        assert "what is missing is the e-mail" in reply and "KB-2002" in reply

    @pytest.mark.parametrize("text", ["KB-2002, zip 12180", "order KB-2002 and my postcode is 12180"])
    def test_a_postcode_is_said_to_be_not_enough(self, chat: Chat, text: str) -> None:
        chat.say("where is my order", "order_status")
        reply = chat.say(text)
        assert "A postcode or a second number is not enough" in reply and "KB-2002" in reply

    @pytest.mark.parametrize("text", ["what did my brother order, KB-2002", "my wife's order KB-2002, what is in it", "what has my colleague bought in order KB-2002"])
    def test_somebody_elses_order_is_refused(self, chat: Chat, text: str) -> None:
        reply = chat.say(text, "order_status")
        assert "somebody else's order" in reply and "Which e-mail did you" not in reply

    def test_neighbours_without_it_are_no_lost_number(self, chat: Chat) -> None:
        chat.say("the tracking says delivered and nothing is here", "order_status")
        chat.say("KB-2003")
        reply = chat.say("the people next door don't have it, neither do the neighbours, what now")
        assert "carrier trace it" in reply and "Which e-mail" in reply


class TestANumberInAnAddress:
    def test_is_no_order_number(self, new_chat: NewChat) -> None:
        chat = new_chat(lines=SEEING_ONLY)
        chat.say("please send order KB-2001 to our new flat", "change_order")
        reply = chat.say(f"{EMAIL} 1420 Lake Avenue, Troy, NY 12180")
        assert "1420 Lake Avenue, Troy, NY 12180" in reply and "can't find an order" not in reply


class TestTheWishBeforeTheProof:
    def test_charged_twice(self, chat: Chat) -> None:
        chat.say("you charged me two times for one order, i will sue you", "payment")
        reply = chat.say(f"KB-2001, {EMAIL}")
        assert "only held by the bank" in reply and "charged twice or wrongly" in reply
        assert "T1001" in chat.say("yes")

    def test_delivered_and_not_there_with_everybody_asked(self, chat: Chat) -> None:
        chat.say("usps shows delivered, i asked the neighbours and looked everywhere", "order_status")
        reply = chat.say(f"KB-2003, {EMAIL}")
        assert "looked around and asked already" in reply and "Find order KB-2003" in reply

    def test_the_refund_of_a_cancelled_order_is_told_without_amounts(self, new_chat: NewChat) -> None:
        chat = new_chat(lines=SEEING_ONLY)
        reply = chat.say(f"i cancelled KB-2004 and my bank shows nothing, {EMAIL}", "refund")
        assert "Order KB-2004 was cancelled" in reply and "as a ticket" in reply and "USD" not in reply

    def test_money_for_a_return_that_nobody_knows(self, chat: Chat) -> None:
        reply = chat.say(f"i returned a toner from KB-2003 weeks ago and no money came, {EMAIL}", "refund")
        assert "no refund and no return" in reply and "reached the shop" in reply


class TestAChangeOfMind:
    @pytest.mark.parametrize("text", ["no, don't cancel! just take the cream out", "stop, not cancel it please, only remove one toner", "wait no, do not cancel. take one of the toners off"])
    def test_drops_the_cancellation_and_takes_up_the_wish(self, new_chat: NewChat, text: str) -> None:
        chat = new_chat(lines=SEEING_ONLY)
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        reply = chat.say(text)
        assert "I leave that" in reply and "Change order KB-2001" in reply and "don't cancel" not in reply
        assert "T1001" in chat.say("yes") and chat.order("KB-2001").state is State.OPEN

    def test_a_plain_no_still_only_drops(self, chat: Chat) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "Nothing was c" in chat.say("no, don't cancel it")

    def test_why_it_comes_back_is_no_refusal(self, new_chat: NewChat) -> None:
        chat = new_chat(lines=SEEING_ONLY)
        chat.say(f"i want to return the cream of KB-2003, {EMAIL}", "return")
        reply = chat.say("still closed, i do not need it any more")
        assert "still closed, i do not need it any more" in reply and "I leave it" not in reply

    def test_what_is_added_to_a_return_overwrites_nothing(self, new_chat: NewChat) -> None:
        chat = new_chat(lines=SEEING_ONLY)
        chat.say(f"i want to return the cream of KB-2003, {EMAIL}", "return")
        reply = chat.say("never opened it, i have too many")
        assert "return the cream; never opened it, i have too many" in reply


class TestWishes:
    @pytest.mark.parametrize("text", ["i ordered the toner and you sent me a cream", "you sent the wrong thing"])
    @pytest.mark.parametrize("wish", ["no refund, i want the right one", "send the correct product, not my money back"])
    def test_a_refused_refund_is_a_replacement(self, new_chat: NewChat, text: str, wish: str) -> None:
        chat = new_chat(lines=SEEING_ONLY)
        reply = chat.say(f"{text}, order KB-2003 {EMAIL}, {wish}", "refund")
        assert "a replacement, no refund" in reply and "not what was ordered" in reply and "none is known" not in reply

    @pytest.mark.parametrize("text", ["can you gift wrap it", "please leave the prices out of the parcel", "could it be paid with another card", "no receipt in the box please"])
    def test_what_shall_change_is_more_than_items(self, chat: Chat, text: str) -> None:
        chat.say(f"i want to change order KB-2001, {EMAIL}", "change_order")
        reply = chat.say(text, "discount")
        assert "for the team to say" in reply and "Change order KB-2001" in reply

    def test_one_more_wish_is_added(self, chat: Chat) -> None:
        chat.say(f"i forgot the gift wrapping of order KB-2001, {EMAIL}", "change_order")
        reply = chat.say("and no price in the box", "discount")
        assert "gift wrapping" in reply and "no price in the box" in reply
