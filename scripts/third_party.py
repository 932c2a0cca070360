"""Writes THIRD_PARTY.md: what Glasskin contains and fetches that others made, with its licence.

The table of Python packages comes from the metadata of what is installed; the rest stands in scripts/third_party.md, which
is copied to its head. Run by scripts/notices.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY.md"
HEAD = ROOT / "scripts" / "third_party.md"
REQUIREMENTS = ("requirements.txt", "requirements-encoder.txt")
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)

SAID = {
    "MIT": r"mit( license)?|mit license \(mit\)|expat",
    "MIT-0": r"mit-0|mit no attribution",
    "MIT-CMU": r"mit-cmu",
    "Apache-2.0": r"apache( license| software license)?(,? (version |v)?2(\.0)?)?|apache-2\.0",
    "BSD-2-Clause": r"(bsd-2-clause|simplified bsd|2-clause bsd)( license)?",
    "BSD-3-Clause": r"(bsd[- ]3-clause|new bsd|3-clause bsd|modified bsd)( license)?",
    "BSD": r"bsd( license)?",
    "ISC": r"isc( license)?( \(iscl\))?",
    "MPL-2.0": r"mpl[- ]2\.0|mozilla public license 2\.0 \(mpl 2\.0\)",
    "PSF-2.0": r"psf(l|-2\.0)?|python software foundation license",
    "OFL-1.1": r"(sil )?ofl[- ]1\.1|sil open font license 1\.1 \(ofl-1\.1\)",
    "LGPL with exceptions": r"lgpl with exceptions",
    "TCL": r"tcl",
}
"""Licences that may go with Apache 2.0, and how packages write them. One that is none of these is for a person to judge."""
ALTERNATIVES = re.compile(r"\s+(?:OR|AND|or|and)\s+|;.*")


class Package(NamedTuple):
    """A package that runs with Glasskin; `licence` is empty where its metadata names none that we know."""

    name: str
    version: str
    licence: str
    says: str


def packages() -> Iterator[Package]:
    """Every pinned run-time package.

    Raises:
        PackageNotFoundError: when one of them is not installed.
    """
    for name, version in pins():
        found = distribution(name)
        says = licence_words(found)
        yield Package(name, version, next((known for one in says if (known := spdx(one))), ""), "; ".join(says))


def pins() -> list[tuple[str, str]]:
    """Name and version of every pinned run-time package, by name."""
    texts = [(ROOT / file).read_text(encoding="utf-8") for file in REQUIREMENTS]
    return sorted((name, version) for text in texts for name, version in PIN.findall(text))


def licence_words(found: Distribution) -> list[str]:
    """What a package says of its licence, the most exact first."""
    metadata = found.metadata
    classifiers = [one for one in metadata.get_all("Classifier") or () if one.startswith("License ::")]
    written = " ".join(metadata.get_all("License") or ()).strip().splitlines()[:1]
    words = [*(metadata.get_all("License-Expression") or ()), *written, *(one.split(" :: ")[-1] for one in classifiers)]
    return [word for word in words if word and word != "UNKNOWN"]


def spdx(words: str) -> str:
    """The licence's short name, parts joined as the package joins them; empty where a part is none that we know."""
    parts = [part.strip() for part in ALTERNATIVES.split(words) if part.strip()]
    known = [_short(part) for part in parts]
    joint = " OR " if re.search(r"\sor\s", words, re.IGNORECASE) else " AND "
    return joint.join(known) if known and all(known) else ""


def _short(words: str) -> str:
    return next((name for name, form in SAID.items() if re.fullmatch(form, words.strip(), re.IGNORECASE)), "")


def page() -> str:
    """The whole of THIRD_PARTY.md."""
    rows = [f"| {one.name} | {one.version} | {one.licence or f'UNKNOWN: {one.says}'} |" for one in packages()]
    head = HEAD.read_text(encoding="utf-8").rstrip()
    return f"{head}\n\n| package | version | licence |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"


def main() -> int:
    """Writes the page; says which licences are for a person to judge."""
    try:
        TARGET.write_text(page(), encoding="utf-8")
        unknown = [f"{one.name}: {one.says or 'says nothing'}" for one in packages() if not one.licence]
    except PackageNotFoundError as error:
        print(f"{error.args[0]} is not installed: run ./scripts/install .venv first.", file=sys.stderr)
        return 1
    for line in unknown:
        print(f"unknown licence, add it to SAID in scripts/third_party.py if it may be used: {line}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
