"""The pool of threads in which the parts of classifiers are learned."""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Iterator

from threadpoolctl import threadpool_limits

# More than one learns at a time: a classifier and that of its calibration, each waiting in a thread for those of its parts.
THREADS = 8


@contextmanager
def cores() -> Iterator[Executor]:
    """A pool whose tasks compute on one core each, so that what they give does not depend on how many run."""
    with threadpool_limits(1), ThreadPoolExecutor(THREADS) as pool:
        yield pool
