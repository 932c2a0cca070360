"""NumPy computes with what the processor can do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.blas import DESCRIPTION, fitting_kernels

AVX512 = "fma avx2 avx512f avx512dq avx512cd avx512bw avx512vl amx_tile"


@pytest.mark.parametrize(
    ("flags", "kernels"),
    [
        (f"flags\t\t: fpu sse2 {AVX512}", "SkylakeX"),
        ("flags\t\t: fpu sse2 fma avx2", "Haswell"),
        ("flags\t\t: fpu fma avx2 avx512f", "Haswell"),
        ("flags\t\t: fpu sse2", None),
        ("Features\t: fp asimd", None),
    ],
)
def test_the_kernels_are_those_whose_instructions_the_processor_has(tmp_path: Path, flags: str, kernels: str | None) -> None:
    described = tmp_path / "cpuinfo"
    described.write_text(f"processor\t: 0\n{flags}\nbugs\t: none\n", encoding="utf-8")
    assert fitting_kernels(described) == kernels


def test_nothing_is_chosen_where_nothing_is_described(tmp_path: Path) -> None:
    assert fitting_kernels(tmp_path / "cpuinfo") is None


def test_numpy_takes_them() -> None:
    chosen = fitting_kernels(DESCRIPTION)
    if chosen is None:
        pytest.skip("this processor is not one that OpenBLAS needs to be told of")
    assert _told("architecture") == {chosen}


def test_numpy_computes_in_one_thread() -> None:
    assert _told("num_threads") == {"1"}


def _told(what: str) -> set[str]:
    """What NumPy's libraries say of themselves in a process that begins with ours."""
    script = f"import bot, numpy, threadpoolctl; print(*[found['{what}'] for found in threadpoolctl.threadpool_info()])"
    untold = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=untold)
    return set(told.stdout.split())
