"""The meanings of texts, as the trained model reads them, and the name of what gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy.typing as npt

PRECISION: Literal["int8"] = "int8"
CACHED = 1024


def encode(texts: Sequence[str]) -> npt.NDArray[Any]:
    """The meanings of texts."""
    from bot.nlu.featurizer import shared_encoder  # here because only who answers has the encoder loaded

    found: npt.NDArray[Any] = shared_encoder(PRECISION, CACHED).encode(list(texts))
    return found


def encoder_name() -> str:
    """Another one for each encoder, whose meanings are not those of any other."""
    from bot.nlu.encoder.build import network_path

    return network_path(PRECISION).name
