"""An emergency stands for minutes: what is short or unclear after it is about it, what is plainly else is not."""

from __future__ import annotations

import pytest

from bot.understanding.emergencies import STANDS
from bot.understanding.frame import LOST, SURE
from bot.understanding.memory import Memory
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge
from tests.understanding.reading import read

KNOWLEDGE = knowledge()
NOW = 1_000_000.0


def later(message: str, flag: str, kind: str, band: str = LOST, seconds: float = 120) -> Resolved:
    """A message some time after an emergency was told."""
    memory = Memory(emergency=flag, emergency_at=NOW - seconds)
    return resolve(read(message, kind, band=band), memory, KNOWLEDGE, "", NOW)


@pytest.mark.parametrize(
    ("message", "flag", "kind", "asked"),
    [
        ("do i give her water or get her to throw up", "swallowed_product", "out_of_scope", "emergency_vomit"),
        ("would bread help", "swallowed_product", "for_concern", "emergency_drink"),
        ("she is laughing again, all fine now", "swallowed_product", "how_are_you", "emergency_better"),
        ("for how many minutes", "product_in_eye", "rinse_off", "emergency_how_long"),
        ("shall i wait till the morning", "burn_or_blisters", "waiting_time", "emergency_wait"),
        ("would some butter on it be good", "burn_or_blisters", "can_use", "emergency_put_on"),
        ("i have cetirizine at home", "severe_allergic_reaction", "out_of_scope", "emergency_tablet"),
    ],
)
def test_a_short_message_is_about_the_emergency(message: str, flag: str, kind: str, asked: str) -> None:
    found = later(message, flag, kind)
    assert found.frame.kind == "report_reaction"
    assert flag in found.asked.safety
    assert found.frame.has(asked) and KNOWLEDGE.safety[flag].asked[asked]


@pytest.mark.parametrize("message", ["hm what", "oh no", "and now?", "i am scared"])
def test_what_is_unclear_is_about_it_too(message: str) -> None:
    assert later(message, "blocked_vessel", "out_of_scope").frame.kind == "report_reaction"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("how long does delivery to spain take", "delivery_time"),
        ("what is niacinamide", "what_is"),
        ("thanks a lot", "thank"),
        ("i want to talk to a person", "human"),
        ("in what order do my things go in the morning when i have time for all of them", "routine_steps"),
    ],
)
def test_what_is_plainly_else_leaves_it(message: str, kind: str) -> None:
    assert later(message, "swallowed_product", kind, SURE).frame.kind != "report_reaction"


def test_it_does_not_stand_for_ever() -> None:
    assert later("so what do i do", "swallowed_product", "out_of_scope", seconds=STANDS + 60).frame.kind != "report_reaction"


def test_it_is_remembered_with_its_time_and_for_a_crisis_too() -> None:
    for message, flag in (("my lips are swelling up since the balm", "severe_allergic_reaction"), ("i want to die", "crisis")):
        found = resolve(read(message, "report_reaction", band=SURE), Memory(), KNOWLEDGE, "", NOW)
        assert (found.memory.emergency, found.memory.emergency_at) == (flag, NOW)
        assert Memory.read(found.memory.as_data()).emergency == flag


def test_what_can_wait_for_an_appointment_does_not_stand() -> None:
    found = resolve(read("my mole is bleeding", "report_reaction", band=SURE), Memory(), KNOWLEDGE, "", NOW)
    assert not found.memory.emergency


def test_every_emergency_says_what_is_asked_of_it_most() -> None:
    """Whether to wait, and what if it seems better."""
    wanted = {"emergency_wait", "emergency_better"}
    standing = {key: one for key, one in KNOWLEDGE.safety.items() if one.asked}
    assert {"swallowed_product", "product_in_eye", "burn_or_blisters", "severe_allergic_reaction", "possible_infection", "blocked_vessel"} <= {*standing}
    assert all(wanted <= {*one.asked} for one in standing.values())


@pytest.mark.parametrize(("message", "flag", "stands"), [
    ("it has healed now, got a balm from you", "burn_or_blisters", False),
    ("healed now", "burn_or_blisters", False),
    ("not healed yet", "burn_or_blisters", True),
    ("is it healed?", "burn_or_blisters", True),
    ("until it has healed what do i put on it", "burn_or_blisters", True),
    ("how do i know it has healed", "burn_or_blisters", True),
    ("it healed now but is open again", "burn_or_blisters", True),
    ("it has healed now", "severe_allergic_reaction", True),
    ("it has healed now", "possible_infection", True),
])
def test_what_is_whole_again_is_over(message: str, flag: str, stands: bool) -> None:
    assert (flag in later(message, flag, "out_of_scope").asked.safety) is stands
