"""Lets NumPy use what the processor can do, one core a computation.

NumPy 1.23, the newest that Rasa takes, comes with an OpenBLAS that knows processors by name, and computes on those it does
not know, as Sapphire Rapids, with instructions of 2004: four times slower. Told which kernels to take by what the processor
can do, it takes those that it would have for a known one.

A message's products are so small that a second thread shortens none of them; OpenBLAS's waits for the next in a loop, and
doubles what a message costs. Training puts a part of its own on each core.

Both are read before NumPy is loaded, so `bot/__init__.py` sees to them.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Optional

CORETYPE, THREADS = "OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS"
# OpenBLAS's names of kernels, best first, and the instructions that they are compiled for.
KERNELS = (
    ("SkylakeX", {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}),
    ("Haswell", {"avx2", "fma"}),
)
DESCRIPTION = Path("/proc/cpuinfo")


def tell_openblas() -> None:
    """Sets OPENBLAS_NUM_THREADS, and OPENBLAS_CORETYPE if something is known of the processor, unless they are set."""
    os.environ.setdefault(THREADS, "1")
    kernels = fitting_kernels(DESCRIPTION) if platform.machine() in ("x86_64", "AMD64") else None
    if kernels:
        os.environ.setdefault(CORETYPE, kernels)


def fitting_kernels(description: Path) -> Optional[str]:
    """The best kernels for the processor that a file in the form of Linux's /proc/cpuinfo describes; None if the file
    is missing or names no such instructions."""
    if not description.is_file():
        return None
    flags = next((line for line in description.read_text(encoding="utf-8").splitlines() if line.startswith("flags")), "")
    can = set(flags.partition(":")[2].split())
    return next((kernels for kernels, needed in KERNELS if needed <= can), None)
