"""When a model must be trained again: after any change of what it is made from, and only then."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest
from rasa.engine.storage.local_model_storage import TarSafe
from rich.console import Console

from bot.paths import ROOT
from bot.rasa import training
from bot.rasa.stamp import STAMP

INPUTS = {
    "config.yml": "pipeline: []\n",
    "domain.yml": "intents: [greet]\n",
    "requirements.txt": "rasa==3.6.21\n",
    "requirements-encoder.txt": "",
    "data/nlu/greet.yml": "nlu: [hello]\n",
    "data/rules/greet.yml": "rules: []\n",
    "bot/nlu/numbers.py": "ONE = 1\n",
    "bot/nlu/encoder/graph.py": "TWO = 2\n",
}
OTHERS = ("data/knowledge/topics.yml", "data/shop.yml", "bot/rules/pairs.py", "README.md")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project that the fingerprint is taken of."""
    for name, content in INPUTS.items():
        write(tmp_path / name, content)
    monkeypatch.setattr(training, "ROOT", tmp_path)
    return tmp_path


def write(path: Path, content: str) -> None:
    """Writes a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


@pytest.fixture
def models(project: Path) -> Path:
    """A folder with a model that is current."""
    folder = project / "models"
    write(folder / "glasskin-1.tar.gz", "a model")
    write(folder / STAMP, json.dumps({"fingerprint": training.fingerprint(), "model": "glasskin-1.tar.gz"}))
    return folder


def test_the_same_inputs_have_the_same_fingerprint(project: Path) -> None:
    before = training.fingerprint()
    write(project / "data/nlu/greet.yml", INPUTS["data/nlu/greet.yml"])
    assert training.fingerprint() == before


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_changes_the_fingerprint(project: Path, name: str) -> None:
    before = training.fingerprint()
    write(project / name, INPUTS[name] + "# one more line\n")
    assert training.fingerprint() != before


@pytest.mark.parametrize("name", ["data/nlu/thank.yml", "data/rules/thank.yml", "bot/nlu/bands.py"])
def test_a_new_file_changes_the_fingerprint(project: Path, name: str) -> None:
    before = training.fingerprint()
    write(project / name, "")
    assert training.fingerprint() != before


def test_a_renamed_file_changes_the_fingerprint(project: Path) -> None:
    before = training.fingerprint()
    (project / "data/nlu/greet.yml").rename(project / "data/nlu/hello.yml")
    assert training.fingerprint() != before


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_read_while_running_does_not_change_the_fingerprint(project: Path, name: str) -> None:
    before = training.fingerprint()
    write(project / name, "anything")
    assert training.fingerprint() == before


def test_the_projects_own_inputs_are_all_there_and_the_knowledge_is_none_of_them() -> None:
    inputs = list(training.inputs())
    assert all(path.is_file() for path in inputs)
    names = [path.relative_to(ROOT).as_posix() for path in inputs]
    assert {"config.yml", "domain.yml", "data/nlu/greet.yml", "bot/nlu/pipeline.py"} <= set(names)
    assert not any(name.startswith("data/knowledge") for name in names)
    assert len(set(names)) == len(names)


def test_a_model_of_the_present_inputs_is_current(models: Path) -> None:
    assert training.current_model(models) == models / "glasskin-1.tar.gz"


def test_a_model_of_other_inputs_is_not_current(project: Path, models: Path) -> None:
    write(project / "data/nlu/greet.yml", "nlu: [hi]\n")
    assert training.current_model(models) is None


@pytest.mark.parametrize("gone", ["glasskin-1.tar.gz", STAMP])
def test_without_the_model_or_its_stamp_there_is_no_current_one(models: Path, gone: str) -> None:
    (models / gone).unlink()
    assert training.current_model(models) is None


def test_a_damaged_model_is_not_current(models: Path) -> None:
    model = models / "glasskin-1.tar.gz"
    with tarfile.open(model, "w:gz") as archive:
        archive.add(__file__, arcname="weights")
    whole = model.read_bytes()
    assert training.current_model(models, thorough=True) == model
    for damaged in (b"", whole[: len(whole) // 2], whole[:-40] + bytes(32) + whole[-8:]):
        model.write_bytes(damaged)
        assert training.current_model(models, thorough=True) is None
    stamp = models / STAMP
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "size": len(whole)}))
    model.write_bytes(whole[:-1])
    assert training.current_model(models) is None
    model.write_bytes(whole)
    assert training.current_model(models) == model


def test_a_folder_that_does_not_exist_has_no_current_model(project: Path) -> None:
    assert training.current_model(project / "nowhere") is None


def test_training_happens_only_when_it_must(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[Path] = []

    def train(folder: Path, console: Console) -> Path:
        trained.append(folder)
        return folder / "glasskin-2.tar.gz"

    monkeypatch.setattr(training, "train", train)
    console = Console(quiet=True)
    assert training.ensure_model(models, console) == models / "glasskin-1.tar.gz"
    assert trained == []
    assert training.ensure_model(models, console, force=True) == models / "glasskin-2.tar.gz"
    (models / STAMP).unlink()
    assert training.ensure_model(models, console) == models / "glasskin-2.tar.gz"
    assert trained == [models, models]


def test_a_packed_model_is_read_by_rasas_own_archive(tmp_path: Path) -> None:
    from bot.rasa.packing import QuickTar

    write(tmp_path / "model" / "weights", "0.25 " * 1000)
    with QuickTar.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "model", arcname="")
    with TarSafe.open(tmp_path / "model.tar.gz", "r:gz") as archive:
        archive.extractall(tmp_path / "read")
    assert (tmp_path / "read" / "weights").read_text() == "0.25 " * 1000
    assert (tmp_path / "model.tar.gz").stat().st_size < 1000
