"""The pictures among an owner's files as people get to see them: each made anew, so that nothing of the file itself is handed out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Mapping, Optional

from bot.home.folder import Home, HomeError
from bot.home.pictures import (
    MOST_BYTES,
    PICTURES,
    files_there,
    is_picture_name,
    pictures,
    shops_picture,
    shops_pictures,
)
from bot.support.pictures import LONGEST_EDGE, MOST_PIXELS, NotTaken, Refusal, made_anew_clear

logger = logging.getLogger(__name__)
ADDRESS = "/widget/pictures/"
"""Where this server hands them out, each under its name."""
SHOPS_EDGE = 512
MOST_KEPT = 32
NO_NAME = "is not shown: name it with letters, digits, - and _, and as what it is, .png, .jpg or .webp"
TOLD: Mapping[Refusal, str] = {
    Refusal.TOO_LARGE: f"is too large: {MOST_BYTES // 1_000_000} MB and {MOST_PIXELS // 1_000_000} million pixels at most",
    Refusal.NO_PICTURE: "is no PNG, JPEG or WebP that can be read",
}


@dataclass(frozen=True)
class Shown:
    """A picture as it is handed out, and its media type."""

    body: bytes
    kind: str


class Unusable(Exception):
    """A picture cannot be shown; the message says why and goes on behind its name."""


def shown(raw: bytes, longest: int = LONGEST_EDGE) -> Shown:
    """A picture made anew.

    Raises:
        Unusable: it cannot be.
    """
    try:
        if len(raw) > MOST_BYTES:
            raise NotTaken(Refusal.TOO_LARGE)
        return Shown(*made_anew_clear(raw, longest))
    except NotTaken as error:
        raise Unusable(TOLD[error.why]) from error


def find(home: Home, name: str) -> Optional[Shown]:
    """A picture by its name; None where there is none, or none that can be shown, which the log tells."""
    try:
        path = pictures(home).get(name)
    except HomeError as error:
        logger.error("no picture is shown: %s", error)
        return None
    return _of(path, LONGEST_EDGE) if path else None


def find_shops(home: Home) -> Optional[Shown]:
    """The picture of the shop itself; None where there is none, or none that can be shown, which the log tells."""
    try:
        path = shops_picture(home)
    except HomeError as error:
        logger.error("no picture is shown: %s", error)
        return None
    return _of(path, SHOPS_EDGE) if path else None


def mistakes(home: Home, named: Mapping[str, str]) -> list[str]:
    """What is wrong with the pictures, a line each.

    Args:
        home: the owner's folder.
        named: names of pictures that are to be there, by where they are named.
    """
    try:
        found = [f"{PICTURES}/{_printable(path.name)} {why}" for path in files_there(home) if (why := _why_not(path))]
        found += [f"{PICTURES}/{path.name} is not shown beside {shops_pictures(home)[0].name}" for path in shops_pictures(home)[1:]]
        there = pictures(home)
    except HomeError as error:
        return [str(error)]
    return [*found, *(f"{where}: there is no {PICTURES}/{name} among your own files" for where, name in named.items() if name not in there)]


def _why_not(path: Path) -> str:
    if not is_picture_name(path.name):
        return NO_NAME
    try:
        shown(_read(path))
    except Unusable as error:
        return str(error)
    return ""


def _of(path: Path, longest: int) -> Optional[Shown]:
    try:
        state = path.stat()
    except OSError as error:
        logger.error("%s cannot be read: %s", path, error)
        return None
    return _kept(path, longest, (state.st_mtime_ns, state.st_size, state.st_ino))


@lru_cache(maxsize=MOST_KEPT)
def _kept(path: Path, longest: int, _state: tuple[int, int, int]) -> Optional[Shown]:
    try:
        return shown(_read(path), longest)
    except Unusable as error:
        logger.error("%s %s", path, error)
        return None


def _read(path: Path) -> bytes:
    """A file's bytes, of one that is too large only so many that this is seen.

    Raises:
        Unusable: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from error


def _printable(name: str) -> str:
    return name.encode("utf-8", "replace").decode()


__all__ = ["ADDRESS", "Shown", "Unusable", "find", "find_shops", "mistakes", "shown"]
