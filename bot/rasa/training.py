"""Trains a model when the one at hand is not current, and says how far it is."""

from __future__ import annotations

import fcntl
import gc
import gzip
import hashlib
import json
import logging
import os
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Optional

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot.paths import ROOT
from bot.rasa.data_check import check_training_data
from bot.rasa.data_files import domain_files, training_files
from bot.rasa.lean import prepare_rasa
from bot.rasa.reasons import reason
from bot.rasa.stamp import STAMP

LOCK = "training.lock"
KEPT_MODELS = 3
SELDOM = (100_000, 20, 50)
"""As Python's `gc.set_threshold` takes it; a hundred times as seldom as usual."""
CHUNK = 1 << 20
logger = logging.getLogger(__name__)
STEPS = {
    "SubjectExtractor": "finding subjects in the examples",
    "MiniLMFeaturizer": "encoding the examples",
    "EnsembleIntentClassifier": "learning the kinds of question",
    "MeaningReader": "learning what the shop is asked",
    "ActReader": "hearing what short messages do in a talk",
    "ShopTalkReader": "reading what is asked of the shop in a talk",
    "SituationReader": "reading how people tell of situations",
    "RulePolicy": "checking the conversation rules",
}


class TrainingError(Exception):
    """Training did not give a model; the message says what to look at."""


def inputs() -> Iterator[Path]:
    """Every file that a trained model depends on, in a fixed order. The knowledge is not among them: it is read
    when a model is loaded, so that editing it needs no training."""
    yield from (ROOT / "config.yml", *domain_files(ROOT), ROOT / "requirements.txt", ROOT / "requirements-encoder.txt")
    yield from training_files(ROOT)
    yield from (ROOT / "data" / "understanding").glob("_acts.yml")
    for asked in ("topics", "upset", "situations", "talks", "shop_talks"):
        yield from sorted((ROOT / "data" / "understanding" / asked).glob("*.yml"))
    for folder, pattern in (
        (ROOT / "bot" / "nlu", "**/*.py"),
        (ROOT / "bot" / "nlu", "**/*.npz"),
        (ROOT / "bot" / "labels", "*.py"),
    ):
        yield from sorted(folder.glob(pattern))


def fingerprint() -> str:
    """A digest of all inputs; equal digests mean that training again would give the same model."""
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def current_model(models: Path, thorough: bool = False) -> Optional[Path]:
    """The model trained from exactly the present inputs, or None. One of another size than it was written with is none;
    `thorough` reads it through, which takes most of a second, and counts a damaged one as none."""
    stamp = models / STAMP
    if not stamp.is_file():
        return None
    noted = json.loads(stamp.read_text(encoding="utf-8"))
    model = models / str(noted["model"])
    if noted["fingerprint"] != fingerprint() or not model.is_file():
        return None
    written = noted.get("size", model.stat().st_size)
    if model.stat().st_size != written or (thorough and not is_whole(model)):
        logger.error("The model %s is damaged.", model.name)
        return None
    return model


def is_whole(model: Path) -> bool:
    """Whether a model's archive can be read to its end, with the checksum that stands there."""
    try:
        with gzip.open(model) as packed:
            return sum(map(len, iter(lambda: packed.read(CHUNK), b""))) > 0
    except (OSError, EOFError, zlib.error):
        return False


def ensure_model(models: Path, console: Console, force: bool = False, thorough: bool = False) -> Path:
    """The current model; trains it first when there is none, or where `thorough` finds it damaged.

    Raises:
        DataError: when the files it would be trained from have mistakes.
        TrainingError: when training gives no model.
    """
    model = None if force else current_model(models, thorough)
    if model is not None:
        return model
    with _one_at_a_time(models):
        return (None if force else current_model(models, thorough)) or train(models, console)


def train(models: Path, console: Console) -> Path:
    """Trains and returns the new model; a progress line shows the step at work and the time spent.

    Raises:
        DataError: when the files it would be trained from have mistakes.
        TrainingError: when Rasa gives no model.
    """
    check_training_data(ROOT)
    prepare_rasa()
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # else Rasa draws bars of its own, which fill a log
    from bot.rasa import packing

    packing.use()
    models.mkdir(parents=True, exist_ok=True)
    before = fingerprint()
    columns = (SpinnerColumn(), TextColumn("Training: {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("reading the examples")
        handler = _StepHandler(lambda step: progress.update(task, description=step))
        hooks = logging.getLogger("rasa.engine.training.hooks")
        level = hooks.level
        hooks.setLevel(logging.INFO)
        hooks.propagate = False
        hooks.addHandler(handler)
        try:
            with _few_collections():
                model = _trained(models, f"glasskin-{before[:12]}")
        finally:
            hooks.removeHandler(handler)
            hooks.propagate = True
            hooks.setLevel(level)
        progress.update(task, description="done")
    stamp = {"fingerprint": before, "model": model.name, "size": model.stat().st_size}
    (models / STAMP).write_text(json.dumps(stamp), encoding="utf-8")
    _drop_old(models, model)
    return model


def _trained(models: Path, name: str) -> Path:
    """Has Rasa train from the project's files.

    Raises:
        TrainingError: with the reason in one line.
    """
    from rasa.engine.exceptions import GraphRunError, GraphSchemaException
    from rasa.model_training import train as rasa_train
    from rasa.shared.exceptions import RasaException

    try:
        result = rasa_train(
            domain=[str(path) for path in domain_files(ROOT)],
            config=str(ROOT / "config.yml"),
            training_files=[str(path) for path in training_files(ROOT)],
            output=str(models),
            fixed_model_name=name,
        )
    except (RasaException, GraphRunError, GraphSchemaException) as error:
        raise TrainingError(f"Training failed: {reason(error)}") from error
    except ImportError as error:
        raise TrainingError(f"config.yml names a component that is not there: {reason(error)}") from error
    if result.code != 0 or not result.model:
        raise TrainingError("Training gave no model: data/ holds no examples, or no rules.")
    return Path(result.model)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Lets Python look for garbage seldom: each time it would go through all of the examples, of which none is garbage."""
    usual = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def _one_at_a_time(models: Path) -> Iterator[None]:
    """Keeps two processes from writing the same model; the second waits for the first, and then mostly has it."""
    models.mkdir(parents=True, exist_ok=True)
    with (models / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _drop_old(models: Path, newest: Path) -> None:
    old = sorted(models.glob("glasskin-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in [path for path in old if path != newest][KEPT_MODELS - 1 :]:
        path.unlink()


class _StepHandler(logging.Handler):
    """Hears which component is being trained."""

    def __init__(self, tell: object) -> None:
        super().__init__(logging.INFO)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        for component, step in STEPS.items():
            if component in message and "Starting" in message:
                self._tell(step)  # type: ignore[operator]
