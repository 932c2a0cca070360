"""Reads YAML files so that a mistake in one is told in a line: which file, which line, what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Optional, Union

import yaml

from bot.paths import ROOT

Place = Sequence[Union[str, int]]
"""The way to a field: keys of mappings and numbers of list entries, from the top."""


class YamlFileError(ValueError):
    """A YAML file cannot be read; the message is one line that says where and why."""


def read_yaml(path: Path) -> Any:
    """The content of a YAML file; None where it is empty.

    Raises:
        YamlFileError: when there is no such file, it is not text in UTF-8, or not YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)
    except OSError as error:
        raise YamlFileError(f"{shown(path)} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise YamlFileError(f"{shown(path)} is not text in UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise YamlFileError(_broken(path, error)) from error


class _UniqueKeys(yaml.CSafeLoader):
    """Refuses a key that stands twice in a mapping: YAML would silently forget the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping (see parent class).

        Raises:
            ConstructorError: when a key stands twice.
        """
        seen: set[Any] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is given twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def shown(path: Path) -> str:
    """The path as people know it: from the project's folder on where it lies in there."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def line_of(path: Path, place: Place) -> int:
    """The line, counted from 1, of the field at `place`, or of the innermost part of the way that is there.

    Raises:
        OSError, yaml.YAMLError: when the file cannot be read.
    """
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    line = 0
    for step in place:
        entry = _entry(node, step)
        if entry is None:
            break
        line, node = entry
    return line + 1


def _entry(node: Optional[yaml.Node], step: Union[str, int]) -> Optional[tuple[int, yaml.Node]]:
    """The line of an entry of a node, from 0, and its value."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value.start_mark.line, value
    return None


def _broken(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = f"{shown(path)}:{mark.line + 1}:{mark.column + 1}" if mark else shown(path)
    reason = getattr(error, "problem", None) or str(error)
    told = " ".join(str(reason).split())
    if isinstance(error, yaml.constructor.ConstructorError):
        return f"{where}: {told}."
    return f"{where}: not YAML, {told}. Look at this line and the one before it."
