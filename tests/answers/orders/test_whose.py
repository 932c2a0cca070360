"""Whose order it is: number and e-mail in any order and form, kept over interruptions, and nothing told to who guesses."""

from __future__ import annotations

import pytest

from tests.answers.orders.conftest import Chat, NewChat
from tests.support.conformance import EMAIL, OTHER

FOUND = "Order KB-2002 is on its way|1 of the 2 parcels of order KB-2002 arrived"


def is_found(text: str) -> bool:
    return any(one in text for one in FOUND.split("|"))


@pytest.mark.parametrize("said", [
    ["where is my order", "KB-2002", EMAIL],
    ["where is my order", EMAIL, "#kb-2002"],
    ["where is my order", f"it is kb-2002 and {EMAIL}"],
    [f"where is my order KB-2002, {EMAIL}"],
    ["where is my oder", "the number is KB 2002".replace(" 2002", "-2002"), EMAIL.upper()],
])
def test_number_and_email_in_any_order(chat: Chat, said: list[str]) -> None:
    replies = [chat.say(text, "order_status" if not place else "", sure=not place) for place, text in enumerate(said)]
    assert is_found(replies[-1]) and not any(is_found(one) for one in replies[:-1])
    assert chat.memory.request is not None and chat.memory.request.awaits == ""


def test_what_was_given_is_not_asked_again(chat: Chat) -> None:
    assert "order number and the e-mail" in chat.say("where is my order", "order_status")
    asked = chat.say(EMAIL)
    assert "order number" in asked and "e-mail you ordered" not in asked
    assert is_found(chat.say("KB-2002"))


def test_an_interruption_is_answered_and_the_request_goes_on(chat: Chat) -> None:
    chat.say("where is my order", "order_status")
    answer = chat.say("what does niacinamide do?", "benefits")
    assert "iacinamide" in answer and "I need the order number" in answer
    assert "I still need" not in chat.say("what does retinol do?", "benefits")
    chat.say("KB-2002")
    assert is_found(chat.say(EMAIL))


def test_a_wrong_email_and_an_unknown_number_are_answered_alike(chat: Chat, new_chat: NewChat) -> None:
    wrong = chat.say(f"where is my order KB-2001, {OTHER}", "order_status")
    unknown = new_chat().say(f"where is my order KB-9999, {EMAIL}", "order_status")
    assert wrong == unknown and "can't find" in wrong


def test_one_of_both_may_be_mended(chat: Chat) -> None:
    chat.say(f"where is my order KB-2002, {OTHER}", "order_status")
    assert is_found(chat.say(EMAIL))


def test_asking_on_looks_nothing_up_anew(chat: Chat) -> None:
    chat.say(f"where is my order KB-2002, {OTHER}", "order_status")
    for _ in range(10):
        assert "can't say anything of it" in chat.say("and when will it be here", "order_status")
    assert is_found(chat.say(EMAIL))


def test_what_is_not_found_can_go_to_the_team(chat: Chat) -> None:
    assert "pass it to the team" in chat.say(f"where is my order KB-2001, {OTHER}", "order_status")
    reply = chat.say("yes")
    assert "ticket T1001" in reply and OTHER in reply
    assert chat.resources.orders is not None
    assert [one.email for one in chat.resources.orders.requests.open_tickets()] == [OTHER]


def test_what_is_told_meanwhile_is_noted(chat: Chat) -> None:
    chat.say("the cream arrived broken", "report_problem")
    assert "Noted" in chat.say("no refund, i want a new one", "refund")
    assert "Cica Cream, arrived damaged; wanted: a replacement" in chat.say(f"KB-2003 {EMAIL}")


def test_too_many_tries_end_it_and_say_whom_to_ask(chat: Chat) -> None:
    for guess in range(5):
        reply = chat.say(f"where is my order KB-{3000 + guess}, {EMAIL}", "order_status")
        assert "can't find" in reply
    reply = chat.say(f"where is my order KB-2002, {EMAIL}", "order_status")
    assert "too many tries" in reply and "care@" in reply and not is_found(reply)


def test_another_conversation_knows_nothing(chat: Chat, extractor: object) -> None:
    chat.say(f"where is my order KB-2002, {EMAIL}", "order_status")
    stranger = Chat(chat.resources, chat._extractor, sender="somebody else")
    stranger.memory = chat.memory  # even with a memory that points at it
    for text in ("is it done?", "yes", "KB-2002", "cancel it", "where is my order KB-2002"):
        assert not is_found(stranger.say(text, "order_status" if "order" in text else ""))


def test_no_slot_proves_anything(chat: Chat) -> None:
    chat.say(f"where is my order KB-2002, {EMAIL}", "order_status")
    kept = repr(chat.memory.as_data())
    assert EMAIL not in kept and "2002" not in kept


def test_another_order_of_the_same_customer_needs_its_number_alone(chat: Chat) -> None:
    chat.say(f"where is my order KB-2002, {EMAIL}", "order_status")
    assert "KB-2003 was delivered" in chat.say("and where is my order KB-2003", "order_status")
    reply = chat.say("and where is my order KB-2005", "order_status")
    assert "can't find" in reply


def test_giving_up_leaves_it(chat: Chat) -> None:
    chat.say("cancel my order", "cancel_order")
    assert "Nothing was changed" in chat.say("never mind")
    assert chat.memory.request is None


def test_who_lost_the_number_is_told_where_it_stands(chat: Chat) -> None:
    chat.say("where is my order", "order_status")
    reply = chat.say("i do not have the number")
    assert "confirmation e-mail" in reply and "care@" in reply
    chat.say("KB-2002")
    assert is_found(chat.say(EMAIL))


def test_without_orders_the_owner_says_how_to_reach_the_shop(new_chat: NewChat) -> None:
    for chat in (new_chat(orders=()), new_chat(lines={"see: number_and_email": "see: nobody"})):
        reply = chat.say("where is my order KB-2002", "order_status")
        assert "can't see orders" in reply and "care@" in reply


def test_a_rule_is_said_and_an_offer_made_where_no_order_is_spoken_of(chat: Chat) -> None:
    reply = chat.say("can i cancel after placing an order?", "cancel_order")
    assert "until it is packed" in reply and "order number" in reply
    assert "I still need" not in chat.say("what does niacinamide do?", "benefits")
