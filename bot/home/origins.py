"""What the project had in the place of each own change when that was made, beside the changes; so an update that changed it too is found."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.home.folder import KNOWLEDGE, Home, HomeError
from bot.home.project import MISSING, Place, Project, own_values, plain, the_project, unreadable
from bot.yaml_files import YamlFileError

ORIGINS = "origins"
DIGEST_BYTES = 12
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Conflict:
    """A place in which the owner and the project both changed something.

    Attributes:
        place: where.
        own: what the owner has.
        before: what the project had when the owner's was made.
        now: what the project has; `MISSING` where it has nothing any more.
    """

    place: Place
    own: Any
    before: Any
    now: Any

    @property
    def key(self) -> str:
        """Names it, as long as neither side changes."""
        return hashlib.blake2b(json.dumps([self.place.file, self.place.keys, self.own, self.now]).encode(), digest_size=DIGEST_BYTES).hexdigest()

    @property
    def can_stay(self) -> bool:
        """Whether the owner's may go on counting beside the project's. An entry of knowledge may not: what keeps people safe may rest on the
        project's."""
        return not self.place.file.startswith(f"{KNOWLEDGE}/")


def origin_file(place: Place) -> str:
    """The name of the file that keeps what the project had at a place."""
    return f"{ORIGINS}/{hashlib.blake2b(json.dumps([place.file, place.keys]).encode(), digest_size=DIGEST_BYTES).hexdigest()}.json"


def origin_text(place: Place, value: Any) -> str:
    """That file's text."""
    return json.dumps({"file": place.file, "keys": place.keys, "project": value}, ensure_ascii=False) + "\n"


def origins(home: Home) -> dict[Place, Any]:
    """What the project had, by place.

    Raises:
        HomeError: one cannot be read.
    """
    found: dict[Place, Any] = {}
    for path in sorted((home.folder / ORIGINS).glob("*.json")):
        content: Any = home.text(f"{ORIGINS}/{path.name}")
        try:
            kept = json.loads(content)
            found[Place(str(kept["file"]), tuple(map(str, kept["keys"])))] = kept["project"]
        except (ValueError, KeyError, TypeError) as error:
            raise HomeError(f"{path} cannot be read: {error}.") from error
    return found


def origin(home: Home, place: Place) -> tuple[bool, Any]:
    """Whether it is known what the project had at a place, and what; unreadable files are known of nothing."""
    try:
        return True, json.loads(home.text(origin_file(place)) or "")["project"]
    except (HomeError, ValueError, KeyError, TypeError):
        return False, MISSING


def came_later(path: Path, entry: str) -> bool:
    """Whether the project has an entry of knowledge only since the owner made theirs of this name, which the log tells.

    Args:
        path: the owner's file.
        entry: the entry's id.
    """
    place = Place(f"{KNOWLEDGE}/{path.name}", (entry,))
    found = origin(Home(path.parents[1]), place) == (True, MISSING)
    if found:
        logger.error("%s: the project has an entry of this name now, which counts until you choose at the desk, under Updates", place.words)
    return found


def note(home: Home, project: Project | None = None) -> None:
    """Notes what the project has in the place of each own change of which that is not known yet, and forgets it of changes that are gone. Whoever
    calls it holds `home.alone()`. What cannot be read is left alone.

    Args:
        home: the owner's folder.
        project: that of the settings unless it is given.
    """
    try:
        project = project or the_project()
        own, known, broken = own_values(home, project), origins(home), unreadable(home)
        for place in own.keys() - known.keys():
            home.put(origin_file(place), origin_text(place, project.value(place)))
        for place in known.keys() - own.keys():
            if place.file not in broken:
                home.put(origin_file(place), None)
    except (HomeError, YamlFileError) as error:
        logger.error("it cannot be noted what the project has in the place of own changes: %s", error)


def conflicts(home: Home, project: Project | None = None) -> list[Conflict]:
    """Where an update of the project changed what the owner had changed, in the order of the files.

    Raises:
        HomeError: a file cannot be read.
    """
    try:
        project = project or the_project()
        own: Mapping[Place, Any] = own_values(home, project)
        found = [Conflict(place, own[place], before, plain(project.value(place))) for place, before in origins(home).items() if place in own]
    except YamlFileError as error:
        raise HomeError(str(error)) from error
    differing = [one for one in found if one.now not in (one.before, one.own)]
    return sorted(differing, key=lambda one: (one.place.file, one.place.keys))
