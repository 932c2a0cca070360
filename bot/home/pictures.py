"""The pictures among an owner's files: which there are, and under which names. Nothing here looks into one."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Optional

from bot.home.folder import Home, HomeError

PICTURES = "pictures"
KINDS = (".png", ".jpg", ".jpeg", ".webp")
SHOPS = "shop"
"""The name, without its kind, of the picture of the shop itself."""
LONGEST_NAME = 80
NO_PICTURE = "write the name of a file of your folder of pictures, such as map.png"
MOST_BYTES = 5_000_000
MOST_TOGETHER = 50_000_000
"""Bytes of one picture, and of all in an export."""


def is_picture_name(name: str) -> bool:
    """Whether a file of this name in the folder is taken for a picture: letters, digits, - and _, then its kind."""
    path = PurePosixPath(name)
    plain = all(one.isascii() and (one.isalnum() or one in "-_") for one in path.stem)
    return plain and f"{path.stem}{path.suffix}" == name and path.suffix.lower() in KINDS and len(name) <= LONGEST_NAME


def files_there(home: Home) -> list[Path]:
    """All files in the folder of pictures by their names, whatever they are; hidden ones are left out.

    Raises:
        HomeError: it cannot be read.
    """
    folder = home.folder / PICTURES
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")) if folder.is_dir() else []
    except OSError as error:
        raise HomeError(f"{folder} cannot be read: {error.strerror}.") from error


def pictures(home: Home) -> dict[str, Path]:
    """The pictures by their names, as far as the names say it.

    Raises:
        HomeError: the folder cannot be read.
    """
    return {path.name: path for path in files_there(home) if is_picture_name(path.name)}


def shops_pictures(home: Home) -> list[Path]:
    """What there is as the picture of the shop itself; the first counts.

    Raises:
        HomeError: the folder cannot be read.
    """
    found = [path for path in pictures(home).values() if path.stem == SHOPS]
    return sorted(found, key=lambda path: KINDS.index(path.suffix.lower()))


def shops_picture(home: Home) -> Optional[Path]:
    """The picture of the shop itself; None where there is none.

    Raises:
        HomeError: the folder cannot be read.
    """
    return next(iter(shops_pictures(home)), None)


__all__ = ["MOST_BYTES", "MOST_TOGETHER", "NO_PICTURE", "PICTURES", "SHOPS", "files_there", "is_picture_name", "pictures", "shops_picture", "shops_pictures"]
