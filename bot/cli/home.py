"""The owner's own files: `glasskin home list`, `history`, `updates`, `back`, `export`, `import`."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.mended import settle_products
from bot.home.choosing import written
from bot.home.folder import PRODUCTS, Home
from bot.home.origins import conflicts, note
from bot.home.pictures import pictures
from bot.home.versions import MOST_SHOWN, Versions
from bot.settings import settings

home = typer.Typer(help="Your own files: what differs from the project's, its history, the way back.", no_args_is_help=True, rich_markup_mode=None)
console = Console()


@home.command("list")
def list_files() -> None:
    """Say where your own files lie and which there are."""
    folder = _home()
    _line(f"{folder.folder}")
    found = [*sorted(folder.folder.rglob("*.yml")), *pictures(folder).values()] if folder.folder.is_dir() else []
    for path in found:
        _line(f"  {path.relative_to(folder.folder)}  {path.stat().st_size} bytes")
    if not found:
        _line("  Nothing yet: `glasskin init` asks what your shop is like and writes it there.")


@home.command("history")
def history() -> None:
    """List every change: its number, when, who, what."""
    found = Versions(_home()).latest(MOST_SHOWN)
    for one in found:
        _line(f"{one.number:>5}  {one.at[:16].replace('T', ' ')}  {one.who}: {one.what}")
    if not found:
        _line("Nothing was changed yet.")


@home.command("updates")
def updates() -> None:
    """List where an update of the project changed what you had changed too; you choose at the desk, under Updates."""
    folder = _home()
    if folder.folder.is_dir():
        with folder.alone():
            note(folder)
    found = conflicts(folder)
    for one in found:
        _line(one.place.words)
        for title, value in (("yours", one.own), ("the project's when you changed it", one.before), ("the project's now", one.now)):
            _line(f"  {title}: {' '.join(written(value).split()) or '-'}")
    if not found:
        _line("No update changed what you changed.")


@home.command("back")
def back(number: Annotated[int, typer.Argument(min=1, help="The change to take back, by its number in `glasskin home history`.")]) -> None:
    """Take back a change and all after it."""
    done = Versions(_home()).back(_me(), number)
    if PRODUCTS in done.after:
        settle_products(settings())
    _line(f"{', '.join(done.after)} as before change {number}. `glasskin home back {done.number}` undoes that.")


@home.command("export")
def export_files(path: Annotated[Path, typer.Argument(help="The file to write, such as own.zip.")]) -> None:
    """Write your own files to one file, without their history and without customers' words."""
    from bot.teaching.carrying import carried_out

    carried = carried_out(_home())
    path.write_bytes(carried.content)
    _line(f"{path}: {len(carried.content)} bytes")
    if carried.left_out:
        _line(f"Left out: {carried.left_out} wordings of lessons that are customers' own words. `glasskin backup` holds them.")


@home.command("import")
def import_files(path: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A file that `glasskin home export` wrote.")]) -> None:
    """Put the files of an export in the place of yours; none where one of them has a mistake."""
    from bot.teaching.carrying import carried_in

    names = carried_in(_home(), path.read_bytes(), _me(), settings())
    if PRODUCTS in names:
        settle_products(settings())
    _line(f"Imported: {', '.join(names)}")


def _home() -> Home:
    return Home(settings().home)


def _me() -> str:
    """Who types the command, as the machine knows them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return "terminal"


def _line(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


