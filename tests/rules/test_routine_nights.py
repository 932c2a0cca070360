"""Nights that somebody gives their products: heard, and enough to part what must not share one."""

from __future__ import annotations

import pytest

from actions.resources import knowledge
from bot.rules.advice import Profile
from bot.rules.routine import check
from bot.rules.routine_nights import ALTERNATE, apart, nights_of
from bot.rules.steps import Step

KNOWLEDGE = knowledge()


def heard(text: str, *names: str) -> list[tuple[str, ...]]:
    """The nights of the steps with these names."""
    return nights_of(text, [(text.index(name), text.index(name) + len(name)) for name in names])


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("retinol mon wed fri and aha on tue & thu", ("monday", "wednesday", "friday"), ("tuesday", "thursday")),
        ("Mondays: aha, Thursdays and sat retinol", ("thursday", "saturday"), ("monday",)),
        ("retinol alternate nights with aha, cream", (ALTERNATE,), (ALTERNATE,)),
        ("i alternate retinol and aha", (ALTERNATE,), (ALTERNATE,)),
        ("retinol every other night, the other nights aha", (ALTERNATE,), (ALTERNATE,)),
        ("retinol at night. aha on alternate days", (), ()),
        ("retinol and aha, then out in the sun", (), ()),
    ],
)
def test_days_and_alternating_nights_are_heard(text: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    assert heard(text, "retinol", "aha") == [first, second] or heard(text, "aha", "retinol") == [second, first]


def test_the_same_day_is_not_apart() -> None:
    assert apart(("monday",), ("tuesday",)) and apart((ALTERNATE,), (ALTERNATE,))
    assert not apart(("monday",), ("monday", "friday")) and not apart((), ("monday",)) and not apart((), ())


@pytest.mark.parametrize(
    ("nights", "other", "open_clash"),
    [((ALTERNATE,), (ALTERNATE,), False), (("monday",), ("friday",), False), (("monday",), ("monday",), True), ((), (), True)],
)
def test_a_clash_is_told_only_where_the_nights_do_not_part_it(nights: tuple[str, ...], other: tuple[str, ...], open_clash: bool) -> None:
    steps = (
        Step("serum", ("retinol",), nights=nights), Step("exfoliant", ("glycolic_acid",), nights=other),
        Step("moisturizer"), Step("sunscreen"), Step("water_cleanser"),
    )
    found = check(KNOWLEDGE, steps, Profile())
    assert bool(found.clashes) is open_clash
    assert [one.kind for one in found.parted] == ([] if open_clash else ["alternate_nights"])
