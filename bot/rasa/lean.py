"""Keeps TensorFlow out of processes that never use it.

Rasa imports TensorFlow with its first module, whatever the pipeline; none of our components needs it. That import
costs seconds at every start and some 300 MB in every process. `without_tensorflow` puts a stand-in in its place: it
lets Rasa's modules be imported (they subclass and decorate with it), and raises as soon as one would compute.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import logging
import os
import sys
from types import ModuleType
from typing import Any, Optional, Sequence

import structlog

STOOD_IN_FOR = ("tensorflow", "tensorflow_hub", "tensorflow_text", "keras")
REASON = (
    "TensorFlow is switched off in this process because the project's pipeline does not use it. "
    "Set GLASSKIN_TENSORFLOW=1 for a pipeline with DIET, TED or other TensorFlow components."
)


def prepare_rasa() -> None:
    """To be called before Rasa is imported: no telemetry, no TensorFlow, no debug log, no others' warnings."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TQDM_DISABLE", "1")
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("rasa").setLevel(logging.WARNING)
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    without_tensorflow()


def without_tensorflow() -> None:
    """Puts the stand-in in place, unless GLASSKIN_TENSORFLOW is set or TensorFlow is already there."""
    if os.environ.get("GLASSKIN_TENSORFLOW") or "tensorflow" in sys.modules:
        return
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


class _Meta(type):
    """Classes that have every attribute, as nested stand-ins."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Meta(name, (_StandIn,), {})


class _StandIn(metaclass=_Meta):
    """A class to inherit from or to decorate with; making an instance of it is using TensorFlow."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        if cls.__module__ == __name__:
            return _decorator
        raise RuntimeError(REASON)

    def __class_getitem__(cls, item: Any) -> Any:
        return cls


def _decorator(decorated: Any) -> Any:
    return decorated


class _Module(ModuleType):
    """A module that has every attribute."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Meta(name, (_StandIn,), {})


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the stand-in wherever a module of TensorFlow is asked for."""

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[ModuleType] = None
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.split(".", 1)[0] not in STOOD_IN_FOR:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__version__ = "0"  # type: ignore[attr-defined]
