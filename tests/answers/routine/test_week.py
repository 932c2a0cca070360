"""The week as a service: whose routine it spreads, and its files."""

from __future__ import annotations

import re

from bot.answers.answer import Words
from bot.answers.routine.build import build_routine
from bot.answers.routine.check import check_routine
from bot.answers.routine.week import plan_week
from bot.rules.gate import is_held
from bot.store.plans import PlanStore
from tests.answers.talks import Talk

WEEK = "plan_week"


def test_the_week_of_a_told_routine_with_its_files(talk: Talk) -> None:
    talk.asks(check_routine, "my routine: cleanser, retinol serum, glycolic acid exfoliant, cream, sunscreen, ok?", "check_routine")
    part = talk.asks(plan_week, "plan my week", WEEK).parts[0]
    assert isinstance(part, Words)
    assert re.search(r"Your skincare week[\s\S]*Every morning: .*Sunscreen[\s\S]*Monday[\s\S]*rest night", part.text)
    assert "Retinol" in part.text and "lycolic" in part.text and part.buttons
    token = part.payload["image"]["src"].split("/")[-1].removesuffix(".png")
    assert PlanStore(talk.resources.database).find(token) is not None
    assert [file["href"].rsplit(".", 1)[1] for file in part.payload["files"]] == ["png", "ics"]


def test_the_week_of_what_is_named(talk: Talk) -> None:
    text = talk.text(plan_week, "plan my week with retinol and an ampoule", WEEK)
    assert re.search(r"day: night Retinol", text) and "mpoule" in text


def test_the_week_of_the_routine_just_built(talk: Talk) -> None:
    built = talk.asks(build_routine, "build me a routine for dry skin", "build_routine").memory.routine
    part = talk.asks(plan_week, "put that into a week please", WEEK).parts[0]
    assert isinstance(part, Words) and {step.handle for step in part.steps} <= {step.handle for step in built} | {""}
    assert talk.memory.routine == built


def test_without_anything_told_one_is_built(talk: Talk) -> None:
    part = talk.asks(plan_week, "plan my week", WEEK).parts[0]
    assert isinstance(part, Words) and any(step.handle for step in part.steps)


def test_what_must_be_left_is_in_no_night(talk: Talk) -> None:
    part = talk.asks(plan_week, "i am pregnant. plan my week with retinol", WEEK).parts[0]
    assert isinstance(part, Words) and "Leave out" in part.text and "night Retinol" not in part.text
    assert not is_held(talk.resources.knowledge, [one for step in part.steps for one in step.ids], talk.memory.person)


def test_a_doctors_treatment_told_later_takes_strong_steps_out_of_a_built_week(talk: Talk) -> None:
    talk.asks(build_routine, "build me a routine with retinol", "build_routine")
    part = talk.asks(plan_week, "i use a cream from my dermatologist. plan my week", WEEK).parts[0]
    assert isinstance(part, Words)
    assert not is_held(talk.resources.knowledge, [one for step in part.steps for one in step.ids], talk.memory.person)
    assert "night Retinol" not in part.text


def test_without_the_shop_there_is_a_week_but_no_files(talk_without_shop: Talk) -> None:
    part = talk_without_shop.asks(plan_week, "plan my week with retinol", WEEK).parts[0]
    assert isinstance(part, Words) and "Retinol" in part.text and not part.payload


def test_a_beginner_starts_with_one_active(talk: Talk) -> None:
    text = talk.text(plan_week, "i'm a beginner, plan my week with retinol and glycolic acid", WEEK)
    assert "lycolic acid can join after 2 weeks" in text
