"""Rasa's importer reads the examples; ours gives the same ones, quicker to copy."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from bot.rasa.importer import Example, ReadOnceImporter

EXAMPLES = 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hello\n    - good [morning](time)\n'


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "greet.yml"
    path.write_text(EXAMPLES, encoding="utf-8")
    return str(path)


def test_the_examples_are_those_that_rasa_reads(file: str) -> None:
    ours, theirs = (importer(training_data_paths=file).get_nlu_data() for importer in (ReadOnceImporter, RasaFileImporter))
    assert [example.as_dict() for example in ours.training_examples] == [one.as_dict() for one in theirs.training_examples]
    assert ours.merge(theirs).fingerprint() == theirs.fingerprint()


def test_a_copy_is_the_same_and_apart() -> None:
    example = Example.of(Message.build("good morning", "greet", [{"entity": "time", "value": "morning"}]))
    copied = deepcopy(example)
    assert copied == example
    copied.set("intent", "goodbye")
    copied.get("entities")[0]["value"] = "evening"
    assert (example.get("intent"), example.get("entities")[0]["value"]) == ("greet", "morning")


def test_a_fingerprint_tells_of_every_change() -> None:
    example = Example.of(Message.build("hello", "greet"))
    before = example.fingerprint()
    example.set("intent", "greet")
    assert example.fingerprint() == before
    example.set("intent", "goodbye")
    assert example.fingerprint() != before
    found: list[str] = []
    example.set("entities", found)
    before = example.fingerprint()
    found.append("time")
    example.set("entities", found)
    assert example.fingerprint() != before
