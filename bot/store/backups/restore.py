"""Brings a backup back."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bot import __version__
from bot.paths import ROOT
from bot.settings import Settings
from bot.store.backups import archive, databases
from bot.store.backups.backup import addresses
from bot.store.backups.errors import BackupError


def restore_backup(source: Path, chosen: Settings, root: Path = ROOT, other_version: bool = False) -> list[str]:
    """Puts the backup's databases and files in the place of those that are there. Files that the backup does not have, or
    has as they are, stay.

    Args:
        source: the archive.
        chosen: says where databases and files belong.
        root: the project's folder.
        other_version: take a backup of another version too.

    Returns:
        What was brought back, as words.

    Raises:
        BackupError: when the archive cannot be used here; nothing was changed then.
    """
    chosen.var.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=chosen.var, prefix=".restore-") as name:
        folder = Path(name)
        found = archive.unpack(source, folder)
        _check(found, chosen, other_version)
        for key, kind in found.databases.items():
            databases.load(folder / "databases" / f"{key}{databases.SUFFIXES[kind]}", addresses(chosen)[key])
        count = _restore_files(found, folder, chosen, root)
    return [*(f"database of {key}" for key in found.databases), f"{count} files that were other"]


def _check(found: archive.Archive, chosen: Settings, other_version: bool) -> None:
    if found.version != __version__ and not other_version:
        raise BackupError(
            f"The backup is of Glasskin {found.version}, this is {__version__}: check out v{found.version}, restore, then "
            "upgrade (docs/deploy.md). --other-version takes it all the same."
        )
    here = addresses(chosen)
    for key, kind in found.databases.items():
        if key not in here:
            raise BackupError("The backup has two databases, and DATABASE_URL and TRACKER_URL name only one.")
        if databases.kind_of(here[key]) != kind:
            setting = "DATABASE_URL" if key == "shop" else "TRACKER_URL"
            raise BackupError(f"The backup's {key} are of {kind}: let {setting} name such a database first.")


def _restore_files(found: archive.Archive, folder: Path, chosen: Settings, root: Path) -> int:
    targets = {place.name: place.folder for place in archive.places(chosen, root)}
    count = 0
    for name in found.files:
        kind, _, rest = name.partition("/")
        if kind not in targets:
            continue
        target = targets[kind] / rest
        if target.is_file() and target.read_bytes() == (folder / name).read_bytes():
            continue
        new = not target.exists()
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / name, target)
        if new:
            archive.give_to_folders_owner(target)
        if target.name in archive.PRIVATE:
            target.chmod(0o600)
        count += 1
    return count
