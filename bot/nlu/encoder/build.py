"""The built network on disk: made from the weights when it is missing, otherwise only found."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bot.nlu.encoder.files import WEIGHTS_FILE, WEIGHTS_SHA256, Precision, verified

# Part of the file's name: count it up with every change to `graph` or to steps.npz, which change the network.
GRAPH_VERSION = 3
DEFAULT_DIRECTORY = Path(__file__).resolve().parents[3] / "models" / "encoder"


def network_path(precision: Precision, directory: Path | None = None) -> Path:
    """Name the file of the built network.

    Args:
        precision: "fp32" or "int8".
        directory: where built networks are kept; models/encoder of the checkout by default.

    Returns:
        The path, whether or not the file exists; it names the weights' sha256 and the builder's version.
    """
    name = f"all-minilm-l6-v2-{WEIGHTS_SHA256[:12]}-{precision}-v{GRAPH_VERSION}.onnx"
    return (directory or DEFAULT_DIRECTORY) / name


def ensure_network(precision: Precision, directory: Path | None = None) -> Path:
    """Return the built network's file, building it first when it is missing.

    Several processes may do so at once: each writes a file of its own and renames it into place.

    Args:
        precision: "fp32" or "int8".
        directory: where built networks are kept; models/encoder of the checkout by default.

    Returns:
        The path of the complete file.

    Raises:
        EncoderError: if the weights are missing or are not the published ones.
        OSError: if the directory cannot be written.
    """
    path = network_path(precision, directory)
    if not path.exists():
        _write(path, _build(precision))
    return path


def _build(precision: Precision) -> bytes:
    # Imported here because only the first start needs them (onnx alone takes 30 MB).
    from safetensors.numpy import load_file

    from bot.nlu.encoder.graph import build_graph

    weights = load_file(str(verified(WEIGHTS_FILE)))
    content: bytes = build_graph(weights, precision).SerializeToString()
    return content


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        # mkstemp makes the file private; another account may serve what this one has built.
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise
