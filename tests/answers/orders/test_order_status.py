"""How an order is, by the shop's own days: sent or not, late or not, several parcels, cancelled, on its way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.store.orders.records import OrderRecord, ParcelRecord
from tests.answers.orders.conftest import MONDAY, Chat, NewChat
from tests.support.conformance import BASE, EMAIL, LINES

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=timezone.utc)
BOTH = {0: 2, 1: 1}
PARCEL = ParcelRecord(BOTH, "USPS", "9400", "https://carrier.example/9400", FRIDAY)


def status(new_chat: NewChat, order: OrderRecord, now: datetime = MONDAY, asks: str = "where is my order", **lines: str) -> tuple[Chat, str]:
    chat = new_chat(orders=(replace(order, number="KB-7001"),), lines=dict(lines))
    chat.now = now
    return chat, chat.say(f"{asks} KB-7001, {EMAIL}", "order_status")


@pytest.mark.parametrize(("order", "now", "sentences", "never"), [
    (BASE, MONDAY, ["has not left the shop yet", "should leave by Tuesday, 24 November"], "late"),
    (BASE, MONDAY + timedelta(days=2), ["should have left by Tuesday, 24 November", "one working day late", "tomorrow"], "ticket"),
    (BASE, MONDAY + timedelta(days=4), ["3 working days late", "pass it to the team", "Shall I?"], "on its way"),
    (replace(BASE, state="packed"), MONDAY, ["is packed and waits for the carrier"], "late"),
    (replace(BASE, state="shipped", parcels=(PARCEL,)), MONDAY, ["is on its way. It should arrive by Friday, 27 November", "USPS 9400", "https://carrier.example/9400"], "late"),
    (replace(BASE, state="shipped", parcels=(PARCEL,)), MONDAY + timedelta(days=9), ["should have arrived by Friday, 27 November", "3 working days late", "Shall I?"], "delivered"),
    (replace(BASE, state="shipped", parcels=(PARCEL,), address={**BASE.address, "country": "DE"}), MONDAY + timedelta(days=9), ["should arrive by Thursday, 10 December"], "late"),
    (replace(BASE, state="shipped", parcels=(replace(PARCEL, expected_on=MONDAY.date()),)), MONDAY, ["should arrive by Monday, 23 November"], "late"),
    (replace(BASE, state="shipped", parcels=(replace(PARCEL, contents={0: 2}),)), MONDAY, ["A part of order KB-7001 is on its way, the rest has not left"], "delivered"),
    (replace(BASE, state="shipped", parcels=(replace(PARCEL, contents={0: 2}, delivered_at=FRIDAY), replace(PARCEL, contents={1: 1}, tracking="9401"))), MONDAY,
     ["1 of the 2 parcels of order KB-7001 arrived", "Parcel 1: USPS 9400, delivered on Friday, 20 November", "Parcel 2: USPS 9401"], "was delivered"),
    (replace(BASE, state="delivered", parcels=(replace(PARCEL, delivered_at=FRIDAY),)), MONDAY, ["was delivered on Friday, 20 November"], "should"),
    (replace(BASE, state="shipped", parcels=(ParcelRecord(BOTH),)), MONDAY, ["is on its way", "I have no day", "carrier not told"], "late"),
    (replace(BASE, state="cancelled", cancelled_at=FRIDAY), MONDAY, ["was cancelled on Friday, 20 November"], "on its way"),
])
def test_two_sentences_and_a_card(new_chat: NewChat, order: OrderRecord, now: datetime, sentences: list[str], never: str) -> None:
    _, reply = status(new_chat, order, now)
    assert all(one in reply for one in sentences), reply
    assert never not in reply, reply
    assert "**Order KB-7001**" in reply and "2 x Rice Toner (150 ml) and Cica Cream; 57.24 USD in all" in reply


def test_who_proved_only_enough_to_see_is_shown_no_items(new_chat: NewChat) -> None:
    _, reply = status(new_chat, BASE, change_ := MONDAY, **{"change: number_and_email": "change: nobody"})
    assert change_ and "has not left the shop yet" in reply
    assert not any(line.title in reply for line in LINES) and "57.24" not in reply and "Hill" not in reply


def test_late_goes_to_the_team_after_a_yes(new_chat: NewChat) -> None:
    chat, _ = status(new_chat, replace(BASE, state="shipped", parcels=(PARCEL,)), MONDAY + timedelta(days=9))
    assert chat.buttons == ["Yes, pass it on", "No, leave it"]
    reply = chat.say("yes please")
    assert "ticket T1001" in reply and "not done yet" in reply
    assert "T1001" in chat.say("is my ticket answered?") and "has not answered" in chat.say("is my ticket answered?")


def test_late_and_left_alone_makes_no_ticket(new_chat: NewChat) -> None:
    chat, _ = status(new_chat, replace(BASE, state="shipped", parcels=(PARCEL,)), MONDAY + timedelta(days=9))
    assert "I leave it" in chat.say("no")
    assert "no ticket" in chat.say("is my ticket answered?")


def test_delivered_and_not_there(new_chat: NewChat) -> None:
    order = replace(BASE, state="delivered", parcels=(replace(PARCEL, delivered_at=FRIDAY),))
    chat, reply = status(new_chat, order, asks="it says delivered but it never arrived, order")
    assert "neighbours" in reply and "Shall I?" in reply
    assert "T1001" in chat.say("yes")


def test_a_yes_of_yesterday_to_an_order_that_moved_is_asked_again(new_chat: NewChat) -> None:
    chat, _ = status(new_chat, BASE)
    assert chat.say("cancel it", "cancel_order").endswith("Shall I cancel it?")
    order = chat.order("KB-7001")
    assert chat.resources.orders is not None
    chat.resources.orders.gateway.change_address(order, "somebody", replace(order.address, line1="9 Lake St"))
    assert chat.say("yes").endswith("Shall I cancel it?")
    assert "is cancelled" in chat.say("yes")
