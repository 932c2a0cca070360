"""TensorFlow stays out of a process that Rasa is prepared for, and using the stand-in says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from bot.paths import ROOT
from bot.rasa.lean import REASON

PREPARED = """
import json, sys
from bot.rasa.lean import prepare_rasa
prepare_rasa()
import rasa.core.agent
import tensorflow as tf

class Model(tf.keras.Model):
    pass

@tf.function
def decorated(x):
    return x + 1

@tf.function(jit_compile=True)
def with_arguments(x):
    return x + 1

def error(make):
    try:
        make()
    except RuntimeError as caught:
        return str(caught)

print(json.dumps({
    "loaded": [name for name in ("tensorflow.python", "keras.engine", "tensorflow_hub.module") if name in sys.modules],
    "files": [getattr(sys.modules[name], "__file__", None) for name in ("tensorflow", "tensorflow.keras") if name in sys.modules],
    "model": error(Model),
    "decorated": [decorated(1), with_arguments(1)],
}))
"""
SWITCHED_ON = """
import json, sys
from bot.rasa.lean import without_tensorflow
without_tensorflow()
print(json.dumps([type(finder).__name__ for finder in sys.meta_path if type(finder).__module__ == "bot.rasa.lean"]))
"""


def run(code: str, **environment: str) -> Any:
    """What a process of its own prints, as JSON."""
    clean = {key: value for key, value in os.environ.items() if key != "GLASSKIN_TENSORFLOW"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def prepared() -> dict[str, Any]:
    """What a prepared process with Rasa's agent tells of itself."""
    told: dict[str, Any] = run(PREPARED)
    return told


def test_rasa_is_imported_without_tensorflow(prepared: dict[str, Any]) -> None:
    assert prepared["loaded"] == []
    assert set(prepared["files"]) == {None}


def test_a_model_on_the_stand_in_cannot_be_made_and_says_what_to_do(prepared: dict[str, Any]) -> None:
    assert prepared["model"] == REASON
    assert "GLASSKIN_TENSORFLOW=1" in REASON


def test_decorated_functions_stay_what_they_are(prepared: dict[str, Any]) -> None:
    assert prepared["decorated"] == [2, 2]


def test_tensorflow_can_be_switched_on() -> None:
    assert run(SWITCHED_ON, GLASSKIN_TENSORFLOW="1") == []
    assert run(SWITCHED_ON) == ["_Finder"]
