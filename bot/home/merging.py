"""Lays an owner's file over the project's: mappings key by key, everything else as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def merged(base: Any, own: Any) -> Any:
    """The project's content with the owner's over it. What the owner has as a mapping is laid over a mapping key by key; a list, a text
    or a number takes the place of what stands there.

    Args:
        base, own: contents of YAML files; neither is changed.
    """
    if not isinstance(base, Mapping) or not isinstance(own, Mapping):
        return own
    return {**base, **{key: merged(base[key], value) if key in base else value for key, value in own.items()}}
