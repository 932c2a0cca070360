"""Reads a CSV export row by row, and says in a sentence what is wrong when a file is no such export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.store.importers.base import CatalogueFileError, ImportReport, Progress

PROGRESS_EVERY = 200
_OTHER_FORMATS = (
    (b"PK\x03\x04", "an Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
    (b"\xff\xfe", "UTF-16 text"),
    (b"\xfe\xff", "UTF-16 text"),
)
_SAVE_AS = 'Export the products again and save them as "CSV UTF-8", with commas.'


@dataclass(frozen=True)
class Row:
    """One record of a CSV: where it begins, and its cells by column name, "" for those the file lacks."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_rows(
    path: Path, needed: Sequence[str], report: ImportReport, progress: Progress | None = None
) -> Iterator[Row]:
    """The rows of the CSV at `path`; blank ones are skipped, rows with too many cells reported as refused.

    Raises CatalogueFileError when the file is missing, empty, no comma-separated UTF-8 text or lacks a column
    of `needed`.
    """
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            _check_kind(raw.read(4096), path)
            raw.seek(0)
            text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
            for count, row in enumerate(_records(text, needed, report, path)):
                if progress and count % PROGRESS_EVERY == 0:
                    progress(raw.tell(), size)
                yield row
            if progress:
                progress(size, size)
    except FileNotFoundError as error:
        raise CatalogueFileError(f"There is no file {path}. Check the name and the folder.") from error
    except (IsADirectoryError, PermissionError) as error:
        raise CatalogueFileError(f"{path} cannot be read as a file. Name a CSV file.") from error
    except UnicodeDecodeError as error:
        raise CatalogueFileError(f"{path.name} is not UTF-8 text. {_SAVE_AS}") from error


def _check_kind(beginning: bytes, path: Path) -> None:
    if not beginning.strip(b"\xef\xbb\xbf \t\r\n"):
        raise CatalogueFileError(f"{path.name} is empty. Export the products again.")
    for mark, kind in _OTHER_FORMATS:
        if beginning.startswith(mark):
            raise CatalogueFileError(f"{path.name} is {kind}, not a CSV. {_SAVE_AS}")
    if b"\x00" in beginning:
        raise CatalogueFileError(f"{path.name} is not a text file. {_SAVE_AS}")


def _records(text: TextIO, needed: Sequence[str], report: ImportReport, path: Path) -> Iterator[Row]:
    """Steps the reader by hand, because a malformed record must be told by its first line."""
    reader = csv.reader(text, strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise CatalogueFileError(
                f"{path.name} cannot be read from line {line} on ({error}). A quotation mark is probably "
                "missing or not closed there, or the file was cut off."
            ) from error
        if header is None:
            header = [name.strip() for name in cells]
            _check_header(header, needed, path)
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            report.refuse(line, "the row has more cells than the header; a comma may lack quotation marks")
        elif any(cell.strip() for cell in cells):
            yield Row(line, dict(zip(header, cells, strict=False)))


def _check_header(header: Sequence[str], needed: Sequence[str], path: Path) -> None:
    missing = [name for name in needed if name not in header]
    if not missing:
        return
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        raise CatalogueFileError(f"The columns of {path.name} are not parted by commas. {_SAVE_AS}")
    if "URL handle" in header:
        raise CatalogueFileError(
            f"{path.name} is Shopify's newer product CSV (with a column URL handle); this import reads the "
            "classic one, with a column Handle. Export it from the shop's admin, Products, Export."
        )
    raise CatalogueFileError(
        f"{path.name} has no column {missing[0]!r} in its first line, so it is not a Shopify product export. "
        "Export the products from the shop's admin (Products, Export) and import that file unchanged."
    )
