"""The lessons of the settings' folder, with the encoder of this process."""

from __future__ import annotations

from collections.abc import Callable
from typing import AbstractSet

from bot.home.folder import Home
from bot.nlu.meanings import encode
from bot.settings import Settings
from bot.teaching.taught import Taught


def taught_by(chosen: Settings, unsaid: Callable[[], AbstractSet[str]]) -> Taught:
    """What is taught in the settings' folder.

    Args:
        chosen: the settings.
        unsaid: gives the topics on which the shop has no words.
    """
    return Taught(Home(chosen.home), chosen.models, encode, unsaid)


__all__ = ["encode", "taught_by"]
