"""Nights that somebody gives their products, enough to part what must not share one."""

from __future__ import annotations

import pytest

from bot.rules.advice import Profile
from bot.rules.routine import check
from bot.rules.routine_nights import ALTERNATE, apart
from bot.rules.steps import Step
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()


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
