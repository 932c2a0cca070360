"""The services of this package by kind of question."""

from __future__ import annotations

from typing import Callable, Mapping

from bot.answers.answer import Answer
from bot.answers.routine.build import build_routine
from bot.answers.routine.check import check_routine
from bot.answers.routine.costs import routine_cost, what_to_drop
from bot.answers.routine.week import plan_week
from bot.answers.turn import Turn

SERVICES: Mapping[str, Callable[[Turn], Answer]] = {
    "build_routine": build_routine,
    "check_routine": check_routine,
    "plan_week": plan_week,
    "routine_cost": routine_cost,
    "what_to_drop": what_to_drop,
}
