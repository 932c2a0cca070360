"""The archive of a backup: a tar.gz with a list of its files and their digests, and which file belongs where."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from bot.home.folder import KEY, LEARNED, LOCK
from bot.settings import Settings
from bot.store.backups.errors import BackupError

MANIFEST = "manifest.json"
PROJECT_FILES = (".env", "config.yml", "domain.yml", "credentials.yml", "endpoints.yml")
PROJECT_FOLDERS = ("data", "domain")
PRIVATE = (".env", "session.secret", KEY)
MADE_AGAIN = (LEARNED, LOCK)


class Place(NamedTuple):
    """Where files of one kind lie: their folder's name in the archive and on this machine."""

    name: str
    folder: Path


class Archive(NamedTuple):
    """What an archive says of itself: the version that made it, each database's kind, each file's digest."""

    version: str
    databases: dict[str, str]
    files: dict[str, str]


def places(chosen: Settings, root: Path) -> list[Place]:
    """Where the owner's files lie: in the project's folder, in var/, in a folder of their own, and where settings put some of them
    elsewhere."""
    elsewhere = [
        Place(name, path)
        for name, path in (("knowledge", chosen.knowledge), ("shop", chosen.shop.parent))
        if not path.resolve().is_relative_to(root.resolve())
    ]
    return [Place("project", root), Place("var", chosen.var), Place("home", chosen.home), *elsewhere]


def own_files(place: Place, chosen: Settings) -> Iterator[Path]:
    """The files of a place that a backup holds; databases are copied in a way of their own."""
    if place.name == "project":
        yield from (path for name in PROJECT_FILES if (path := place.folder / name).is_file())
        for name in PROJECT_FOLDERS:
            yield from sorted(path for path in (place.folder / name).rglob("*") if path.is_file())
    elif place.name == "var":
        yield from sorted(path for path in place.folder.glob("*") if path.is_file() and _is_small_state(path))
    elif place.name == "home":
        yield from sorted(path for path in place.folder.rglob("*") if path.is_file() and path.name not in MADE_AGAIN)
    elif place.name == "shop":
        yield from ([chosen.shop] if chosen.shop.is_file() else [])
    else:
        yield from sorted(place.folder.glob("*.yml"))


def _is_small_state(path: Path) -> bool:
    return ".sqlite" not in path.name and path.suffix not in (".gz", ".log")


def write(target: Path, folder: Path, version: str, databases: dict[str, str]) -> None:
    """Packs everything below `folder`; the file is readable to its owner only, and there as a whole or not at all."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    manifest = {
        "glasskin": version,
        "made": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "databases": databases,
        "files": {name: _digest(folder / name) for name in names},
    }
    part = target.with_name(f"{target.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as packed:
            content = json.dumps(manifest, indent=1).encode()
            head = tarfile.TarInfo(MANIFEST)
            head.size, head.mode = len(content), 0o600
            packed.addfile(head, io.BytesIO(content))
            for name in names:
                packed.add(folder / name, arcname=name)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)


def give_to_folders_owner(path: Path) -> None:
    """Gives a file that root wrote to the owner of its folder, who is to work with it."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)


def unpack(source: Path, folder: Path) -> Archive:
    """Unpacks into an empty folder and checks that every file is there and what it was.

    Raises:
        BackupError: when it is no backup, is cut off, or was changed.
    """
    try:
        with tarfile.open(source, "r:gz") as packed:
            archive = _manifest(json.load(_member(packed, MANIFEST)))
            for name, digest in archive.files.items():
                _unpack_one(packed, name, folder / name)
                if _digest(folder / name) != digest:
                    raise BackupError(f"{source}: {name} was changed since the backup was made.")
    except (tarfile.TarError, EOFError, OSError, ValueError, KeyError, TypeError) as error:
        told = " ".join(str(error).split())
        raise BackupError(f"{source} is no whole backup of Glasskin: {told}.") from error
    return archive


def _manifest(content: dict[str, Any]) -> Archive:
    files = {str(name): str(digest) for name, digest in content["files"].items()}
    for name in files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise ValueError(f"it names the file {name!r}")
    return Archive(str(content["glasskin"]), dict(content["databases"]), files)


def _member(packed: tarfile.TarFile, name: str) -> Any:
    found = packed.extractfile(name)
    if found is None:
        raise ValueError(f"{name} is no file in it")
    return found


def _unpack_one(packed: tarfile.TarFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _member(packed, name) as content, target.open("wb") as file:
        while block := content.read(1 << 20):
            file.write(block)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
