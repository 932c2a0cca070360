"""The lessons of the settings' folder, with the encoder of this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import AbstractSet

from bot.home.folder import Home
from bot.settings import Settings
from bot.teaching.kept import Matrix
from bot.teaching.taught import Taught


def encode(texts: Sequence[str]) -> Matrix:
    """The meanings of texts."""
    from bot.nlu.featurizer import shared_encoder  # here because only who answers has the encoder loaded

    found: Matrix = shared_encoder("int8", 1024).encode(list(texts))
    return found


def taught_by(chosen: Settings, unsaid: Callable[[], AbstractSet[str]]) -> Taught:
    """What is taught in the settings' folder.

    Args:
        chosen: the settings.
        unsaid: gives the topics on which the shop has no words.
    """
    return Taught(Home(chosen.home), chosen.models, encode, unsaid)
