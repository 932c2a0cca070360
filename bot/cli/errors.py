"""Turns what went wrong into one line for whoever typed the command, with an exit code that says so.

Every command is in a group of the class `Commands`, so none needs a `try` of its own for what `sentence` knows. What it does
not know is a mistake of ours and keeps its traceback, which belongs into a report.
"""

from __future__ import annotations

import errno
from typing import Any, NoReturn, Optional

import typer
from typer.core import TyperGroup

FAILED = 1
OF_FILES = (
    errno.ENOENT,
    errno.EACCES,
    errno.EPERM,
    errno.EEXIST,
    errno.ENOSPC,
    errno.EROFS,
    errno.ENOTDIR,
    errno.EISDIR,
    errno.EMFILE,
)


class Commands(TyperGroup):
    """A group of commands that end in one line where something is wrong that a person can mend."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command (see parent class)."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            told = sentence(error)
            if told is None:
                raise
            stop(told)


def stop(told: str) -> NoReturn:
    """Ends the command with this line."""
    typer.echo(told, err=True)
    raise typer.Exit(FAILED)


def sentence(error: BaseException) -> Optional[str]:
    """What is wrong and what to do, in a line for each mistake; None for an error that only a programmer can mend."""
    from sqlalchemy.exc import SQLAlchemyError

    if _is_told(error):
        return str(error)
    if isinstance(error, SQLAlchemyError):
        return _database(error)
    if type(error).__module__.startswith("alembic.") and "locate revision" in str(error):
        return (
            "The shop's database was made by a newer Glasskin. Start that one, or bring back a backup of this one's: "
            "docs/deploy.md, Upgrading."
        )
    if isinstance(error, OSError) and error.errno is not None:
        return _file(error)
    return _rasas(error)


def _is_told(error: BaseException) -> bool:
    """Whether the error's own message is written for people."""
    from bot.home.folder import HomeError
    from bot.nlu.encoder import EncoderError
    from bot.phrases import PhraseError
    from bot.rasa.data_check import DataError
    from bot.rasa.loading import ModelError
    from bot.rasa.training import TrainingError
    from bot.rules.knowledge import KnowledgeError
    from bot.settings import SettingsError
    from bot.store.backups import BackupError
    from bot.store.errors import StoreError
    from bot.store.importers.base import CatalogueFileError
    from bot.store.policies import ShopError
    from bot.yaml_files import YamlFileError

    return isinstance(
        error,
        (
            BackupError,
            CatalogueFileError,
            DataError,
            EncoderError,
            HomeError,
            KnowledgeError,
            ModelError,
            PhraseError,
            SettingsError,
            ShopError,
            StoreError,
            TrainingError,
            YamlFileError,
        ),
    )


def _database(error: Any) -> Optional[str]:
    from bot.store.errors import store_error

    told = store_error(error)
    return None if told is None else f"{told}. DATABASE_URL and TRACKER_URL say where the databases are."


def _file(error: OSError) -> Optional[str]:
    """A file that is not there, not ours to touch, or does not fit."""
    if error.errno not in OF_FILES or not (error.filename or error.errno in (errno.ENOSPC, errno.EMFILE)):
        return None
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror}. Look at the path, its owner and the free space (`df -h`, `ls -l`)."


def _rasas(error: BaseException) -> Optional[str]:
    """What Rasa raises for mistakes of its users."""
    if not any(one.__module__ == "rasa.shared.exceptions" for one in type(error).__mro__):
        return None
    from bot.rasa.reasons import reason

    return reason(error)
