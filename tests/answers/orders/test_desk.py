"""A shop that proves customers, not single orders: several requests in one talk, each shown, confirmed and done by itself; other
variants, another way to pay, the own address; nothing done that was not agreed to, and nothing told of anybody else."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from bot.support.gateway import State
from bot.support.proving import Asker, Claim, Refusal
from tests.answers.orders.conftest import Chat
from tests.support.conformance import CARD, EMAIL, ORDERS, OTHER

SECRETS = ("KB-2005", "someone@")


def unchanged(chat: Chat) -> bool:
    """Whether every order is as it was."""
    return all(chat.order(one.number).version == chat.__dict__.setdefault("versions", {}).setdefault(one.number, chat.order(one.number).version) for one in ORDERS)


class TestWhoAsks:
    @pytest.mark.parametrize("told", [EMAIL, "Rosa Diaz, 12203", "my name is Rosa Diaz and my zip code is 12203"])
    def test_either_way_opens_all_orders(self, desk: Chat, told: str) -> None:
        assert "who you are" in desk.say("which orders do I have?", "order_status")
        reply = desk.say(told)
        assert "Rosa, I found you" in reply and all(number in reply for number in ("KB-2001", "KB-2002", "KB-2003"))
        assert not any(one in reply for one in SECRETS)

    def test_what_is_wrong_of_a_claim_is_not_told(self, desk: Chat) -> None:
        desk.say("which orders do I have?", "order_status")
        replies = {desk.say(told) for told in ("nobody@example.com", "Rosa Diaz, 99999", "Anna Smith, 12203", "Anna Smith, 99999")}
        assert len(replies) == 1 and "can't find" in replies.pop()

    def test_the_limits_hold_for_every_way(self, desk: Chat) -> None:
        desk.say("which orders do I have?", "order_status")
        for guess in range(5):
            desk.say(f"Rosa Diaz, {20000 + guess}")
        desk.say("which orders do I have?", "order_status")
        assert "too many tries" in desk.say(EMAIL)

    def test_one_customer_in_a_conversation(self, desk: Chat) -> None:
        desk.say(f"which orders do I have? {EMAIL}", "order_status")
        for text in (f"and the orders of {OTHER}?", f"cancel KB-2005, my other e-mail is {OTHER}", "cancel order KB-2005", "where is KB-2005"):
            reply = desk.say(text, "order_status")
            assert "Bay St" not in reply and "is cancelled" not in reply and "Order KB-2005**" not in reply
        assert desk.order("KB-2005").state is State.OPEN
        assert desk.resources.orders is not None
        assert desk.resources.orders.proving.look_up_customer(Asker("me"), Claim(email=OTHER)) is Refusal.NO_MATCH

    def test_another_conversation_knows_nothing(self, desk: Chat) -> None:
        desk.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        stranger = Chat(desk.resources, desk._extractor, sender="somebody else")
        stranger.memory = desk.memory
        for text in ("yes", "cancel order KB-2001", "where is my order"):
            assert "Rice Toner" not in stranger.say(text)
        assert desk.order("KB-2001").state is State.OPEN


class TestSeveral:
    def test_two_requests_in_one_message_are_two_proposals(self, desk: Chat) -> None:
        shown = desk.say(f"I am {EMAIL}. Cancel order KB-2001 and return the cream of order KB-2003", "cancel_order")
        assert "would cancel all of it" in shown and "register the return" not in shown
        shown = desk.say("yes")
        assert desk.order("KB-2001").state is State.CANCELLED and "return of Cica Cream" in shown and not desk.order("KB-2003").returns
        reply = desk.say("yes")
        assert [line.returned for line in desk.order("KB-2003").lines] == [0, 1] and "In all you get back 73.29 USD" in reply

    def test_a_no_leaves_one_and_goes_on_with_the_next(self, desk: Chat) -> None:
        desk.say(f"I am {EMAIL}. Cancel order KB-2001 and return the cream of order KB-2003", "cancel_order")
        assert "return of Cica Cream" in desk.say("no")
        desk.say("yes")
        assert desk.order("KB-2001").state is State.OPEN and desk.order("KB-2003").returns

    def test_everything_except(self, desk: Chat) -> None:
        assert "return of 2 x Rice Toner (150 ml):" in desk.say(f"return everything of order KB-2003 except the cream, {EMAIL}", "return")

    def test_what_is_meant_for_a_refusal_comes_only_then(self, desk: Chat) -> None:
        shown = desk.say(f"{EMAIL}: exchange the toner of KB-2003 for the 500 ml one. If it is not available, return the toner of KB-2003", "return")
        assert "no such variant" in shown and "return of 2 x Rice Toner" in shown
        shown = desk.say("no")
        assert not desk.order("KB-2003").returns and shown

    def test_another_request_beside_an_open_one_waits_for_its_turn(self, desk: Chat) -> None:
        desk.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        desk.say("also return the cream of KB-2003")
        assert desk.order("KB-2001").state is State.OPEN
        assert "return of Cica Cream" in desk.say("yes")
        assert desk.order("KB-2001").state is State.CANCELLED and not desk.order("KB-2003").returns


class TestVariants:
    def test_an_exchange_is_shown_and_done_once(self, desk: Chat) -> None:
        shown = desk.say(f"exchange the toner of order KB-2003 for a bigger one, {EMAIL}", "return")
        assert "size 300 ml" in shown and "pay 23.80 USD more, by Visa" in shown and not desk.order("KB-2003").returns
        assert "is registered" in desk.say("yes")
        assert [one.exchange for one in desk.order("KB-2003").returns] == [True]
        desk.say("yes", "affirm")
        assert len(desk.order("KB-2003").returns) == 1

    def test_items_change_before_the_parcel_is_packed(self, desk: Chat) -> None:
        shown = desk.say(f"change the toner of order KB-2001 to 50 ml, {EMAIL}", "change_order")
        assert "18.20 USD would go back to Visa" in shown
        desk.say("yes")
        assert desk.order("KB-2001").lines[0].sku == "RT-50" and desk.order("KB-2001").total == Decimal("39.04")
        assert "changed once" in desk.say("change the toner of order KB-2001 to 300 ml", "change_order")

    def test_a_correction_is_shown_anew_and_the_first_never_done(self, desk: Chat) -> None:
        desk.say(f"change the toner of order KB-2001 to 50 ml, {EMAIL}", "change_order")
        shown = desk.say("no, the 300 ml one")
        assert "size 300 ml" in shown and desk.order("KB-2001").lines[0].sku == "RT-150"
        desk.say("yes")
        assert desk.order("KB-2001").lines[0].sku == "RT-300"

    def test_what_is_not_to_be_had_is_not_proposed(self, desk: Chat) -> None:
        reply = desk.say(f"change the toner of order KB-2001 to 500 ml, {EMAIL}", "change_order")
        assert "no such variant" in reply and "Shall I" not in reply and "size 300 ml" in reply
        assert "size 300 ml" in desk.say("then the 300 ml") and desk.order("KB-2001").lines[0].sku == "RT-150"

    def test_a_balance_that_does_not_cover_it_is_said(self, desk: Chat) -> None:
        shown = desk.say(f"change the toner of order KB-2001 to 300 ml and use my gift card, {EMAIL}", "change_order")
        assert "not enough on the gift card" in shown and "by Visa" in shown

    def test_an_interruption_and_then_yes(self, desk: Chat) -> None:
        desk.say(f"change the toner of order KB-2001 to 50 ml, {EMAIL}", "change_order")
        desk.say("my gift card balance?")
        assert desk.order("KB-2001").lines[0].sku == "RT-150"
        desk.say("yes")
        assert desk.order("KB-2001").lines[0].sku == "RT-50"


class TestMoney:
    def test_a_refund_goes_where_the_owner_lets_it(self, desk: Chat) -> None:
        desk.say(f"return the cream of order KB-2003, {EMAIL}", "return")
        assert "would go back to gift card" in desk.say("to my gift card please")
        desk.say("yes")
        assert desk.order("KB-2003").returns[0].method == "gift card"

    def test_and_nowhere_else(self, desk: Chat) -> None:
        shown = desk.say(f"return the cream of order KB-2003 and refund it to paypal, {EMAIL}", "return")
        assert "only go back the way you paid" in shown and "would go back to Visa" in shown

    def test_another_way_to_pay_needs_enough_on_it(self, desk: Chat) -> None:
        assert "not enough on the gift card" in desk.say(f"change the payment method of order KB-2001 to my gift card, {EMAIL}", "change_order")
        assert desk.order("KB-2001").paid_with == CARD

    def test_the_own_address_is_changed_and_orders_keep_theirs(self, desk: Chat) -> None:
        shown = desk.say(f"I am {EMAIL}, change my default address to 9 Lake St, Troy, NY 12180", "change_order")
        assert "9 Lake St" in shown
        assert "Done" in desk.say("yes") and desk.order("KB-2001").address.line1 == "4 Hill Rd"
        assert "9 Lake St" in desk.say("what is my default address")


def test_nothing_is_done_without_a_yes(desk: Chat) -> None:
    assert unchanged(desk)
    for number, texts in enumerate(permutations(("no", "the cream", "hmm", "what does niacinamide do?"), 2)):
        talk = Chat(desk.resources, desk._extractor, sender=f"talk {number}")
        talk.say(f"cancel order KB-2001 and return the toner of KB-2003, {EMAIL}", "cancel_order")
        for text in texts:
            talk.say(text)
    assert unchanged(desk)
