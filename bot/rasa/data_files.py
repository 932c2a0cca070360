"""Which files a model is trained from: all that Rasa reads in `data/`, and the domain in one file or many.

`data/` holds more than that (knowledge, policies, the catalogue), so a file counts where it lies in a folder that Rasa's
users keep training data in, or has a key at its top that Rasa reads.
"""

from __future__ import annotations

import re
from pathlib import Path

TRAINING_FOLDERS = ("nlu", "rules", "stories")
TRAINING_KEY = re.compile(rb"^(?:nlu|rules|stories|responses)[ \t]*:", re.MULTILINE)
ENDINGS = (".yml", ".yaml")


def training_files(root: Path) -> list[Path]:
    """The files of `data/` with examples, rules, stories or responses, sorted by their paths."""
    data = root / "data"
    return [path for path in _yaml_files(data) if _is_training(path, data)]


def domain_files(root: Path) -> list[Path]:
    """`domain.yml` and every file of the folder `domain/`, whichever there are; Rasa merges them."""
    whole = root / "domain.yml"
    return [*([whole] if whole.is_file() else []), *_yaml_files(root / "domain")]


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file())


def _is_training(path: Path, data: Path) -> bool:
    return path.relative_to(data).parts[0] in TRAINING_FOLDERS or bool(TRAINING_KEY.search(path.read_bytes()))
