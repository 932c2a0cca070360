"""`glasskin backup FILE` and `glasskin restore FILE`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import stop
from bot.cli.starting import port_problem
from bot.settings import settings

MEGABYTE = 1_000_000


def backup(path: Annotated[Path, typer.Argument(help="The archive to write, such as glasskin.tar.gz.")]) -> None:
    """Write both databases and your own files to one archive, while the assistant runs. It holds passwords and
    conversations: keep it as you keep those."""
    from bot.store.backups import write_backup

    if path.is_dir():
        stop(f"{path} is a folder. Name the file to write: {path / 'glasskin.tar.gz'}")
    size = write_backup(path, settings())
    typer.echo(f"{path}: {size / MEGABYTE:.1f} MB")


def restore(
    path: Annotated[Path, typer.Argument(help="An archive that `glasskin backup` wrote.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    keep: Annotated[bool, typer.Option(help="Keep what is here in var/ first; off where it is damaged.")] = True,
    other_version: Annotated[bool, typer.Option("--other-version", help="Take a backup of another version too.")] = False,
) -> None:
    """Put a backup in the place of the databases and files that are here. What is here is kept first, in var/."""
    from bot.store.backups import BackupError, restore_backup, write_backup

    chosen = settings()
    if not path.is_file():
        stop(f"There is no file {path}.")
    if port_problem(chosen.host, chosen.port):
        stop(f"Something listens on port {chosen.port}: stop the assistant first, so that it does not write meanwhile.")
    if not yes:
        typer.confirm(f"Databases and files of this shop become those of {path}. Go on?", abort=True)
    kept = chosen.var / f"before-restore-{datetime.now():%Y%m%d-%H%M%S}.tar.gz"
    if keep:
        chosen.var.mkdir(parents=True, exist_ok=True)
        try:
            write_backup(kept, chosen)
        except BackupError as error:
            stop(f"{error} What is here cannot be kept; --no-keep restores all the same.")
    for done in restore_backup(path, chosen, other_version=other_version):
        typer.echo(f"restored: {done}")
    typer.echo((f"What was here before lies in {kept}. " if keep else "") + "`glasskin serve` starts the assistant.")
