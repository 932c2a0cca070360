"""Routines built from the shop's products."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.answers.answer import Words
from bot.answers.routine.build import build_routine
from bot.answers.routine.costs import routine_cost, what_to_drop
from bot.answers.routine.week import plan_week
from bot.rules.gate import is_held
from tests.answers.talks import Talk


def test_a_short_routine_asks_for_the_skin_type_once(talk: Talk) -> None:
    answer = talk.asks(build_routine, "build me a routine", "build_routine")
    part = answer.parts[0]
    assert isinstance(part, Words) and part.products and part.steps and part.sources
    assert re.search(r"short routine[\s\S]*Morning[\s\S]*sunscreen[\s\S]*Night", part.text, re.I)
    assert [button["payload"] for button in part.buttons][1] == "Build me a routine for oily skin"
    after = talk.text(build_routine, "oily skin", "build_routine")
    assert "oily skin" in after and "What is your skin like" not in after


def test_ten_steps_and_the_needs_of_the_routine_before(talk: Talk) -> None:
    talk.asks(build_routine, "what's a good routine for redness", "build_routine")
    text = talk.text(build_routine, "make it ten steps", "build_routine")
    assert "ten-step routine for redness" in text and "ssence" in text


def test_only_the_half_of_the_day_that_is_asked_for_is_shown_but_all_is_kept(talk: Talk) -> None:
    answer = talk.asks(build_routine, "build me an evening routine for oily skin", "build_routine")
    part = answer.parts[0]
    assert isinstance(part, Words) and "**Night**" in part.text and "**Morning**" not in part.text
    assert "In a skin crisis" not in part.text
    assert {offer.product.handle for offer in part.products} <= {step.handle for step in part.steps}
    assert any(step.type == "sunscreen" for step in answer.memory.routine)
    assert re.search("every morning.*(sunscreen|sun cream)", talk.text(plan_week, "plan my week with it", "plan_week"), re.I)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("i'm pregnant", "build me a routine for wrinkles"),
        ("i am 15", "build me a routine for pimples"),
        ("i am 11", "build me a ten-step routine with retinol"),
        ("i'm allergic to fragrance", "build me a ten-step routine for dry skin"),
        ("my skin is irritated", "build me a ten-step routine for redness"),
        ("i take isotretinoin", "build me a ten-step routine with retinol and glycolic acid"),
        ("i have rosacea", "build me a ten-step routine for redness"),
    ],
)
def test_nothing_that_the_person_must_leave_is_in_it(talk: Talk, told: str, text: str) -> None:
    part = talk.asks(build_routine, f"{told}. {text}", "build_routine").parts[0]
    assert isinstance(part, Words) and part.steps
    used = [one for step in part.steps for one in step.ids]
    assert not is_held(talk.resources.knowledge, used, talk.memory.person)


def test_what_is_asked_for_is_in_it_and_what_is_used_is_no_wish(talk: Talk) -> None:
    answer = talk.asks(build_routine, "make me a night routine with retinol", "build_routine")
    assert any("retinol" in step.actives for step in answer.memory.routine)
    fresh = Talk(talk.resources)
    answer = fresh.asks(build_routine, "i already use retinol, build me a routine", "build_routine")
    assert not any("retinol" in step.actives for step in answer.memory.routine)


def test_without_is_kept_to(talk: Talk) -> None:
    answer = talk.asks(build_routine, "build me a routine without fragrance for dry skin", "build_routine")
    part = answer.parts[0]
    assert isinstance(part, Words) and part.products
    names = talk.resources.labels.names_of("fragrance", True)
    assert not any(set(offer.product.inci) & set(names) for offer in part.products)


def test_its_cost_cheaper_and_what_to_leave_out(talk: Talk) -> None:
    first = talk.text(build_routine, "build me a routine from your products for oily skin", "build_routine")
    assert re.search(r"All of it comes to (\d+\.\d\d) USD", first)
    assert talk.text(routine_cost, "how much is it all together", "routine_cost").startswith("All of it comes to")
    dropped = talk.asks(what_to_drop, "which one would you leave out first", "what_to_drop").parts[0]
    assert isinstance(dropped, Words) and dropped.text.startswith("First **") and "basics" in dropped.text and dropped.steps
    cheaper = talk.text(build_routine, "can you make it cheaper", "build_routine", cues=frozenset({"cheaper"}))
    assert "cheapest products that fit" in cheaper
    costs = [float(found) for text in (first, cheaper) for found in re.findall(r"All of it comes to (\d+\.\d\d)", text)]
    assert costs[1] <= costs[0]


def test_a_budget_is_kept_to_or_said_to_be_too_small(talk: Talk) -> None:
    text = talk.text(build_routine, "build me a routine for dry skin, budget 5", "build_routine")
    assert "over your 5.00 USD" in text


def test_the_young_get_the_basics_for_free(talk: Talk) -> None:
    text = talk.text(build_routine, "i'm 13, build me a skincare routine", "build_routine")
    assert "young skin" in text and "Serum**" not in text


def test_without_the_shop_the_kinds_are_named(talk_without_shop: Talk) -> None:
    part = talk_without_shop.asks(build_routine, "build me a routine for dry skin", "build_routine").parts[0]
    assert isinstance(part, Words) and not part.products and "Moisturizer" in part.text and "USD" not in part.text
    assert talk_without_shop.memory.routine


def test_with_nothing_but_basics_nothing_is_dropped(talk: Talk) -> None:
    talk.memory = replace(talk.memory, routine=())
    assert talk.text(what_to_drop, "which would you drop", "what_to_drop") == "It holds nothing but the basics: keep all of it."
    assert "price of each" in talk.text(routine_cost, "how much is it", "routine_cost")
