"""Which model was trained last, noted beside the models, for who must not import what trains them."""

from __future__ import annotations

import json
from pathlib import Path

STAMP = "current.json"


def latest_model(models: Path) -> Path:
    """The model that was trained or found current last.

    Raises:
        FileNotFoundError: when there was none yet.
    """
    return models / str(json.loads((models / STAMP).read_text(encoding="utf-8"))["model"])
