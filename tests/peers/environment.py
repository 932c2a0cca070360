"""An environment of their own for client libraries that cannot be installed beside Rasa."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.paths import ROOT

FOLDER = ROOT / ".venv-peers"


def newer_python() -> str | None:
    """A Python from 3.11 on, which some libraries want; None when this machine has none."""
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        for found in [found for folder in os.get_exec_path() if (found := Path(folder) / name).is_file()]:
            check = "import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
            if subprocess.run([str(found), "-c", check], capture_output=True).returncode == 0:
                return str(found)
    return None


def proving_python(requirements: Path, python_for_it: str = sys.executable) -> str:
    """The Python of an environment with exactly `requirements`, made when it is missing or another is wanted."""
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()[:16]
    folder = FOLDER / digest
    python = folder / "bin" / "python"
    with alone(digest):
        if not (folder / "installed").is_file():
            subprocess.run([python_for_it, "-m", "venv", "--clear", str(folder)], check=True)
            install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
            install += ["-r", str(requirements)]
            subprocess.run(install, check=True, timeout=600)
            (folder / "installed").touch()
    return str(python)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """While this lasts no other process of the tests makes the same thing."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
