"""Which products fit best: what is left out, what comes first, and that names never matter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.advice import Profile
from bot.rules.items import Item
from bot.rules.ranking import Wants, in_order, rank
from bot.rules.steps import Step
from tests.knowledge import knowledge

SERUM = Item(
    "a", "Alpha Serum", "serum", ("niacinamide", "tranexamic_acid"), True, ("dark_spots",), ("oily", "normal"), 2000
)
WANTS = Wants(types=("serum", "sunscreen"), concerns=("dark_spots",), profile=Profile(skin_types=("oily",)))


def handles(wants: Wants, *items: Item) -> list[str]:
    """The handles that fit, the best first."""
    return [fit.item.handle for fit in rank(knowledge(), wants, items)]


@pytest.mark.parametrize(
    ("changes", "wants"),
    [
        ({"in_stock": False}, WANTS),
        ({"type": "ampoule"}, WANTS),
        ({"price": 2100}, replace(WANTS, max_price=2000)),
        ({"price": 900}, replace(WANTS, min_price=1000)),
        ({"concerns": ("acne",)}, WANTS),
        ({"concerns": (), "ingredients": ("glycerin",)}, WANTS),
        ({"ingredients": ("retinol",)}, replace(WANTS, profile=Profile(pregnant=True))),
        ({"labelled": False}, replace(WANTS, profile=Profile(pregnant=True))),
        ({"ingredients": ("retinol",)}, replace(WANTS, profile=Profile(age=16))),
        ({}, replace(WANTS, profile=Profile(avoids=("niacinamide",)))),
        ({"ingredients": ("retinol",)}, replace(WANTS, in_use=("retinal",))),
        ({"ingredients": ("retinol",)}, replace(WANTS, in_use=("tretinoin",))),
        ({"concerns": ("damaged_barrier",), "ingredients": ("glycolic_acid",)},
         replace(WANTS, concerns=("damaged_barrier",))),
    ],
)
def test_what_does_not_fit_is_left_out(changes: dict[str, object], wants: Wants) -> None:
    assert handles(wants, replace(SERUM, **changes)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("better", "worse", "wants"),
    [
        ({}, {"concerns": ("dark_spots",), "skin_types": ("dry",)}, WANTS),
        ({"concerns": ("dark_spots", "dullness")}, {}, replace(WANTS, concerns=("dark_spots", "dullness"))),
        ({}, {"ingredients": ("niacinamide",)}, WANTS),
        ({"price": 1500}, {"price": 1600}, WANTS),
        ({}, {"type": "sunscreen", "price": 100}, WANTS),
        ({"skin_types": ()}, {"ingredients": ("niacinamide", "tranexamic_acid", "fragrance"), "skin_types": ("sensitive",)},
         replace(WANTS, profile=Profile(skin_types=("sensitive",)))),
    ],
)
def test_what_fits_better_comes_first(better: dict[str, object], worse: dict[str, object], wants: Wants) -> None:
    first = replace(SERUM, handle="better", **better)  # type: ignore[arg-type]
    second = replace(SERUM, handle="worse", **worse)  # type: ignore[arg-type]
    assert handles(wants, second, first) == ["better", "worse"]


def test_the_order_does_not_hang_on_the_order_given() -> None:
    items = [replace(SERUM, handle=letter, title=f"{letter} serum") for letter in "abcdef"]
    assert handles(WANTS, *items) == handles(WANTS, *reversed(items))


@settings(deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=2, max_size=2, unique=True))
def test_a_title_never_changes_a_place(titles: list[str]) -> None:
    one, other = replace(SERUM, handle="x", title=titles[0]), replace(SERUM, handle="y", title=titles[1])
    swapped = (replace(one, title=titles[1]), replace(other, title=titles[0]))
    assert handles(WANTS, one, other) == handles(WANTS, *swapped)


def test_cautions_name_what_to_keep_apart() -> None:
    item = replace(SERUM, ingredients=("glycolic_acid", "niacinamide"))
    (fit,) = rank(knowledge(), replace(WANTS, in_use=("retinol",)), [item])
    assert "finder_alternate_nights" in [line.key for line in fit.cautions]


def test_what_the_routine_holds_counts_as_in_use() -> None:
    profile = Profile(routine=(Step("serum", ("retinol",)),))
    assert "retinol" in profile.in_use


def test_all_in_order_leaves_nothing_out_and_puts_sold_out_last() -> None:
    gone = replace(SERUM, handle="gone", price=1, in_stock=False)
    other = replace(SERUM, handle="other", concerns=("acne",), price=2)
    assert [item.handle for item in in_order(knowledge(), replace(WANTS, types=()), [gone, other, SERUM])] == [
        "a", "other", "gone",
    ]
