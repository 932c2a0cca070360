"""`Home`: the folder of an owner's own files, what stands where in it, and how it is written so that nobody reads half a file."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Optional
from uuid import uuid4

SHOP, LESSONS, PRODUCTS, STATEMENTS = "shop.yml", "lessons.yml", "products.yml", "statements.yml"
RESPONSES, KNOWLEDGE = "responses", "knowledge"
HISTORY, LOCK, KEY, LEARNED = "history", ".lock", ".people.key", ".learned.npz"
OWN = (SHOP, LESSONS, PRODUCTS, STATEMENTS)
"""The files of which every change is kept, beside wording and knowledge."""
KEY_BYTES = 32


class HomeError(Exception):
    """The owner's own files cannot be used or written; the message is a sentence that says which and why."""


class Home:
    """An owner's folder. It need not be there before something is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def shop(self) -> Path:
        """What differs from the project's `data/shop.yml`."""
        return self.folder / SHOP

    @property
    def lessons(self) -> Path:
        """What the assistant was taught."""
        return self.folder / LESSONS

    @property
    def products(self) -> Path:
        """What was mended of products."""
        return self.folder / PRODUCTS

    @property
    def learned(self) -> Path:
        """What was learned from the lessons; made again where it is missing."""
        return self.folder / LEARNED

    @property
    def history(self) -> Path:
        """Every change."""
        return self.folder / HISTORY

    def responses(self, language: str) -> Path:
        """Wording of the owner's in a language, by its code."""
        return self.folder / RESPONSES / f"{language}.yml"

    def names(self) -> list[str]:
        """The names of the files of which every change is kept, those that are there and those that are always looked at."""
        others = (path for folder in (RESPONSES, KNOWLEDGE) for path in sorted((self.folder / folder).glob("*.yml")))
        return [*OWN, *(path.relative_to(self.folder).as_posix() for path in others)]

    def text(self, name: str) -> Optional[str]:
        """A file's text; None where there is none.

        Raises:
            HomeError: it cannot be read.
        """
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise HomeError(f"{self.folder / name} cannot be read: {error}.") from error

    def raw(self, name: str) -> Optional[str]:
        """As `text`, with the bytes that are no UTF-8 as Python's surrogates.

        Raises:
            HomeError: it cannot be read.
        """
        try:
            return (self.folder / name).read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HomeError(f"{self.folder / name} cannot be read: {error}.") from error

    def put(self, name: str, text: Optional[str]) -> None:
        """Writes a file as a whole, or takes it away where `text` is None. Only its owner may read it.

        Raises:
            HomeError: it cannot be written.
        """
        self.put_bytes(name, None if text is None else text.encode())

    def put_bytes(self, name: str, content: Optional[bytes]) -> None:
        """As `put`, for what is no text.

        Raises:
            HomeError: it cannot be written.
        """
        path = self.folder / name
        try:
            if content is None:
                path.unlink(missing_ok=True)
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{uuid4().hex}")
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            raise HomeError(f"{path} cannot be written: {error.strerror}.") from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Held while files are read and written again, by one process at a time.

        Raises:
            HomeError: the folder cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self.folder / LOCK).open("w")
        except OSError as error:
            raise HomeError(f"{self.folder} cannot be written: {error.strerror}.") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def key(self) -> bytes:
        """What people are told apart with in these files; made on first use, and of no use elsewhere.

        Raises:
            HomeError: it cannot be read or written.
        """
        path = self.folder / KEY
        try:
            if not path.is_file():
                self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                made = os.urandom(KEY_BYTES)
                part = path.with_name(f"{KEY}.{uuid4().hex}")
                with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    file.write(made)
                with suppress(FileExistsError):  # whoever comes second takes what the first one made
                    os.link(part, path)
                part.unlink()
            return path.read_bytes()
        except OSError as error:
            raise HomeError(f"{path} cannot be used: {error.strerror}.") from error


__all__ = ["HISTORY", "KEY", "LEARNED", "LESSONS", "LOCK", "OWN", "PRODUCTS", "RESPONSES", "SHOP", "STATEMENTS", "Home", "HomeError"]
