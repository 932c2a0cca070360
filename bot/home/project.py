"""What an owner has of their own and what the project has in the same places, read from the files of both."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.home.folder import KNOWLEDGE, RESPONSES, SHOP, Home
from bot.paths import DATA
from bot.settings import settings
from bot.yaml_files import YamlFileError, read_yaml

WORDING = "wording"
MISSING = None
"""Stands for what is not there."""


@dataclass(frozen=True)
class Place:
    """Where something stands: a file of the owner's folder by its name, and the keys that lead to it."""

    file: str
    keys: tuple[str, ...]

    @property
    def words(self) -> str:
        """As people read it: "shop.yml: policies.return.say"."""
        shown = self.keys[1:] if self.file.startswith(f"{RESPONSES}/") else self.keys
        return f"{self.file}: {'.'.join(shown)}"


@dataclass(frozen=True)
class Project:
    """The project's files: its shop, its knowledge, its wording."""

    shop: Path
    knowledge: Path
    responses: Path

    def value(self, place: Place) -> Any:
        """What the project has at a place; `MISSING` for nothing.

        Raises:
            YamlFileError: a file cannot be read.
        """
        if place.file == SHOP:
            return _at(_read(self.shop), place.keys)
        folder, _, name = place.file.partition("/")
        if folder == KNOWLEDGE:
            return _at(_read(self.knowledge / name), place.keys)
        files = sorted((self.responses / Path(name).stem).glob("*.yml"))
        return next((found for file in files if (found := _at(_read(file), place.keys)) is not MISSING), MISSING)


def the_project() -> Project:
    """The project of the settings."""
    chosen = settings()
    return Project(chosen.shop, chosen.knowledge, DATA / RESPONSES)


def own_values(home: Home, project: Project) -> dict[Place, Any]:
    """What the owner has of their own, by its place. A shop's file that stands alone, since the project's is the sample's, is beside nothing.
    Files that cannot be read have no place in it; what is wrong with them is told elsewhere.

    Raises:
        YamlFileError: the project's file cannot be read.
    """
    found: dict[Place, Any] = {}
    shop = _content(home.shop)
    base = _read(project.shop)
    if isinstance(shop, Mapping) and not ("name" in shop and isinstance(base, Mapping) and base.get("sample")):
        found.update({Place(SHOP, keys): value for keys, value in _leaves(shop)})
    for path in sorted((home.folder / RESPONSES).glob("*.yml")):
        wording = _at(_content(path), (WORDING,))
        if isinstance(wording, Mapping) and (project.responses / path.stem).is_dir():
            found.update({Place(f"{RESPONSES}/{path.name}", (WORDING, str(key))): plain(value) for key, value in wording.items()})
    for path in sorted((home.folder / KNOWLEDGE).glob("*.yml")):
        entries = _content(path)
        if isinstance(entries, Mapping):
            found.update({Place(f"{KNOWLEDGE}/{path.name}", (str(key),)): plain(value) for key, value in entries.items()})
    return found


def unreadable(home: Home) -> set[str]:
    """The names of the owner's files that are there and cannot be read."""
    return {name for name in home.names() if (home.folder / name).is_file() and _content(home.folder / name) is MISSING}


def plain(value: Any) -> Any:
    """A value of YAML as JSON has it, so that both can be compared."""
    return json.loads(json.dumps(value, default=str))


def _leaves(content: Mapping[Any, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*before, str(key)))
        else:
            yield (*before, str(key)), plain(value)


def _at(content: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if not isinstance(content, Mapping):
            return MISSING
        content = next((value for one, value in content.items() if str(one) == key), MISSING)
    return plain(content)


def _content(path: Path) -> Any:
    """A file of the owner's; `MISSING` where there is none, or none that can be read."""
    try:
        return read_yaml(path)
    except YamlFileError:
        return MISSING


def _read(path: Path) -> Any:
    """A file of the project's; nothing where there is none."""
    try:
        state = path.stat()
    except OSError:
        return MISSING
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=128)
def _parsed(path: Path, _changed: int, _size: int) -> Any:
    return read_yaml(path)


__all__ = ["MISSING", "WORDING", "Place", "Project", "own_values", "plain", "the_project", "unreadable"]
