"""`Uploads`: files that an owner brings in by the browser, kept between the look at one and its import."""

from __future__ import annotations

import os
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Optional

FOLDER = "uploads"
KEPT_S = 6 * 3600
TOKEN_BYTES = 16
LONGEST_NAME = 80
ALSO = " ._-()"


class Uploads:
    """Keeps each file in a folder of its own, for hours. Calls read and write files."""

    def __init__(self, var: Path) -> None:
        self._folder = var / FOLDER

    def keep(self, name: str, content: bytes) -> str:
        """Keeps a file; what tells it from others. Those that nobody came back for go.

        Args:
            name: what its owner calls it.
            content: all of it.

        Raises:
            OSError: it cannot be written.
        """
        self._clear()
        token = secrets.token_hex(TOKEN_BYTES)
        folder = self._folder / token
        folder.mkdir(parents=True, mode=0o700)
        with os.fdopen(os.open(folder / plain_name(name), os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(content)
        return token

    def path(self, token: str) -> Optional[Path]:
        """Where a kept file is; None where there is none any more."""
        folder = self._folder / token
        if len(token) != 2 * TOKEN_BYTES or not token.isalnum() or not folder.is_dir():
            return None
        return next(folder.iterdir(), None)

    def drop(self, token: str) -> None:
        """Takes a file away."""
        found = self.path(token)
        if found is not None:
            shutil.rmtree(found.parent, ignore_errors=True)

    def _clear(self) -> None:
        old = time.time() - KEPT_S
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            with suppress(FileNotFoundError):  # another look took it away meanwhile
                if folder.stat().st_mtime < old:
                    shutil.rmtree(folder, ignore_errors=True)


def plain_name(name: str) -> str:
    """A file's name as it can be written and shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(one for one in last if one.isalnum() or one in ALSO).strip(" .")[-LONGEST_NAME:]
    return kept or "products.csv"
