"""The machine: Python, packages, disk, memory, limits, clock, user."""

from __future__ import annotations

import os
import re
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.finding import Finding, good, look, mend
from bot.paths import ROOT
from bot.settings import Settings

PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$", re.MULTILINE)
LEAST_DISK_MB = 1000
LEAST_MEMORY_MB = 500
FILES_BESIDE_CONNECTIONS = 200
CLOCK_SLACK_S = 120
MEMORY = Path("/proc/meminfo")
HOMES = ("/root", "/home")


def python(chosen: Settings) -> Iterator[Finding]:
    """Rasa 3.6 runs on Python 3.10 at most, and what it is pinned with on no older one."""
    now = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == (3, 10):
        yield good(f"Python {now}")
        if not any(Path(sys.base_prefix).is_relative_to(home) for home in HOMES):
            return
        yield look(f"{sys.base_prefix} lies in a home folder, which a service cannot read: docs/deploy.md puts Python elsewhere.")
    else:
        yield mend(f"Python is {now}, Glasskin needs 3.10: `make clean serve` makes the environment anew.")


def packages(chosen: Settings) -> Iterator[Finding]:
    """What is installed is what was pinned and tested."""
    others = [name for name, pinned in pins(ROOT / "requirements.txt").items() if _installed(name) != pinned]
    if others:
        yield mend(f"{len(others)} packages are not the pinned ones ({', '.join(others[:3])}): run `./scripts/install .venv`.")
    else:
        yield good("every package is the pinned one")


def pins(requirements: Path) -> dict[str, str]:
    """The version of each package that the file pins for this machine."""
    from packaging.markers import Marker

    found = PIN.findall(requirements.read_text(encoding="utf-8"))
    return {name: pinned for name, pinned, marker in found if not marker or Marker(marker).evaluate()}


def disk(chosen: Settings) -> Iterator[Finding]:
    """A full disk stops conversations from being kept."""
    for name, folder in {"VAR": chosen.var, "MODELS": chosen.models}.items():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        free = shutil.disk_usage(there).free // 1_000_000
        if free < LEAST_DISK_MB:
            yield mend(f"{folder} ({name}) has {free} MB free, {LEAST_DISK_MB} are needed: make room or set {name} to another disk.")
        else:
            yield good(f"{folder} has {free} MB free")


def memory(chosen: Settings) -> Iterator[Finding]:
    """A running assistant takes half a gigabyte."""
    if not MEMORY.is_file():
        return
    found = re.search(r"^MemAvailable:\s+(\d+) kB", MEMORY.read_text(encoding="ascii"), re.MULTILINE)
    free = int(found.group(1)) // 1000 if found else LEAST_MEMORY_MB
    if free < LEAST_MEMORY_MB:
        yield mend(f"{free} MB of memory are free, {LEAST_MEMORY_MB} are needed: stop something, or take a bigger machine.")
    else:
        yield good(f"{free} MB of memory are free")


def open_files(chosen: Settings) -> Iterator[Finding]:
    """Every open chat takes a file of the process."""
    needed = chosen.web_connections + FILES_BESIDE_CONNECTIONS
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if allowed != resource.RLIM_INFINITY and allowed < needed:
        yield look(f"{allowed} files may be open, WEB_CONNECTIONS wants {needed}: `ulimit -n {needed}`, or LimitNOFILE in systemd.")
    else:
        yield good("enough files may be open")


def clock(chosen: Settings) -> Iterator[Finding]:
    """Sessions, reminders and what was said last go by the clock; one that was set back hides the last messages."""
    kept = [path.stat().st_mtime for path in (ROOT / "bot", *chosen.var.glob("*")) if path.exists()]
    ahead = max(kept) - time.time()
    if ahead > CLOCK_SLACK_S:
        yield mend(f"The clock is {ahead / 60:.0f} minutes behind the newest file: set it (`timedatectl set-ntp true`).")
    elif time.gmtime().tm_year < 2024:
        yield mend(f"The clock says {time.strftime('%Y-%m-%d')}: set it (`timedatectl set-ntp true`).")
    else:
        yield good(f"the clock says {time.strftime('%Y-%m-%d %H:%M %Z')}")


def user(chosen: Settings) -> Iterator[Finding]:
    """What runs as root can do everything when it is broken into, and leaves files that others cannot write."""
    if os.geteuid() == 0:
        yield look("This is root: run the assistant as a user of its own (docs/deploy.md).")
    else:
        yield good("not root")


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
