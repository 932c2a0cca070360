"""Backups: one archive with both databases and the owner's own files, made while the assistant runs.

`databases` copies a database out and in, `archive` packs and checks, `backup` and `restore` are the two things to do.
"""

from bot.store.backups.backup import write_backup
from bot.store.backups.errors import BackupError
from bot.store.backups.restore import restore_backup

__all__ = ["BackupError", "restore_backup", "write_backup"]
