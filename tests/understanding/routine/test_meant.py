"""Which question about routines a message is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile
from bot.rules.steps import Step
from bot.understanding.frame import Frame
from bot.understanding.memory import Asked, Memory
from bot.understanding.routine import meant as routine
from tests.knowledge import knowledge
from tests.understanding.reading import frame

NEW = Memory()
CHECKED = Memory(asked=Asked("check_routine"), person=Profile(routine=(Step("toner"),)))
BUILT = Memory(
    asked=Asked("build_routine"),
    routine=(
        Step("water_cleanser", handle="a"), Step("serum", ("niacinamide",), handle="b"), Step("moisturizer", handle="c"),
        Step("sunscreen"), Step("ampoule", handle="d"),
    ),
)
ABOUT_NIACINAMIDE = Memory(asked=Asked("frequency", ("niacinamide",)))


@pytest.mark.parametrize(
    ("text", "kind", "memory", "expected"),
    [
        ("I use toner, vitamin C serum, retinol ampoule and cream, ok?", "together", NEW, "check_routine"),
        ("i am using a toner and a retinol serum", "tell_profile", NEW, "check_routine"),
        ("i have a toner", "tell_profile", NEW, "check_routine"),
        ("i have oily skin", "tell_profile", NEW, ""),
        ("can i use retinol with vitamin c", "together", NEW, ""),
        ("can i use vitamin c serum and retinol serum", "together", NEW, ""),
        ("can i use retinol and a toner and niacinamide", "can_use", NEW, ""),
        ("can i use cleanser, toner, niacinamide serum and retinol serum together?", "can_use", NEW, "check_routine"),
        ("is that ok?", "can_use", CHECKED, "check_routine"),
        ("is that ok?", "can_use", NEW, ""),
        ("what about it", "frequency", CHECKED, ""),
        ("swap the retinol for bakuchiol", "replace", CHECKED, "check_routine"),
        ("what can i swap retinol and bakuchiol for", "replace", CHECKED, ""),
        ("swap the retinol for bakuchiol", "replace", NEW, ""),
        ("make it ten steps", "routine_steps", BUILT, "build_routine"),
        ("how many steps should it have", "routine_steps", BUILT, ""),
        ("make it ten steps", "routine_steps", NEW, ""),
    ],
)
def test_a_routine_is_meant(text: str, kind: str, memory: Memory, expected: str) -> None:
    assert routine.meant(frame(text, kind), memory, knowledge()) == expected


def test_a_narrower_kind_is_still_of_its_intent() -> None:
    said = replace(frame("i use toner, serum and cream, which goes next"), intent="ask_order", kind="next_step")
    assert routine.meant(said, NEW, knowledge()) == "check_routine"


@pytest.mark.parametrize(
    "text",
    [
        "please make me a routine with my own products", "i'd like a routine out of everything i own",
        "build me a routine from what i already have", "turn these into a routine", "can you use my stuff",
    ],
)
def test_a_routine_out_of_ones_own_products(text: str) -> None:
    assert routine.names_own_products(frame(text))


@pytest.mark.parametrize(
    "text",
    ["build me a routine for dry skin", "which routine do i need with your products", "a routine with a serum i'd have to buy", "make me a routine, what i have to use and when"],
)
def test_a_routine_out_of_the_shops_products(text: str) -> None:
    assert not routine.names_own_products(frame(text))


@pytest.mark.parametrize(
    ("text", "memory", "expected"),
    [
        ("which one would you leave out first", BUILT, True),
        ("what could I do without", BUILT, True),
        ("which is least important", BUILT, True),
        ("can i drop the toner", BUILT, False),
        ("which one would you leave out first", CHECKED, False),
        ("which one would you leave out first", replace(BUILT, routine=(Step("moisturizer"), Step("sunscreen"))), False),
    ],
)
def test_what_to_drop_is_asked_of_a_built_routine(text: str, memory: Memory, expected: bool) -> None:
    assert routine.asks_what_to_drop(frame(text), memory, knowledge()) is expected


@pytest.mark.parametrize(
    ("text", "memory", "expected"),
    [
        ("how much is it all together", BUILT, True),
        ("how much is the ampoule", BUILT, False),
        ("how much is it all together", NEW, False),
        ("how much is it all together", replace(BUILT, routine=BUILT.routine[:1]), False),
    ],
)
def test_what_a_built_routine_costs(text: str, memory: Memory, expected: bool) -> None:
    assert routine.asks_what_it_costs(frame(text, "price"), memory) is expected
    assert not routine.asks_what_it_costs(frame(text, "frequency"), memory)


def test_cheaper_is_about_the_built_routine() -> None:
    said = Frame("can you make it cheaper", cues=frozenset({"cheaper"}))
    assert routine.wants_cheaper_routine(said, BUILT)
    assert not routine.wants_cheaper_routine(said, CHECKED)
    assert not routine.wants_cheaper_routine(Frame("thanks"), BUILT)


@pytest.mark.parametrize(
    ("text", "memory", "expected"),
    [
        ("and a serum?", ABOUT_NIACINAMIDE, "follow_up"),
        ("is it ok with vitamin c?", ABOUT_NIACINAMIDE, "together"),
        ("toner and retinol, is that ok", ABOUT_NIACINAMIDE, ""),
        ("and a serum?", NEW, ""),
        ("and a serum?", CHECKED, ""),
        ("and a serum?", replace(ABOUT_NIACINAMIDE, person=Profile(routine=(Step("toner"),))), ""),
    ],
)
def test_what_goes_on_with_another_talk_is_no_step(text: str, memory: Memory, expected: str) -> None:
    assert routine.check_is_really_something_else(frame(text), memory, knowledge()) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("what is skin cycling", True), ("is skin cycling worth it", True), ("plan skin cycling for me", False), ("what should my week be", False)],
)
def test_a_question_about_skin_cycling_is_no_wish_for_a_week(text: str, expected: bool) -> None:
    assert routine.week_is_really_a_question(frame(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i do retinal on mondays and lactic acid on saturdays, is that fine?", True),
        ("retinal on mondays and lactic acid on saturdays", False),
        ("plan my week with retinal, ok?", False),
    ],
)
def test_nights_told_and_asked_about_are_checked(text: str, expected: bool) -> None:
    assert routine.week_is_really_a_check(frame(text), knowledge()) is expected
