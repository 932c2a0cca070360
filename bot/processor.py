"""Lets NumPy use the whole processor.

NumPy 1.23, the newest that Rasa takes, comes with an OpenBLAS that knows processors by name, and computes on those it does
not know, as Sapphire Rapids, with instructions of 2004: four times slower. Told which kernels to take by what the processor
can do, it takes those that it would have for a known one. Read before NumPy is loaded, so `bot/__init__.py` sees to it.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Optional

VARIABLE = "OPENBLAS_CORETYPE"
# OpenBLAS's names of kernels, best first, and the instructions that they are compiled for.
KERNELS = (
    ("SkylakeX", {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}),
    ("Haswell", {"avx2", "fma"}),
)
DESCRIPTION = Path("/proc/cpuinfo")


def tell_openblas() -> None:
    """Sets OPENBLAS_CORETYPE, unless it is set or nothing is known of the processor."""
    kernels = fitting_kernels(DESCRIPTION) if platform.machine() in ("x86_64", "AMD64") else None
    if kernels:
        os.environ.setdefault(VARIABLE, kernels)


def fitting_kernels(description: Path) -> Optional[str]:
    """The best kernels for the processor that a file in the form of Linux's /proc/cpuinfo describes; None if the file
    is missing or names no such instructions."""
    if not description.is_file():
        return None
    flags = next((line for line in description.read_text(encoding="utf-8").splitlines() if line.startswith("flags")), "")
    can = set(flags.partition(":")[2].split())
    return next((kernels for kernels, needed in KERNELS if needed <= can), None)
