"""What Rasa refuses while training is told in one line, and a server without a model does not start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from bot.paths import ROOT
from bot.rasa import training
from bot.rasa.stamp import STAMP
from bot.rasa.training import TrainingError
from tests.conftest import free_port

FILES = {
    "config.yml": "recipe: default.v1\nlanguage: en\npipeline:\n- name: WhitespaceTokenizer\npolicies:\n- name: MemoizationPolicy\n",
    "domain.yml": 'version: "3.1"\nintents: [greet, thank]\nresponses:\n  utter_greet:\n  - text: hello\n',
    "data/nlu/greet.yml": 'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hello\n    - hi\n',
    "data/rules/greet.yml": 'version: "3.1"\nrules:\n- rule: greet\n  steps:\n  - intent: greet\n  - action: utter_greet\n',
    "requirements.txt": "",
    "requirements-encoder.txt": "",
}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one question, for training to fail on."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize(
    ("name", "old", "new", "word"),
    [
        ("config.yml", "WhitespaceTokenizer", "WhitespaceTokeniser", "WhitespaceTokeniser"),
        ("config.yml", "WhitespaceTokenizer", "bot.nlu.none.Nothing", "config.yml"),
        ("domain.yml", "responses:", "slots:\n  size: {type: nonsense, mappings: []}\nresponses:", "nonsense"),
    ],
)
def test_the_reason_is_one_line(small: Path, name: str, old: str, new: str, word: str) -> None:
    path = small / name
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(TrainingError) as caught:
        training.train(small / "models", Console(quiet=True))
    assert word in str(caught.value) and "\n" not in str(caught.value)


def test_a_server_whose_model_does_not_load_says_why_and_names_no_address(tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    (models / "glasskin-1.tar.gz").write_bytes(b"\x1f\x8b\x08\x00 cut off")
    stamp = {"fingerprint": training.fingerprint(), "model": "glasskin-1.tar.gz"}
    (models / STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    variables = {"VAR": str(tmp_path / "var"), "MODELS": str(models), "PORT": str(free_port()), "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "serve"], cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, timeout=120
    )
    said = done.stdout + done.stderr
    assert done.returncode == 1 and "glasskin-1.tar.gz cannot be loaded" in done.stderr
    assert "Traceback" not in said and "http://" not in said
