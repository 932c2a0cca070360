"""What a customer holds, misses or sees on the carrier's page counts where the shop's records still show the parcel on its way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.store.orders.records import ParcelRecord
from tests.answers.orders.conftest import NewChat
from tests.answers.orders.test_order_status import FRIDAY
from tests.support.conformance import BASE, EMAIL

ON_ITS_WAY = replace(BASE, number="KB-7001", state="shipped", parcels=(ParcelRecord({0: 2, 1: 1}, "USPS", "9400", "", FRIDAY),))
PROOF = f"KB-7001, {EMAIL}"


@pytest.mark.parametrize(("told", "kind", "sentences", "never"), [
    ("one toner was missing in the box", "report_problem", ["records don't show order KB-7001 as delivered yet", "replacement or your money back"], "should arrive"),
    ("a cream is missing", "report_problem", ["is on its way", "If the parcel is with you", "tell me so"], "replacement"),
    ("i want to return the toner, tried it once and i hate it", "return", ["records don't show", "What is opened comes back only", "ticket"], "Once it is there"),
    ("the toner is missing, it should have arrived yesterday", "report_problem", ["is on its way"], "You have it"),
    ("nothing arrived on monday, a cream is missing", "report_problem", ["is on its way"], "You have it"),
    ("i have not opened it, it has not even come, can i return it", "return", ["has not arrived yet"], "You have it"),
    ("i want to return the toner", "return", ["has not arrived yet"], "records don't show"),
    ("the tracking says delivered but nothing is here, asked the neighbours", "order_status", ["If the carrier shows it as delivered", "ticket", "Shall I?"], "not late"),
    ("the tracking has not moved since monday", "order_status", ["stands still for days", "is on its way"], "What is in the order"),
    ("tracking shows it is on its way, when is it here", "order_status", ["is on its way"], "carrier trace"),
])
def test_what_they_tell_counts(new_chat: NewChat, told: str, kind: str, sentences: list[str], never: str) -> None:
    reply = new_chat(orders=(ON_ITS_WAY,)).say(f"{told}, {PROOF}", kind)
    assert all(one in reply for one in sentences), reply
    assert never not in reply, reply


def test_what_they_have_stays_known_in_the_talk(new_chat: NewChat) -> None:
    chat = new_chat(orders=(ON_ITS_WAY,))
    chat.say(f"the box arrived but the toner is missing in the box, {PROOF}", "report_problem")
    reply = chat.say("and no slip in it either, i would like a replacement", "report_problem")
    assert "should arrive" not in reply and "ticket" in reply, reply


def test_what_was_sent_wrong_is_here(new_chat: NewChat) -> None:
    chat = new_chat(orders=(ON_ITS_WAY,))
    chat.say(f"i got the wrong toner, {PROOF}", "report_problem")
    reply = chat.say("a replacement please", "report_problem")
    assert "has not arrived yet" not in reply and "records don't show" in reply, reply
