"""Makes a backup while the assistant runs."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bot import __version__
from bot.paths import ROOT
from bot.settings import Settings
from bot.store.backups import archive, databases


def addresses(chosen: Settings) -> dict[str, str]:
    """The databases by the name that they have in a backup; one that serves for both stands once."""
    both = {"shop": chosen.shop_database, "conversations": chosen.tracker_database}
    return {"shop": both["shop"]} if both["shop"] == both["conversations"] else both


def write_backup(target: Path, chosen: Settings, root: Path = ROOT) -> int:
    """Writes both databases and the owner's own files to `target`.

    Returns:
        The size of the archive in bytes.

    Raises:
        BackupError: when a database cannot be read.
        OSError: when `target` cannot be written.
    """
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".backup-") as name:
        folder = Path(name)
        (folder / "databases").mkdir()
        kinds = {}
        for key, address in addresses(chosen).items():
            kind = databases.kind_of(address)
            if databases.dump(address, folder / "databases" / f"{key}{databases.SUFFIXES[kind]}"):
                kinds[key] = kind
        for place in archive.places(chosen, root):
            for path in archive.own_files(place, chosen):
                copy = folder / place.name / path.relative_to(place.folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(path, copy)
        archive.write(target, folder, __version__, kinds)
    return target.stat().st_size
