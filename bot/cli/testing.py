"""`glasskin test`: all tests, on as many cores as there are, then those that measure time, alone."""

from __future__ import annotations

import os
import subprocess
import sys

from bot.paths import ROOT

MOST_WORKERS = 4
"""Each has servers and a model of its own: about 1.5 GB."""
NOTHING_COLLECTED = 5


def run_tests(arguments: list[str]) -> int:
    """Runs pytest with these arguments (paths, `-k`), and returns the first exit code that is not 0.

    The cores share the tests; what is marked `alone` runs afterwards with nothing beside it, since it would measure that.
    """
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    shared = ["-n", str(workers), "--dist", "worksteal"] if workers > 1 else []
    codes = [_pytest([*shared, "-m", "not alone", *arguments]), _pytest(["-m", "alone", *arguments])]
    if set(codes) == {NOTHING_COLLECTED}:
        return NOTHING_COLLECTED
    return next((code for code in codes if code not in (0, NOTHING_COLLECTED)), 0)


def _pytest(arguments: list[str]) -> int:
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=ROOT)
