"""Compares docs/advisories.yml with what is pinned, and writes docs/advisories.md from it. Run by scripts/advisories.

Works without a network: the services that tell of weaknesses are asked when somebody adds to the file, not when it is read.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import yaml
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "advisories.yml"
PAGE = ROOT / "docs" / "advisories.md"
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)
KEYS = {"ids", "what", "exposed", "why", "do"}
HEAD = """# Known weaknesses of what Glasskin rests on

Rasa's last open-source release pins packages that get no repairs any more. This page names the published weaknesses of
what is pinned, and whether they touch a Glasskin that is set up as [deploy.md](deploy.md) says. `scripts/advisories`
writes it from [advisories.yml](advisories.yml); a test fails when a package named there is pinned in a version that
nobody has judged. Tools that ask a service can say "none found" when none answered: look at how many packages they skipped.

"Unconfirmed" numbers were noted without the advisory at hand.
"""


def load() -> dict[str, Any]:
    """Package -> what is known of it."""
    content: dict[str, Any] = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    return content


def pins() -> dict[str, str]:
    """The version that each run-time package is pinned to."""
    return dict(PIN.findall((ROOT / "requirements.txt").read_text(encoding="utf-8")))


def problems(known: dict[str, Any], pinned: dict[str, str]) -> list[str]:
    """What somebody must look at: a version that was not judged, an entry that is incomplete or contradicts itself."""
    found = []
    for package, entry in known.items():
        if package not in pinned:
            found.append(f"{package} is not pinned any more: take it out of docs/advisories.yml.")
        elif str(entry["version"]) != pinned[package]:
            found.append(f"{package} was judged in {entry['version']} and is pinned to {pinned[package]}: judge it anew.")
        for advisory in entry["advisories"]:
            found += [f"{package}: {problem}" for problem in _incomplete(advisory, str(entry["version"]))]
    return found


def _incomplete(advisory: dict[str, Any], version: str) -> list[str]:
    name = ", ".join(advisory.get("ids", ["an advisory without a number"]))
    found = [f"{name} lacks {key}." for key in sorted(KEYS - advisory.keys())]
    if advisory.get("exposed") not in ("no", "limited"):
        found.append(f"{name}: exposed is neither no nor limited; a package that exposes people is not to be pinned.")
    repaired = "below" in advisory and Version(version) >= Version(str(advisory["below"]))
    if repaired != str(advisory.get("why", "")).startswith("repaired"):
        found.append(f"{name}: `why` and `below` contradict each other on whether {version} is repaired.")
    return found


def page(known: dict[str, Any]) -> str:
    """The whole of advisories.md."""
    rows = []
    for package, entry in known.items():
        for one in entry["advisories"]:
            ids = ", ".join(one["ids"]) + (" (unconfirmed)" if one.get("unconfirmed") else "")
            below = f"below {one['below']}" if "below" in one else "all"
            rows.append(
                f"| {package} {entry['version']} ({entry['why_pinned']}) | {ids}; {below} | {one['what']} "
                f"| {one['exposed']}: {one['why']} | {one['do']} |"
            )
    none = [f"{package} {entry['version']}" for package, entry in known.items() if not entry["advisories"]]
    table = "\n".join(["| package | advisory | what | are you exposed? | what to do |", "| --- | --- | --- | --- | --- |", *rows])
    return f"{HEAD}\n{table}\n\nLooked at, none known: {', '.join(none)}.\n"


def main() -> int:
    """Writes the page and says what is to be looked at."""
    known = load()
    PAGE.write_text(page(known), encoding="utf-8")
    found = problems(known, pins())
    for problem in found:
        print(problem, file=sys.stderr)
    if not found:
        count = sum(len(entry["advisories"]) for entry in known.values())
        print(f"{len(known)} packages, {count} advisories: every pin is the one that was judged.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
