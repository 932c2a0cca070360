"""Every reply offers what comes next; nothing stands beside what sends to a doctor, and nothing is sold onto hurt skin."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Sequence

import pytest

from bot.answers.answer import Message
from bot.answers.onward import onward
from bot.answers.wording import Wording
from bot.phrases import phrases
from bot.rules.advice import Profile
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory, OpenRequest, Shown

PERSON, FIND = "I want to talk to a person", "Help me choose"
ORDERS = Memory(request=OpenRequest(1, "order_status", "number"))
LISTED = Memory(shown=Shown(listed=("a", "b"), found=("a", "b", "c")))


NOTHING_KNOWN = Memory()


def offered(kind: str, memory: Memory = NOTHING_KNOWN, text: str = "x", **payload: Any) -> Sequence[str]:
    """What is behind a reply of a kind."""
    wording = Wording(phrases(), None)  # type: ignore[arg-type]
    (message,) = onward(Frame(text=text, kind=kind), memory, [Message("Said.", (), payload)], wording)
    return [one["payload"] for one in message.buttons]


@pytest.mark.parametrize(("kind", "memory", "first"), [
    ("order_status", ORDERS, PERSON),
    ("human", ORDERS, "Never mind"),
    ("order_status", Memory(), "Where is my order?"),
    ("delivery_time", Memory(), "Where is my order?"),
    ("build_routine", Memory(), "Plan my week"),
    ("what_is", Memory(), FIND),
    ("what_is", Memory(person=Profile(irritated=True)), "How do I calm irritated skin?"),
    ("what_is", ORDERS, FIND),
    ("plan_week", Memory(), FIND),
    ("price", Memory(shown=Shown(handle="a")), "How often can I use it?"),
])  # fmt: skip
def test_what_comes_next_goes_by_what_was_said(kind: str, memory: Memory, first: str) -> None:
    assert offered(kind, memory)[0] == first


def test_a_list_goes_on_and_is_compared() -> None:
    products = [{"handle": "a"}, {"handle": "b"}]
    assert offered("find_product", LISTED, products=products) == ["Show more", "Compare them", FIND]
    assert offered("find_product", LISTED, products=products, table={"head": []}) == ["Show more", FIND, "How long does delivery take?"]
    whole = replace(LISTED, shown=Shown(listed=("a", "b"), found=("a", "b")))
    assert offered("find_product", whole, products=products[:1]) == [FIND, "How long does delivery take?"]


def test_who_says_so_alone_is_no_way_on() -> None:
    source = {"title": "Why, and who says so?", "payload": "Why, and who says so?"}

    def behind(*given: dict[str, str]) -> list[str]:
        wording = Wording(phrases(), None)  # type: ignore[arg-type]
        (message,) = onward(Frame(text="x", kind="what_is"), NOTHING_KNOWN, [Message("Said.", given)], wording)
        return [one["payload"] for one in message.buttons]

    assert behind(source) == [FIND, "Build me a routine", source["payload"]]
    assert behind({"title": "A", "payload": "A"}, source) == ["A", source["payload"]]


def test_what_was_asked_is_not_offered_again() -> None:
    assert "Where is my order?" not in offered("delivery_time", text="where is my order")


@pytest.mark.parametrize(("kind", "payload"), [
    ("irritation", {"verdict": "doctor"}), ("irritation", {"urgency": "emergency"}), ("goodbye", {}), ("forget_me", {"forget": True}), ("human", {}),
])  # fmt: skip
def test_nothing_stands_beside_what_leads_away(kind: str, payload: dict[str, Any]) -> None:
    assert offered(kind, **payload) == []
