"""Vendure in a folder of its own, by npm, with exactly what its lock names."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.peers.environment import FOLDER, alone

SOURCES = Path(__file__).parent / "prove" / "vendure"
LOCKED = ("package.json", "package-lock.json")
OLDEST_NODE = 20


def vendure_folder() -> Path | None:
    """Where Vendure is installed with the shop's scripts, made when it is missing; None where there is no npm, or an old Node."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None or _major(node) < OLDEST_NODE:
        return None
    digest = hashlib.sha256(b"".join((SOURCES / name).read_bytes() for name in LOCKED)).hexdigest()[:16]
    folder = FOLDER / f"vendure-{digest}"
    with alone(f"vendure-{digest}"):
        if not (folder / "installed").is_file():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            for name in LOCKED:
                shutil.copy(SOURCES / name, folder)
            command = [npm, "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(command, cwd=folder, check=True, timeout=600, stdout=subprocess.DEVNULL, env={**os.environ, "CI": "1"})
            (folder / "installed").touch()
    return folder


def _major(node: str) -> int:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.strip().lstrip("v").partition(".")[0])
