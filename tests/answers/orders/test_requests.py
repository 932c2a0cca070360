"""Requests: shown, confirmed, done once, and said in the past tense only after the shop confirmed; else a ticket."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Callable

import pytest

from bot.answers.resources import Resources
from bot.nlu.subjects import SubjectExtractor
from bot.support.gateway import Address, GatewayError, Order, OrderGateway, Outcome, State
from bot.support.orders import Orders
from bot.support.proving import Proving
from tests.answers.orders.conftest import Chat, NewChat
from tests.support.conformance import EMAIL

COPY = {"book_leads: true": "book_leads: false"}
SEEING_ONLY = {"change: number_and_email": "change: nobody"}
DONE = ("is cancelled.", "is registered.", "Done:")


def says_done(reply: str) -> bool:
    return any(one in reply for one in DONE)


class TestCancelling:
    def test_shown_confirmed_and_done(self, chat: Chat) -> None:
        shown = chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "2 x Rice Toner (150 ml) and Cica Cream" in shown and "57.24 USD to Visa ending 1111" in shown
        assert not says_done(shown) and chat.order("KB-2001").state is State.OPEN
        assert says_done(chat.say("yes")) and chat.order("KB-2001").state is State.CANCELLED

    def test_all_of_it_asked_again_and_again_is_done_once(self, chat: Chat) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        chat.say("yes")
        for text, kind in (("yes cancel it", "cancel_order"), ("is it cancelled?", "cancel_order"), ("cancel order KB-2001", "cancel_order")):
            reply = chat.say(text, kind)
            assert "cancelled already" in reply or "that is done" in reply
        assert len([one for one in chat.order("KB-2001").payments if one.refund]) == 1

    @pytest.mark.parametrize("answer", ["no", "no wait", "never mind", "do not cancel it", "stop"])
    def test_a_no_changes_nothing(self, chat: Chat, answer: str) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "Nothing was c" in chat.say(answer)
        assert chat.order("KB-2001").state is State.OPEN
        chat.say("yes", "affirm")
        assert chat.order("KB-2001").state is State.OPEN

    @pytest.mark.parametrize("answer", ["hmm", "how long does the refund take", "is it cancelled?", "2001"])
    def test_what_is_no_yes_is_none(self, chat: Chat, answer: str) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert not says_done(chat.say(answer)) and chat.order("KB-2001").state is State.OPEN

    def test_an_interruption_and_then_yes(self, chat: Chat) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "waits for a yes or no" in chat.say("what does niacinamide do?", "benefits")
        assert says_done(chat.say("yes"))

    @pytest.mark.parametrize(("number", "why"), [("KB-2002", "is shipped already"), ("KB-2003", "is delivered already"), ("KB-2004", "cancelled already")])
    def test_too_late_names_the_rule(self, chat: Chat, number: str, why: str) -> None:
        reply = chat.say(f"cancel order {number}, {EMAIL}", "cancel_order")
        assert why in reply and "Shall I cancel" not in reply
        assert ("until an order is packed" in reply) == (number != "KB-2004")

    def test_a_part_is_for_the_team_and_a_yes_never_cancels_the_rest(self, chat: Chat) -> None:
        reply = chat.say(f"cancel the cream from order KB-2001, {EMAIL}", "cancel_order")
        assert "whole order" in reply and "Take out of order KB-2001: Cica Cream" in reply
        assert "T1001" in chat.say("yes") and chat.order("KB-2001").state is State.OPEN

    @pytest.mark.parametrize("lines", [COPY, SEEING_ONLY])
    def test_what_cannot_be_done_here_becomes_a_ticket(self, new_chat: NewChat, lines: dict[str, str]) -> None:
        chat = new_chat(lines=lines)
        reply = chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        assert "as a ticket: \"Cancel order KB-2001\"" in reply
        reply = chat.say("yes")
        assert "T1001" in reply and "not done yet" in reply and not says_done(reply)
        assert chat.order("KB-2001").state is State.OPEN
        assert "the team has it" in chat.say("is it cancelled?")


class TestAddress:
    def test_given_at_once_corrected_and_confirmed(self, chat: Chat) -> None:
        shown = chat.say(f"change the address of order KB-2001 to 9 Lake St, Apt 2, Troy, NY 12180, {EMAIL}", "change_order")
        assert "9 Lake St, Apt 2, Troy, NY 12180" in shown and not says_done(shown)
        assert "11 Lake St, Apt 2, Troy, NY 12180" in chat.say("no, 11 Lake St, Apt 2, Troy, NY 12180")
        assert says_done(chat.say("yes"))
        assert chat.order("KB-2001").address == Address("Rosa Diaz", "11 Lake St", "Apt 2", "Troy", "NY", "12180", "US")

    def test_a_new_apartment_leaves_the_rest(self, chat: Chat) -> None:
        chat.say(f"deliver order KB-2001 to Suite 305 instead, {EMAIL}", "change_order")
        chat.say("yes")
        assert chat.order("KB-2001").address == Address("Rosa Diaz", "4 Hill Rd", "Suite 305", "Albany", "NY", "12203", "US")

    def test_half_an_address_is_asked_for_whole(self, chat: Chat) -> None:
        assert "street, city and postcode" in chat.say(f"wrong address! order KB-2001, {EMAIL}", "change_order")
        assert "whole address" in chat.say("9 Lake St")
        assert "9 Lake St, Troy, NY 12180" in chat.say("9 Lake St, Troy, NY 12180")

    def test_too_late(self, chat: Chat) -> None:
        reply = chat.say(f"change the address of order KB-2002, {EMAIL}", "change_order")
        assert "can't be changed any more" in reply and "Nothing was changed" in reply

    def test_items_are_for_the_team_without_what_proves(self, chat: Chat) -> None:
        reply = chat.say(f"i ordered the wrong size in order KB-2001, {EMAIL}", "change_order")
        assert "as a ticket" in reply and EMAIL not in reply
        assert "50 ml" in chat.say("i want 50 ml")
        assert "T1001" in chat.say("yes")


ARRIVED = datetime(2026, 11, 20, 9, 30, tzinfo=timezone.utc)


class TestReturning:
    def test_step_by_step(self, chat: Chat) -> None:
        assert "30 days" in chat.say("i want to return something", "return")
        assert "Which of these" in chat.say(f"KB-2003 {EMAIL}")
        assert "reason" in chat.say("the cream")
        shown = chat.say("it is unopened, i do not need it")
        assert "within 30 days" in shown and "return of Cica Cream: 16.05 USD would go back to Visa ending 1111" in shown
        assert "has not said" in shown and [line.returned for line in chat.order("KB-2003").lines] == [0, 0]
        done = chat.say("yes")
        assert says_done(done) and "T1001" in done
        order = chat.order("KB-2003")
        assert [line.returned for line in order.lines] == [0, 1] and order.returns[0].refund == Decimal("16.05")

    def test_all_at_once(self, chat: Chat) -> None:
        reply = chat.say(f"i want to return both items of order KB-2003, unopened, {EMAIL}", "return")
        assert "52.25 USD would go back" in reply
        chat.say("yes")
        assert [line.returned for line in chat.order("KB-2003").lines] == [2, 1]

    def test_the_items_can_be_corrected_before_the_yes(self, chat: Chat) -> None:
        chat.say(f"return the cream of order KB-2003, unopened, {EMAIL}", "return")
        assert "Rice Toner" in chat.say("no, the toner")
        chat.say("yes")
        assert [line.returned for line in chat.order("KB-2003").lines] == [2, 0]

    @pytest.mark.parametrize(("said", "days", "allowed", "rule"), [
        ("unopened", 29, True, "within 30 days"), ("unopened", 31, False, "last day was Sunday, 20 December"),
        ("opened it", 1, False, "faulty or your skin reacted"), ("my skin reacted to it", 13, True, "within 14 days"),
        ("my skin reacted to it", 15, False, "last day was Friday, 4 December"),
    ])
    def test_the_rule_that_decided_is_said(self, chat: Chat, said: str, days: int, allowed: bool, rule: str) -> None:
        chat.now = ARRIVED + timedelta(days=days)
        first = chat.say(f"return the cream of order KB-2003, {EMAIL}", "return")
        reply = first if "last day" in first else chat.say(said)
        assert rule in reply and ("Shall I register it?" in reply) == allowed

    def test_all_too_late_is_said_at_once(self, chat: Chat) -> None:
        chat.now = ARRIVED + timedelta(days=60)
        assert "last day was" in chat.say(f"return the cream of order KB-2003, {EMAIL}", "return")

    def test_not_there_yet(self, chat: Chat) -> None:
        assert "has not arrived yet" in chat.say(f"return order KB-2001, {EMAIL}", "return")

    def test_a_fault_is_a_complaint(self, chat: Chat) -> None:
        chat.say(f"return the cream of order KB-2003, it leaks, {EMAIL}", "return")
        assert "leaks" not in chat.say("a replacement please")
        assert "T1001" in chat.say("yes")

    def test_the_owner_says_who_pays(self, new_chat: NewChat) -> None:
        chat = new_chat(lines={"returns: {days: 30,": "returns: {postage: customer, days: 30,"})
        assert "postage is yours" in chat.say(f"return the cream of order KB-2003, unopened, {EMAIL}", "return")

    def test_an_exchange_is_for_the_team(self, chat: Chat) -> None:
        reply = chat.say(f"i want to exchange the cream of order KB-2003 for a bigger one, {EMAIL}", "return")
        assert "Exchange of order KB-2003: Cica Cream" in reply and EMAIL not in reply
        assert "T1001" in chat.say("yes") and not chat.order("KB-2003").returns

    def test_what_is_on_its_way_back_is_not_returned_twice(self, chat: Chat) -> None:
        chat.say(f"return everything of order KB-2003, unopened, {EMAIL}", "return")
        chat.say("yes")
        assert "already" in chat.say("return the cream of order KB-2003, unopened", "return")


class TestProblemsAndRefunds:
    def test_item_wish_and_a_ticket(self, chat: Chat) -> None:
        assert "sorry" in chat.say("it arrived broken", "report_problem")
        assert "Which item" in chat.say(f"KB-2003 {EMAIL}")
        assert "replacement or your money back" in chat.say("the toner")
        shown = chat.say("no refund, i want a new one")
        assert "2 x Rice Toner (150 ml), arrived damaged; wanted: a replacement" in shown
        reply = chat.say("yes")
        assert "T1001" in reply and not says_done(reply)

    def test_all_at_once(self, chat: Chat) -> None:
        reply = chat.say(f"the cica cream of order KB-2003 was missing, i want my money back. {EMAIL}", "report_problem")
        assert "Cica Cream, something is missing; wanted: a refund" in reply

    def test_a_refund_on_its_way(self, chat: Chat) -> None:
        reply = chat.say(f"where is my refund for order KB-2004, {EMAIL}", "refund")
        assert "57.24 USD to Visa ending 1111, within 5 working days" in reply and "Shall I" not in reply

    def test_a_refund_that_is_late_goes_to_the_team(self, chat: Chat) -> None:
        chat.now += timedelta(days=14)
        assert "Refund of order KB-2004 is late" in chat.say(f"where is my refund for order KB-2004, {EMAIL}", "refund")
        assert "T1001" in chat.say("yes")

    def test_no_refund_is_known(self, chat: Chat) -> None:
        assert "I see no refund" in chat.say(f"where is my refund for order KB-2003, {EMAIL}", "refund")


class Flaky:
    """A gateway that fails at a change: before it, behind it, or for good."""

    def __init__(self, inner: OrderGateway, fails: str) -> None:
        self.inner, self.fails, self.calls = inner, fails, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def cancel(self, order: Order, key: str, reason: str) -> Outcome:
        self.calls += 1
        if self.fails == "behind":
            self.inner.cancel(order, key, reason)
        if self.fails == "pending":
            return Outcome(False, ((Decimal("57.24"), "Visa ending 1111"),))
        raise GatewayError("timeout")

    def done(self, key: str) -> Outcome | None:
        if self.fails == "for good":
            raise GatewayError("timeout")
        return self.inner.done(key)


@pytest.mark.parametrize(("fails", "said", "state"), [
    ("behind", "is cancelled.", State.CANCELLED), ("before", "gave no answer", State.OPEN), ("for good", "gave no answer", State.OPEN),
    ("pending", "has not confirmed", State.OPEN),
])
def test_no_answer_is_read_back_before_anything_is_said(
    make_shop: Callable[..., Resources], extractor: SubjectExtractor, fails: str, said: str, state: State
) -> None:
    resources = make_shop()
    orders = resources.orders
    assert orders is not None
    flaky = Flaky(orders.gateway, fails)
    changed = Orders(flaky, orders.policy, Proving(flaky, orders.proving.proofs, orders.policy), orders.requests, orders.tickets, orders.codes)  # type: ignore[arg-type]
    resources.__dict__["orders"] = changed
    chat = Chat(resources, extractor)
    chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
    reply = chat.say("yes")
    assert said in reply and (says_done(reply)) == (fails == "behind")
    assert chat.order("KB-2001").state is state and flaky.calls == 1
    if fails == "before":
        flaky.inner.cancel(flaky.inner.order("KB-2001"), _token(chat), "")  # type: ignore[arg-type]
        assert "that is done" in chat.say("is it cancelled?")
    if fails in ("before", "for good", "pending"):
        assert "T1001" in reply


def _token(chat: Chat) -> str:
    assert chat.resources.orders is not None
    request = chat.resources.orders.requests.latest(chat.sender)
    assert request is not None
    return request.token


def test_a_shop_that_is_away_is_said_and_nothing_else(make_shop: Callable[..., Resources], extractor: SubjectExtractor) -> None:
    resources = make_shop()
    chat = Chat(resources, extractor)
    resources.database.dispose()
    Path(resources.chosen.database_url.removeprefix("sqlite:///")).unlink()
    reply = chat.say(f"where is my order KB-2001, {EMAIL}", "order_status")
    assert "can't reach the shop's orders" in reply and "care@" in reply



@pytest.mark.parametrize(("begins", "kind"), [
    ("return order KB-2003", "return"), ("the cream of order KB-2003 leaked", "report_problem"), ("change the address of order KB-2001", "change_order"),
    ("something is wrong with order KB-2003", "report_problem"),
])
def test_every_step_can_be_left(chat: Chat, begins: str, kind: str) -> None:
    chat.say(f"{begins}, {EMAIL}", kind)
    assert "Nothing was changed" in chat.say("never mind")
    assert chat.memory.request is not None and chat.memory.request.awaits == ""


def test_a_changed_mind_is_a_reason_to_return(chat: Chat) -> None:
    chat.say(f"return the cream of order KB-2003, {EMAIL}", "return")
    assert "unopened" in chat.say("i changed my mind about it")
    assert "Shall I register it?" in chat.say("unopened")


class TestAgreeing:
    @pytest.mark.parametrize("said", ["please don't cancel it", "no, don't do it", "of course not", "ok no", "wait, don't send it", "yes but wait"])
    def test_no_words_with_a_no_in_them_are_a_yes(self, chat: Chat, said: str) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        chat.say(said)
        assert chat.order("KB-2001").state is State.OPEN

    def test_a_yes_after_a_talk_of_something_else_is_shown_again_what_it_does(self, chat: Chat) -> None:
        chat.say(f"cancel order KB-2001, {EMAIL}", "cancel_order")
        for _ in range(2):
            chat.say("what does niacinamide do?", "benefits")
        assert "Shall I" in chat.say("ok thanks", "affirm") and chat.order("KB-2001").state is State.OPEN
        assert says_done(chat.say("yes"))

    def test_what_comes_back_is_what_was_shown(self, chat: Chat) -> None:
        shown = chat.say(f"return the cream of order KB-2003, unopened, {EMAIL}", "return")
        assert "Shall I" in shown
        again = chat.say("yes, all of it please")
        assert not says_done(again) and not chat.order("KB-2003").returns


class TestSeveralAtOnce:
    """Also where an order's number and e-mail prove: each number must be of the same e-mail."""

    def test_two_requests_of_two_orders(self, chat: Chat) -> None:
        shown = chat.say(f"cancel order KB-2001 and return the cream of order KB-2003, unopened, {EMAIL}", "cancel_order")
        assert "would cancel all of it" in shown
        shown = chat.say("yes")
        assert chat.order("KB-2001").state is State.CANCELLED and "return of Cica Cream" in shown and not chat.order("KB-2003").returns
        chat.say("yes")
        assert [line.returned for line in chat.order("KB-2003").lines] == [0, 1]

    def test_an_order_of_somebody_else_is_not_touched(self, chat: Chat) -> None:
        chat.say(f"cancel order KB-2001 and cancel order KB-2005, {EMAIL}", "cancel_order")
        reply = f"{chat.say('yes')} {chat.say('yes')}"
        assert chat.order("KB-2005").state is State.OPEN and "KB-2005 is cancelled" not in reply


def test_a_bare_yes_behind_the_offer_of_a_return_begins_it(chat: Chat) -> None:
    assert "Shall I register a return?" in chat.say(f"cancel order KB-2003, {EMAIL}", "cancel_order")
    assert "Which of these comes back" in chat.say("yes") and not chat.order("KB-2003").returns
    chat.say("the cream, it is unopened")
    chat.say("yes")
    assert [line.returned for line in chat.order("KB-2003").lines] == [0, 1]
