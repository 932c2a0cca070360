"""Reads a CSV or TSV export row by row, and says in a sentence what is wrong when a file is no such export."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.store.importers.base import CatalogueFileError, ImportReport, Progress

PROGRESS_EVERY = 200
BEGINNING = 64_000
SEPARATOR_LINE = "sep="
"""Excel's own first line that says what parts the columns."""
MOST_ABOVE = 8
_OTHER_FORMATS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
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


@dataclass(frozen=True)
class Header:
    """The columns of a table in small letters, what parts them (comma, semicolon or tab), and how many lines stand above."""

    columns: tuple[str, ...]
    delimiter: str
    above: int = 0


def headers_of(start: str) -> Iterator[Header]:
    """What may be the header of a file that begins so: its first line, else one of the next, below a title or remarks."""
    lines = start.splitlines()
    told = lines[0].strip().lower().removeprefix(SEPARATOR_LINE) if lines and lines[0].lower().startswith(SEPARATOR_LINE) else ""
    first = 1 if told else 0
    for above in range(first, min(len(lines), first + MOST_ABOVE)):
        if lines[above].strip(",;\t ") and not lines[above].startswith("#"):
            delimiter = told or max(",;\t", key=lines[above].count)
            columns: list[str] = next(csv.reader(lines[above:], delimiter=delimiter), [])
            yield Header(tuple(name.strip().lower() for name in columns), delimiter, above)


def read_rows(
    path: Path,
    header: Header,
    report: ImportReport,
    progress: Progress | None = None,
    names: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """The rows of the file at `path` below its header; blank ones are skipped, rows with too many cells reported as
    refused. `names` are the English names of columns in another language.

    Raises CatalogueFileError when the file cannot be read to its end, or was cut off.
    """
    quoting = csv.QUOTE_NONE if header.delimiter == "\t" and not _is_quoted(path) else csv.QUOTE_MINIMAL
    with opened(path) as raw:
        size = path.stat().st_size
        text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
        for _ in range(header.above):
            text.readline()
        for count, row in enumerate(_records(text, header, quoting, report, path, names or {})):
            if progress and count % PROGRESS_EVERY == 0:
                progress(raw.tell(), size)
            yield row
        if progress:
            progress(size, size)


def _is_quoted(path: Path) -> bool:
    """Whether quotation marks in a table of tabs are a spreadsheet's, around cells, and not a title's own."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        try:
            for _ in csv.reader(text, strict=True, delimiter="\t"):
                pass
        except (csv.Error, UnicodeDecodeError):
            return False
    return True


def _records(
    text: io.TextIOWrapper, header: Header, quoting: int, report: ImportReport, path: Path, names: Mapping[str, str]
) -> Iterator[Row]:
    """Steps the reader by hand, because a malformed record must be told by its first line."""
    reader = csv.reader(text, strict=True, delimiter=header.delimiter, quoting=quoting)
    columns: Sequence[str] | None = None
    ragged, short = False, 0
    while True:
        line = reader.line_num + 1 + header.above
        try:
            cells = next(reader)
        except StopIteration:
            if short and not ragged and not _ends_with_a_line(path):
                raise CatalogueFileError(f"{path.name} was cut off in line {short}. Export the products again.") from None
            return
        except csv.Error as error:
            raise CatalogueFileError(
                f"{path.name} cannot be read from line {line} on ({error}). A quotation mark is probably "
                "missing or not closed there, or the file was cut off."
            ) from error
        if columns is None:
            columns = [names.get(name, name) for name in (cell.strip().lower() for cell in cells)]
            continue
        ragged = ragged or bool(short)
        short = line if 0 < len(cells) < len(columns) else 0
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            report.refuse(line, "the row has more cells than the header; a comma may lack quotation marks")
        elif any(cell.strip() for cell in cells):
            yield Row(line, dict(zip(columns, cells)))


def _ends_with_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, io.SEEK_END)
        return file.read(1) in (b"\n", b"\r")
