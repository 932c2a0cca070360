"""An owner's folder as one file, to be carried to another machine or kept."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from bot.home.folder import HISTORY, KNOWLEDGE, LESSONS, OWN, RESPONSES, Home, HomeError
from bot.home.versions import Versions

FOLDERS = (RESPONSES, KNOWLEDGE)
MOST_BYTES = 20_000_000
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError, struct.error)
"""What reading a zip raises where it is none, or bytes of it are missing or others."""


def exported(home: Home, instead: Mapping[str, str]) -> bytes:
    """A zip file of the owner's files, without their history.

    Args:
        home: the owner's folder.
        instead: texts in the place of what files hold, by the files' names.

    Raises:
        HomeError: one of them cannot be read.
    """
    target = io.BytesIO()
    try:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in _files(home):
                name = path.relative_to(home.folder).as_posix()
                packed.writestr(zipfile.ZipInfo(name), instead[name].encode() if name in instead else path.read_bytes())
    except OSError as error:
        raise HomeError(f"{home.folder} cannot be read: {error}.") from error
    return target.getvalue()


def imported(home: Home, content: bytes, who: str, checked: Callable[[Mapping[str, str]], Mapping[str, str]]) -> list[str]:
    """Puts the files of such a zip into the folder, as a change that can be taken back.

    Args:
        home: the owner's folder.
        content: of the zip.
        who: who does it.
        checked: gives the texts to write by the files' names, before any is written; it raises HomeError where one cannot be used.

    Returns:
        The names of the files.

    Raises:
        HomeError: it is no such file, or holds what has no place there.
    """
    texts = _unpacked(content)
    strange = [name for name in texts if not _has_place(name)]
    if strange or not texts:
        raise HomeError(f"This is no export of own files: it holds {strange[0] if strange else 'nothing'}.")
    texts = dict(checked(texts))
    Versions(home).change(who, "Files imported", lambda _: texts)
    return sorted(texts)


def _unpacked(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                raise HomeError("This file is too large to be an export of own files.")
            return {one.filename: packed.read(one).decode("utf-8") for one in packed.infolist() if not one.is_dir()}
    except DAMAGED as error:
        raise HomeError("This is no export of own files, or it is damaged: make one with `glasskin home export`.") from error


def _files(home: Home) -> Iterator[Path]:
    yield from (path for name in OWN if (path := home.folder / name).is_file())
    for folder in FOLDERS:
        yield from sorted(path for path in (home.folder / folder).rglob("*.yml") if path.is_file())


def _has_place(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = ".." not in parts and not name.startswith("/") and "\\" not in name
    return plain and (name in OWN or (len(parts) > 1 and parts[0] in FOLDERS and name.endswith(".yml")))


__all__ = ["HISTORY", "LESSONS", "exported", "imported"]
