"""setuptools for an editable install; any other is refused, because Glasskin is no library.

It runs from its own folder, with the shop's data and a model beside the code. A wheel would hold neither, and two packages
with names as plain as `bot` and `actions`.
"""

from __future__ import annotations

from typing import Any, NoReturn

from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    prepare_metadata_for_build_editable,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]
NO_LIBRARY = (
    "Glasskin is no library: it runs from its own folder, with the shop's data beside it. "
    "Run `make serve` in a clone of it; the README says what that needs."
)


def build_wheel(*_: Any, **__: Any) -> NoReturn:
    """What `pip install .` and pipx ask for."""
    raise SystemExit(NO_LIBRARY)


def prepare_metadata_for_build_wheel(*_: Any, **__: Any) -> NoReturn:
    """What pip asks for first."""
    raise SystemExit(NO_LIBRARY)


def build_sdist(*_: Any, **__: Any) -> NoReturn:
    """What `python -m build` asks for."""
    raise SystemExit(NO_LIBRARY)
