"""How long it takes to check a ten-step routine, to build one and to spread one over a week.

Run: python -m benchmarks.routine
"""

from __future__ import annotations

import statistics
import time
from typing import Callable

from bot.rules.advice import Profile
from bot.rules.routine import check
from bot.rules.routine_building import build
from bot.rules.steps import Step
from bot.rules.week import plan
from tests.knowledge import knowledge

ROUNDS = 200
WARM_UP = 5
STEPS = (
    Step("oil_cleanser"), Step("water_cleanser"), Step("exfoliant", ("glycolic_acid",)), Step("toner"),
    Step("essence", ("snail_mucin",)), Step("serum", ("ascorbic_acid",)), Step("serum", ("retinol",)),
    Step("ampoule", ("copper_peptide",)), Step("moisturizer", ("ceramide_np",)), Step("sunscreen"),
)
SOMEBODY = Profile(skin_types=("oily", "sensitive"), concerns=("acne", "dark_spots"), age=31)


def timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each of `ROUNDS` runs after a few that do not count."""
    for _ in range(WARM_UP):
        work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def main() -> None:
    """Prints the median and the slowest of twenty."""
    data = knowledge()
    jobs: dict[str, Callable[[], object]] = {
        "check a ten-step routine": lambda: check(data, STEPS, SOMEBODY),
        "plan its week": lambda: plan(data, STEPS, SOMEBODY),
        "build a ten-step routine": lambda: build(data, SOMEBODY, "full"),
    }
    for name, work in jobs.items():
        times = timed(work)
        print(f"{name:28} median {statistics.median(times):6.2f} ms   p95 {statistics.quantiles(times, n=20)[-1]:6.2f} ms")


if __name__ == "__main__":
    main()
