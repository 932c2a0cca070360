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
from bot.home.pictures import MOST_TOGETHER, PICTURES, is_picture_name, pictures
from bot.home.versions import Versions

FOLDERS = (RESPONSES, KNOWLEDGE)
MOST_BYTES = 20_000_000
"""Of all texts; pictures have a bound of their own."""
NO_EXPORT = "This is no export of own files, or it is damaged: make one with `glasskin home export`."
DAMAGED = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError, struct.error)
"""What reading a zip raises where it is none, or bytes of it are missing or others."""


def exported(home: Home, instead: Mapping[str, str]) -> bytes:
    """A zip file of the owner's files and pictures, without their history.

    Args:
        home: the owner's folder.
        instead: texts in the place of what files hold, by the files' names.

    Raises:
        HomeError: one of them cannot be read, or the pictures are more than an import takes.
    """
    target = io.BytesIO()
    try:
        if sum(path.stat().st_size for path in pictures(home).values()) > MOST_TOGETHER:
            raise HomeError(f"The pictures are more than {MOST_TOGETHER // 1_000_000} MB together, which no import takes.")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in _files(home):
                name = path.relative_to(home.folder).as_posix()
                packed.writestr(zipfile.ZipInfo(name), instead[name].encode() if name in instead else path.read_bytes())
    except OSError as error:
        raise HomeError(f"{home.folder} cannot be read: {error}.") from error
    return target.getvalue()


def imported(home: Home, content: bytes, who: str, checked: Callable[[Mapping[str, str], Mapping[str, bytes]], Mapping[str, str]]) -> list[str]:
    """Puts the files of such a zip into the folder, as a change that can be taken back; pictures have no way back.

    Args:
        home: the owner's folder.
        content: of the zip.
        who: who does it.
        checked: gives the texts to write by the files' names, from all texts and pictures, before any is written; it raises HomeError where
            one cannot be used.

    Returns:
        The names of the files.

    Raises:
        HomeError: it is no such file, or holds what has no place there.
    """
    files = _unpacked(content)
    strange = [name for name in files if not _has_place(name) and not _is_picture(name)]
    if strange or not files:
        raise HomeError(f"This is no export of own files: it holds {strange[0] if strange else 'nothing'}.")
    shown = {name: raw for name, raw in files.items() if _is_picture(name)}
    texts = dict(checked({name: _text(raw) for name, raw in files.items() if name not in shown}, shown))
    for name, raw in shown.items():  # first, so that none is named before it is there
        home.put_bytes(name, raw)
    Versions(home).change(who, "Files imported", lambda _: texts)
    return sorted([*texts, *shown])


def _unpacked(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            sizes = {one.filename: one.file_size for one in packed.infolist()}
            images = sum(size for name, size in sizes.items() if _is_picture(name))
            if images > MOST_TOGETHER or sum(sizes.values()) - images > MOST_BYTES:
                raise HomeError("This file is too large to be an export of own files.")
            return {one.filename: packed.read(one) for one in packed.infolist() if not one.is_dir()}
    except DAMAGED as error:
        raise HomeError(NO_EXPORT) from error


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise HomeError(NO_EXPORT) from error


def _files(home: Home) -> Iterator[Path]:
    yield from (path for name in OWN if (path := home.folder / name).is_file())
    for folder in FOLDERS:
        yield from sorted(path for path in (home.folder / folder).rglob("*.yml") if path.is_file())
    yield from pictures(home).values()


def _has_place(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = ".." not in parts and not name.startswith("/") and "\\" not in name
    return plain and (name in OWN or (len(parts) > 1 and parts[0] in FOLDERS and name.endswith(".yml")))


def _is_picture(name: str) -> bool:
    folder, _, file = name.partition("/")
    return folder == PICTURES and is_picture_name(file)


__all__ = ["HISTORY", "LESSONS", "exported", "imported"]
