"""Reads a CSV or TSV export row by row, and says in a sentence what is wrong when a file is no such export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.store.importers.base import CatalogueFileError, ImportReport, Progress

PROGRESS_EVERY = 200
BEGINNING = 64_000
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
    """One record: where it begins, and its cells by column name in small letters, "" for those the file lacks."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column.lower(), "")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file for reading. Raises CatalogueFileError when it is missing, no file, or not UTF-8 text."""
    try:
        with path.open("rb") as raw:
            yield raw
    except FileNotFoundError as error:
        raise CatalogueFileError(f"There is no file {path}. Check the name and the folder.") from error
    except (IsADirectoryError, PermissionError) as error:
        raise CatalogueFileError(f"{path} cannot be read as a file. Name a CSV, TSV or XML file.") from error
    except UnicodeDecodeError as error:
        raise CatalogueFileError(f"{path.name} is not UTF-8 text. {_SAVE_AS}") from error


def beginning(path: Path) -> str:
    """The first BEGINNING bytes as text. Raises CatalogueFileError for an empty file and other kinds of file."""
    with opened(path) as raw:
        start = raw.read(BEGINNING)
        if not start.strip(b"\xef\xbb\xbf \t\r\n"):
            raise CatalogueFileError(f"{path.name} is empty. Export the products again.")
        for mark, kind in _OTHER_FORMATS:
            if start.startswith(mark):
                raise CatalogueFileError(f"{path.name} is {kind}, not a CSV. {_SAVE_AS}")
        if b"\x00" in start:
            raise CatalogueFileError(f"{path.name} is not a text file. {_SAVE_AS}")
        return io.TextIOWrapper(io.BytesIO(start), encoding="utf-8-sig", errors="ignore", newline="").read()


def header_of(start: str) -> tuple[list[str], str]:
    """The columns of a file that begins so, in small letters, and what parts them: comma, semicolon or tab."""
    first = start.splitlines()[0] if start.strip() else ""
    delimiter = max(",;\t", key=first.count)
    columns: list[str] = next(csv.reader(start.splitlines(), delimiter=delimiter), [])
    return [name.strip().lower() for name in columns], delimiter


def read_rows(path: Path, delimiter: str, report: ImportReport, progress: Progress | None = None) -> Iterator[Row]:
    """The rows of the file at `path`; blank ones are skipped, rows with too many cells reported as refused.

    Raises CatalogueFileError when the file cannot be read to its end.
    """
    with opened(path) as raw:
        size = path.stat().st_size
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        for count, row in enumerate(_records(text, delimiter, report, path)):
            if progress and count % PROGRESS_EVERY == 0:
                progress(raw.tell(), size)
            yield row
        if progress:
            progress(size, size)


def _records(text: io.TextIOWrapper, delimiter: str, report: ImportReport, path: Path) -> Iterator[Row]:
    """Steps the reader by hand, because a malformed record must be told by its first line."""
    reader = csv.reader(text, strict=True, delimiter=delimiter)
    header: Sequence[str] | None = None
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
            header = [name.strip().lower() for name in cells]
        elif len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            report.refuse(line, "the row has more cells than the header; a comma may lack quotation marks")
        elif any(cell.strip() for cell in cells):
            yield Row(line, dict(zip(header, cells)))
