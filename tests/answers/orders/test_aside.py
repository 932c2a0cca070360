"""What is said while a request waits: that it is left, that another order or thing is meant, that a person is wanted, something more;
and which order is meant by "the whole order"."""

from __future__ import annotations

import pytest

from bot.support.gateway import State
from tests.answers.orders.conftest import RULES, Chat, NewChat, customers_shop
from tests.support.conformance import EMAIL


@pytest.fixture
def proved(desk: Chat) -> Chat:
    """A talk with somebody who is known."""
    desk.say(f"hello, I am {EMAIL}", "order_status")
    return desk


class TestLeft:
    @pytest.mark.parametrize("text", ["no, leave it", "never mind", "no", "then leave that order please", "don't change anything"])
    def test_what_is_asked_for_is_left(self, proved: Chat, text: str) -> None:
        assert "Which variant" in proved.say("exchange the toner of KB-2003", "change_order")
        assert "I leave it" in proved.say(text)
        assert "Shall I" not in proved.say("the 300 ml") and not proved.order("KB-2003").returns

    def test_what_waited_behind_it_comes(self, proved: Chat) -> None:
        proved.say("change the address of order KB-2001. And return the cream of order KB-2003", "change_order")
        assert "register the return of Cica Cream" in proved.say("no, leave that order")


class TestAnotherIsMeant:
    def test_another_order_by_its_number(self, proved: Chat) -> None:
        proved.say("cancel order KB-2002", "cancel_order")
        proved.say("exchange the toner of KB-2003", "change_order")
        assert "I would change this in order KB-2001" in proved.say("no, I meant the toner of KB-2001, to 50 ml")
        proved.say("yes")
        assert proved.order("KB-2001").lines[0].sku == "RT-50" and not proved.order("KB-2003").returns

    def test_a_no_with_another_order_leaves_the_first(self, proved: Chat) -> None:
        assert "register the return" in proved.say("return the cream of KB-2003", "return")
        shown = proved.say("no! I want to cancel KB-2001, not that one", "cancel_order")
        assert "would cancel all of it" in shown
        proved.say("yes")
        assert proved.order("KB-2001").state is State.CANCELLED and not proved.order("KB-2003").returns

    def test_a_request_beside_a_question_is_taken_up_first(self, proved: Chat) -> None:
        assert "right address" in proved.say("change the address of order KB-2001", "change_order")
        assert "register the return of Cica Cream" in proved.say("return the cream of KB-2003", "return")
        assert "right address" in proved.say("yes") and proved.order("KB-2003").returns

    def test_the_things_that_are_not_meant_stay(self, proved: Chat) -> None:
        shown = proved.say("return everything of KB-2003", "return")
        assert "Cica Cream" in shown and "Rice Toner" in shown
        shown = proved.say("not the cream please")
        assert "return of 2 x Rice Toner (150 ml):" in shown
        proved.say("yes")
        assert [line.returned for line in proved.order("KB-2003").lines] == [2, 0]

    def test_where_the_money_goes_is_no_request_of_its_own(self, proved: Chat) -> None:
        proved.say("return the cream of KB-2003", "return")
        assert "would go back to gift card" in proved.say("can you refund it to my gift card instead?", "refund")
        assert "is registered" in proved.say("yes") and "Shall I" not in proved.say("thanks")


def test_a_person_is_offered_whatever_is_open(proved: Chat) -> None:
    for opening in ("return the cream of KB-2003", "exchange the toner of KB-2003", "return something"):
        proved.say(opening, "return")
        assert "a person of the team" in proved.say("please transfer me to a human")
        proved.say("no")
    assert not proved.order("KB-2003").returns


class TestTheWholeOrder:
    def test_is_the_one_that_is_spoken_of(self, proved: Chat) -> None:
        proved.say("change the toner of order KB-2001 to 500 ml", "change_order")
        assert "would cancel all of it" in proved.say("then cancel the whole order", "cancel_order")
        reply = proved.say("yes")
        assert "Order KB-2001 is cancelled" in reply and "Shall I" not in reply and proved.order("KB-2002").state is State.SHIPPED

    def test_everything_on_that_order(self, proved: Chat) -> None:
        proved.say("return the cream of KB-2003", "return")
        shown = proved.say("no, then return everything on that order", "return")
        assert "order KB-2002" not in shown and "Rice Toner" in shown and "Cica Cream" in shown

    def test_it_is_what_was_asked_about(self, proved: Chat) -> None:
        proved.say("what is in order KB-2001?", "order_status")
        assert "would cancel all of it" in proved.say("please cancel it", "cancel_order")


def test_what_somebody_has_no_more_is_not_taken_back(proved: Chat) -> None:
    for text in ("I just lost the cream of KB-2003, can I get a refund?", "return the cream of KB-2003, it was stolen", "refund the lost cream of KB-2003"):
        assert "can't be sent back" in proved.say(text, "return")
    assert "register the return" in proved.say("return the cream of KB-2003, I lost the box", "return")
    assert not proved.order("KB-2003").returns


def test_an_address_is_completed_by_its_postcode_and_shown(proved: Chat) -> None:
    assert "9 Lake St, Troy, NY 12180, US" in proved.say("change the address of order KB-2001 to 9 Lake St, Troy, 12180", "change_order")


