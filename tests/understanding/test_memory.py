"""What a conversation keeps is read back as it was, and what is damaged is told apart from nothing."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import pytest

from bot.rules.advice import Profile
from bot.rules.finder import Finder
from bot.rules.steps import Step
from bot.understanding.memory import Asked, Memory, OpenRequest, Said, Shown, Wanted


def test_a_memory_is_read_as_it_was_written() -> None:
    memory = Memory(person=Profile(pregnant=True, allergies=("lanolin",)), told=("retinol",))
    assert Memory.read(memory.as_data()) == memory
    assert Memory.read(None) == Memory() and Memory.read(None).readable


def test_every_field_is_kept() -> None:
    """One of each field that is another than at the start of a conversation; only that it can be read is not kept."""
    others: dict[str, Any] = {
        "person": Profile(pregnant=True), "other": Profile(age=10), "whom": "daughter", "of_other": True, "asked": Asked("together", ("retinol",), polar=True),
        "said": Said(sources=("DERMNET",)), "shown": Shown(handle="serum"), "routine": (Step("serum"),), "wanted": Wanted(60.0, "short", ("sunscreen",)), "finder": Finder(step="type"), "label": ("AQUA",), "told": ("retinol",),
        "strangers": ("minoxidil",), "situations": ("hot",), "situation": "hot", "emergency": "burn_or_blisters", "emergency_at": 5.0,
        "request": OpenRequest(1, "cancel", "yes"), "about_pregnancy": True, "last": ("0a1b2c3d",), "lost": 2, "offered": ("anger",), "offer_open": True,
    }
    assert set(others) == {one.name for one in fields(Memory)} - {"readable"}
    for name, value in others.items():
        kept = json.loads(json.dumps(Memory(**{name: value}).as_data()))
        assert getattr(Memory.read(kept), name) == value, name


@pytest.mark.parametrize(
    "stored",
    ["text", ["pregnant"], 5, {"person": {"nobody": "knows"}}, {"person": "pregnant"}, {"person": []}, {"asked": {"kind": "x", "more": 1}}, {"routine": [5]}],
)
def test_what_is_damaged_is_not_taken_for_nothing(stored: Any) -> None:
    memory = Memory.read(stored)
    assert not memory.readable and memory.person.empty


def test_a_conversation_that_cannot_be_read_is_no_new_one() -> None:
    assert not Memory.read({"person": {"pregnant": True}}, readable=False).readable
