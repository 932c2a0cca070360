"""How fast the machine is at the moment, beside the one where limits on time were set."""

from __future__ import annotations

import time

LOOP, LOOP_SECONDS = 300_000, 0.0125
"""A plain loop and how long it takes where the limits were set; a slower or busier machine gets more time."""


def slowness() -> float:
    """How much slower than where the limits were set this machine is, at least 1."""
    began, count = time.thread_time(), 0
    for number in range(LOOP):
        count += number % 7
    return max(1.0, (time.thread_time() - began) / LOOP_SECONDS)
