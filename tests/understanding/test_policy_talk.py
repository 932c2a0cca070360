"""Short messages behind a policy of the shop mean what they ask together with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict

import pytest

from bot.rules.knowledge import load
from bot.settings import settings
from bot.understanding.frame import LOST, SURE, Frame, Meant, Mention
from bot.understanding.memory import Memory, Shown
from bot.understanding.resolve import resolve
from bot.understanding.topics import SHOP_TOPIC

KNOWN = load(settings().knowledge)
WRAPPED = Memory(shown=Shown(policy="gift_wrap", said="do you wrap gifts"))


def asked(text: str = "how much is it?", **more: Any) -> Frame:
    given = {"band": SURE, "kind": "price", "intent": "ask_price", "cues": frozenset({"points_back"}), **more}
    return replace(Frame(text=text, words=tuple(text.strip("?").split())), **given)


def kind_of(frame: Frame, memory: Memory = WRAPPED) -> str:
    def of_shop(said: Frame, _: Memory) -> str:
        return SHOP_TOPIC if any(one.name == "gift_wrap_cost" for one in said.meant) else ""

    return resolve(frame, memory, KNOWN, "", 0.0, of_shop).frame.kind


def test_a_price_asked_behind_a_policy_is_of_that() -> None:
    assert kind_of(asked()) == SHOP_TOPIC
    assert kind_of(asked(), Memory()) == "price"


def test_what_it_means_with_the_policy_before_counts() -> None:
    meant = (Meant("gift_wrap_cost", 0.9, False),)
    told = asked("and that costs", band=LOST, kind="price", meant_in_talk=meant)
    assert resolve(told, WRAPPED, KNOWN, "", 0.0, lambda said, _: SHOP_TOPIC if said.meant == meant else "").frame.meant == meant


@pytest.mark.parametrize(
    "other",
    [
        {"mentions": (Mention("ingredient", "retinol", "retinol", 0, 7),)},
        {"kind": "thank", "intent": "thank"},
        {"kind": "delivery_time", "intent": "delivery_time"},
        {"kind": "irritation", "intent": "ask_irritation", "text": "does it burn?"},
        {"kind": "pregnancy", "intent": "ask_pregnancy", "text": "can i use it while breastfeeding?"},
    ],
)
def test_what_names_its_own_or_asks_another_policy_is_not(other: Dict[str, Any]) -> None:
    assert kind_of(asked(**other)) != SHOP_TOPIC


def test_behind_products_a_price_is_theirs() -> None:
    assert kind_of(asked(), Memory(shown=replace(WRAPPED.shown, listed=("one", "two")))) == "price"


def test_what_means_a_topic_for_certain_is_no_follow_up() -> None:
    meant = (Meant("student_discount", 0.95, True),)
    found = resolve(asked(band=LOST, meant=meant), WRAPPED, KNOWN, "", 0.0, lambda said, _: "")
    assert found.why != "goes_on_with_a_policy"