def test_a_postcode_alone_puts_a_failed_proof_right(desk: Chat) -> None:
    desk.say("which orders do I have?", "order_status")
    assert "can't find" in desk.say("Rosa Diaz, 12204")
    assert "can't find" in desk.say("sorry, 12205") and "Rosa, I found you" in desk.say("I mean 12203")


class TestReasonsAndMoney:
    @pytest.fixture
    def strict(self, new_chat: NewChat) -> Chat:
        """A shop that takes two reasons, cancels whole orders only, and where exceptions are nobody's."""
        lines = {**RULES, "  cancel_until: packed": "  exceptions_by_team: false\n  cancel_until: packed\n  cancel_reasons: {not_needed: no longer needed, mistake: ordered by mistake}"}
        chat = customers_shop(new_chat, lines)
        chat.say(f"hello, I am {EMAIL}", "order_status")
        return chat

    def test_who_names_one_thing_is_told_first_that_all_of_it_goes(self, strict: Chat) -> None:
        shown = strict.say("cancel the cream in order KB-2001", "cancel_order")
        assert "can't take single items" in shown and "Rice Toner" in shown and "or ordered by mistake?" in shown
        assert "can't take" not in strict.say("yes") and strict.order("KB-2001").state is State.OPEN
        strict.say("no longer needed")
        strict.say("yes")
        assert strict.order("KB-2001").state is State.CANCELLED

    def test_and_may_leave_it(self, strict: Chat) -> None:
        strict.say("cancel the cream in order KB-2001", "cancel_order")
        assert "Nothing was cancelled" in strict.say("no, then leave it") and strict.order("KB-2001").state is State.OPEN

    def test_a_refund_elsewhere_is_refused_in_words(self, strict: Chat) -> None:
        strict.say("cancel order KB-2001, I no longer need it", "cancel_order")
        assert "the way it was paid, and nowhere else" in strict.say("can you refund it to my gift card instead?", "refund")
        assert "Nothing was cancelled" in strict.say("no, then don't cancel anything") and strict.order("KB-2001").state is State.OPEN

    def test_who_says_it_again_instead_of_yes_agrees_to_that_and_no_more(self, strict: Chat) -> None:
        strict.say("cancel the cream in order KB-2001, I no longer need it", "cancel_order")
        for text in ("cancel the whole order and refund it to my gift card", "cancel the whole order?", "if that is free just cancel the whole order"):
            strict.say(text, "cancel_order")
            assert strict.order("KB-2001").state is State.OPEN
        assert "is cancelled" in strict.say("I don't care, just cancel the whole order", "cancel_order")


class TestSums:
    def test_while_something_waits_for_a_yes(self, proved: Chat) -> None:
        proved.say("return the cream of KB-2003", "return")
        assert "get back 16.05 USD by what waits" in proved.say("how much do I get back in total?")
        proved.say("yes")
        assert "In all you get back 16.05 USD" in proved.say("how much do I get back in total?")
        shown = proved.say("what is in order KB-2003?")
        assert "Without what goes back: 36.20 USD" in shown

    def test_what_is_paid_and_what_goes_back_are_set_off(self, proved: Chat) -> None:
        proved.say("change the toner of order KB-2001 to 300 ml. And exchange the toner of order KB-2003 for 50 ml", "change_order")
        proved.say("yes")
        assert "In all you pay 5.60 USD more" in proved.say("yes")

    def test_what_things_cost_together(self, proved: Chat) -> None:
        assert "Cica Cream: 64.20 USD together" in proved.say("what is the total price of all the creams I bought?")


def test_an_address_is_changed_back(proved: Chat) -> None:
    proved.say("change my default address to 9 Lake St, Troy, NY 12180", "change_order")
    proved.say("yes")
    assert "4 Hill Rd" in proved.say("sorry, please change it back to the original", "change_order")
    assert "Done" in proved.say("yes")


def test_a_question_tells_no_name(desk: Chat) -> None:
    desk.say("cancel my order", "cancel_order")
    assert "first and last name and your postcode" in desk.say("how much is it then?")


def test_nothing_dearer_is_taken_for_the_cheapest(new_chat: NewChat) -> None:
    chat = customers_shop(new_chat, {key: line.replace("  change_items_once: true\n", "") for key, line in RULES.items()})
    chat.say(f"hello, I am {EMAIL}", "order_status")
    chat.say("change the toner of KB-2001 to the cheapest one", "change_order")
    chat.say("yes")
    assert chat.order("KB-2001").lines[0].sku == "RT-50"
    assert "no other variant" in chat.say("change the toner of KB-2001 to the cheapest one", "change_order")
    assert "size 300 ml" in chat.say("change the toner of KB-2001 to the most expensive one", "change_order")


def test_who_is_known_is_heard_as_of_their_orders(desk: Chat) -> None:
    desk.say(f"which orders do I have? {EMAIL}", "order_status")
    assert "KB-2001" in desk.say("can you promise that the older one comes this week?", "shop_topic")
    stranger = Chat(desk.resources, desk._extractor, sender="somebody else")
    assert "KB-2001" not in stranger.say("can you promise that the older one comes this week?", "shop_topic")


def test_a_question_beside_a_yes_is_answered_too(proved: Chat) -> None:
    proved.say("change the toner of KB-2001 to 50 ml", "change_order")
    reply = proved.say("yes. And what is the total price of that order?", "affirm")
    assert "Done" in reply and "Total 39.04 USD" in reply
