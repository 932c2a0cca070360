"""What customers say of an order in passing: is it late, a part is missing, another way of delivery, anger with a number in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.answers.door import Place, reply
from bot.understanding.frame import LOST, UNSURE
from tests.answers.orders.conftest import MONDAY, Chat, NewChat
from tests.answers.orders.test_order_status import FRIDAY, PARCEL
from tests.support.conformance import BASE, EMAIL

SENT = replace(BASE, number="KB-7001", state="shipped", parcels=(PARCEL,))
PARTLY = replace(SENT, parcels=(replace(PARCEL, contents={0: 2}, delivered_at=FRIDAY), replace(PARCEL, contents={1: 1}, tracking="9401")))


@pytest.mark.parametrize("asked", ["so is it late or not", "will it be here by thursday", "and is it still on its way, it is not moving"])
def test_what_is_asked_behind_an_answer_is_of_that_order(new_chat: NewChat, asked: str) -> None:
    chat = new_chat(orders=(SENT,))
    chat.say(f"where is my order KB-7001, {EMAIL}", "order_status")
    assert "should arrive by Friday, 27 November" in chat.say(asked)


def test_late_or_not_is_said(new_chat: NewChat) -> None:
    chat = new_chat(orders=(SENT,))
    chat.say(f"where is my order KB-7001, {EMAIL}", "order_status")
    assert "not late yet" in chat.say("is it late?")
    chat.now = MONDAY + timedelta(days=9)
    assert "3 working days late" in chat.say("is it late?")


def test_a_question_about_delivery_in_general_stays_one(new_chat: NewChat) -> None:
    chat = new_chat(orders=(SENT,))
    chat.say(f"where is my order KB-7001, {EMAIL}", "order_status")
    assert "KB-7001" not in chat.say("how long does express usually take to arrive", "delivery_time")


def test_anger_with_number_and_email_is_about_that_order(new_chat: NewChat) -> None:
    chat = new_chat(orders=(SENT,))
    chat.now = MONDAY + timedelta(days=9)
    frame = chat.say(f"this is ridiculous, nothing came. KB-7001, {EMAIL}")
    assert frame.startswith("I'm sorry") and "3 working days late" in frame
    assert chat.buttons == ["Yes, pass it on", "No, leave it"]


@pytest.mark.parametrize(("said", "told"), [
    ("half of my order is missing", "1 of the 2 parcels of order KB-7001 arrived"),
    ("the cica cream is missing", "1 of the 2 parcels of order KB-7001 arrived"),
    ("the toner is missing", "replacement or your money back"),
])
def test_what_may_only_not_have_come_yet_is_told(new_chat: NewChat, said: str, told: str) -> None:
    chat = new_chat(orders=(PARTLY,))
    assert told in chat.say(f"{said}, KB-7001, {EMAIL}", "report_problem")


def test_another_way_of_delivery_is_for_the_team(chat: Chat) -> None:
    reply = chat.say(f"can you send order KB-2001 by express instead, {EMAIL}", "change_order")
    assert "express" in reply and "as a ticket" in reply
    assert "T1001" in chat.say("yes")


def test_a_number_that_was_corrected_is_the_one_meant(new_chat: NewChat) -> None:
    chat = new_chat(orders=(SENT,))
    assert "Order KB-7001 is on its way" in chat.say(f"it's KB-7000, no wait, KB-7001. {EMAIL}", "order_status")


def test_an_unsure_guess_changes_none_of_it(new_chat: NewChat) -> None:
    chat = new_chat(orders=(SENT,))
    chat.say(f"where is my order KB-7001, {EMAIL}", "order_status")
    assert chat.frame("is it late", "texture", UNSURE).has("is_late")
    assert "should arrive" in chat.say("is it late", "texture", sure=False)


def test_what_is_kept_by_the_shop_is_named_when_the_chat_is_erased(chat: Chat) -> None:
    assert "only its staff can delete" in chat.say("delete all data you have on me", "forget_me")
    assert "staff" not in chat.say("forget me", "forget_me")


def test_a_reaction_to_what_was_bought_here_may_come_back(chat: Chat) -> None:
    reply = chat.say("the cream i bought from you irritated my cheeks", "irritation")
    assert "comes back within 14 days" in reply and "Return it, my skin reacted to it" in chat.buttons
    assert "comes back" not in chat.say("my retinol irritated my cheeks", "irritation")


@pytest.mark.parametrize(("said", "kind", "told"), [
    ("i want to scrap this order, it is cheaper elsewhere", "discount", "Shall I cancel it?"),
    ("what did i order again", "how_to_order", "2 x Rice Toner"),
    ("how did i pay for it", "payment", "by Visa ending 1111"),
    ("the order has still not moved an inch", "change_order", "has not left the shop yet"),
])
def test_what_is_wanted_of_a_named_order_goes_before_what_it_sounds_like(new_chat: NewChat, said: str, kind: str, told: str) -> None:
    chat = new_chat(orders=(replace(BASE, number="KB-7001"),))
    assert told in chat.say(f"{said}. KB-7001, {EMAIL}", kind)


def test_a_threat_is_heard_though_a_number_was_asked_for(chat: Chat) -> None:
    chat.say("where is my order", "order_status")
    assert chat.say("i will sue you").startswith("I'm sorry that it has come to this.")
    assert "has not left the shop yet" in chat.say(f"KB-2001, {EMAIL}")


def test_an_address_is_taken_whole_where_its_full_stop_ends_no_sentence(chat: Chat) -> None:
    chat.say(f"please change the address of my order KB-2001, {EMAIL}", "change_order")
    rest = chat.frame("5, 12203 Albany", "", LOST)
    (message,), _ = reply([rest], chat.memory, Place("", "rest", MONDAY.timestamp(), chat.sender, "Hill St. 5, 12203 Albany"), chat.resources)
    assert "Hill St. 5, Albany" in message.text and "Nothing is changed yet" in message.text


def test_a_label_in_a_talk_of_returns_is_for_the_parcel(chat: Chat) -> None:
    chat.say("can i return it", "return")
    chat.say("never mind")
    chat.say("how do refunds work", "refund")
    assert "order number" in chat.say("ok send me that label", "read_label")
