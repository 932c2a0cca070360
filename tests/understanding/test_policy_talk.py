"""Short messages behind a policy of the shop mean what they ask together with it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict

import pytest

from bot.rules.knowledge import load
from bot.settings import settings
from bot.understanding.frame import LOST, SURE, Frame, Guess, Meant, Mention
from bot.understanding.memory import Memory, OpenRequest, Shown
from bot.understanding.resolve import resolve
from bot.understanding.talks import NO_SITUATION, SHOP_TALKS, talks
from bot.understanding.topics import SHOP_TOPIC, groups, pack

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


def in_talk(name: str, share: float = 0.8, **more: Any) -> Frame:
    return asked("and if i paid with paypal", shop_in_talk=(Guess(name, share),), **{"kind": "payment", "intent": "payment", **more})


def resolved_in_talk(frame: Frame, memory: Memory) -> str:
    def of_shop(said: Frame, _: Memory) -> str:
        return SHOP_TOPIC if any(one.name == "refund_method" for one in said.meant) else ""

    return resolve(frame, memory, KNOWN, "", 0.0, of_shop).frame.kind


REFUNDS = Memory(shown=Shown(policy="refund", said="how do refunds work"))


@pytest.mark.parametrize(
    ("frame", "memory", "kind"),
    [
        (in_talk("refund_method"), REFUNDS, SHOP_TOPIC),
        (in_talk("delivery_cost"), REFUNDS, "delivery_cost"),
        (in_talk("refund_method", 0.4), REFUNDS, "payment"),
        (in_talk("none"), REFUNDS, "payment"),
        (in_talk("refund_method"), Memory(), "payment"),
        (in_talk("delivery_cost", mentions=(Mention("ingredient", "retinol", "retinol", 0, 7),)), REFUNDS, "payment"),
        (in_talk("refund", 0.9), Memory(request=OpenRequest(1, "cancel_order", "proof"), shown=Shown(policy="cancel_order")), "payment"),
        (in_talk("refund_method", 0.9), Memory(request=OpenRequest(1, "cancel_order", "proof"), shown=Shown(policy="cancel_order")), SHOP_TOPIC),
    ],
)
def test_what_talks_like_it_ask_counts_behind_the_shop(frame: Frame, memory: Memory, kind: str) -> None:
    assert resolved_in_talk(frame, memory) == kind


def test_every_shop_talk_asks_a_kind_or_a_topic() -> None:
    known = {*pack()[0], *groups()["shop"], NO_SITUATION}
    assert {*talks(SHOP_TALKS)} <= known
