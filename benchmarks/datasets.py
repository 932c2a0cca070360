"""The public intent sets: banking77, clinc150 and HINT3's sofmattress, as their authors publish them.

They are not part of this repository; `BENCHMARK_DATA` names the folder that holds them (see README.md).
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import List

NAMES = ("banking77", "clinc150", "sofmattress")
NONE = "out_of_scope"


@dataclass(frozen=True)
class Examples:
    """Texts and their intents, `NONE` for what is out of scope."""

    texts: List[str]
    intents: List[str]


@dataclass(frozen=True)
class Dataset:
    """A set with its published split."""

    name: str
    train: Examples
    test: Examples


def load(folder: Path, name: str, with_out_of_scope: bool = False) -> Dataset:
    """Reads one set.

    Args:
        folder: holds banking77/{train,test}.csv, clinc150/data_full.json,
            hint3-sofmattress/sofmattress_{train,test}.csv.
        name: one of `NAMES`.
        with_out_of_scope: clinc150's 100 out-of-scope training examples are trained on as an intent; else nothing
            out of scope is seen before the test.

    Raises:
        FileNotFoundError: when a file is missing.
    """
    if name == "clinc150":
        content = json.loads((folder / "clinc150" / "data_full.json").read_text(encoding="utf-8"))
        parts = [content["train"], content["oos_train"] if with_out_of_scope else []]
        return Dataset(name, _pairs(sum(parts, [])), _pairs(content["test"] + content["oos_test"]))
    inner, columns = ("banking77", ("text", "category"))
    stem = ""
    if name == "sofmattress":
        inner, columns, stem = "hint3-sofmattress", ("sentence", "label"), "sofmattress_"
    train, test = (_rows(folder / inner / f"{stem}{part}.csv", columns) for part in ("train", "test"))
    return Dataset(name, train, test)


def _rows(path: Path, columns: tuple[str, str]) -> Examples:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return _pairs([[row[column] for column in columns] for row in rows])


def _pairs(pairs: List[List[str]]) -> Examples:
    names = {"oos": NONE, "NO_NODES_DETECTED": NONE}
    return Examples([text for text, _ in pairs], [names.get(intent, intent) for _, intent in pairs])
