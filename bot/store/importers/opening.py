"""Brings a shop's file to text in UTF-8 with one table in it, whatever it was packed or saved as.

What is UTF-8 already is read where it lies. Anything else is written anew into a temporary folder: gz and zip unpacked,
the first sheet of a workbook as CSV, UTF-16, EUC-KR and Windows-1252 decoded, each with a notice.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from bot.store.importers.base import CatalogueFileError

MOST_UNPACKED = 200_000_000
CHUNK = 1_000_000
TABLES = (".csv", ".tsv", ".txt", ".xml")
WORKBOOK = "xl/workbook.xml"
LEAST_HANGUL = 0.3
"""Of the letters beyond ASCII in a Korean file more than this share are Hangul; read as EUC-KR, Western text has few."""
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
EXPORT_AGAIN = 'Export the products again and save them as "CSV UTF-8", with commas.'


@contextmanager
def readable(path: Path) -> Iterator[tuple[Path, list[str]]]:
    """The file as UTF-8 text, and what had to be done for it. What is no file at all is left for its reader to say.

    Raises:
        CatalogueFileError: when it cannot be unpacked or decoded, or is too large unpacked.
    """
    notices: list[str] = []
    with tempfile.TemporaryDirectory(prefix="glasskin-") as folder:
        found = path
        if path.is_file():
            found = _unpacked(path, Path(folder), notices)
            found = _decoded(found, Path(folder), path.name, notices)
        yield found, notices


def _unpacked(path: Path, folder: Path, notices: list[str]) -> Path:
    start = _beginning(path)
    try:
        if start.startswith(GZIP):
            with gzip.open(path, "rb") as packed:
                return _copied(packed, folder / "unpacked", path.name)
        if start.startswith(ZIP):
            with zipfile.ZipFile(path) as archive:
                if WORKBOOK in archive.namelist():
                    _check_size(sum(one.file_size for one in archive.infolist()), path.name)
                    return _sheet(path, folder / "sheet.csv", notices)
                return _from_zip(archive, folder, path.name, notices)
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise CatalogueFileError(f"{path.name} cannot be unpacked ({error}). Export it again.") from error
    return path


def _from_zip(archive: zipfile.ZipFile, folder: Path, name: str, notices: list[str]) -> Path:
    """The one table of a zip file."""
    tables = [one for one in archive.infolist() if one.filename.lower().endswith(TABLES) and not one.filename.startswith("__MACOSX")]
    if len(tables) != 1:
        inside = ", ".join(one.filename for one in archive.infolist()[:5])
        raise CatalogueFileError(f"{name} holds {len(tables)} tables ({inside}). Unpack it and name the one with the products.")
    notices.append(f"{tables[0].filename} was read out of the zip file")
    with archive.open(tables[0]) as packed:
        return _copied(packed, folder / "unpacked", name)


def _copied(packed: IO[bytes] | gzip.GzipFile, target: Path, name: str) -> Path:
    done = 0
    with target.open("wb") as out:
        while chunk := packed.read(CHUNK):
            done += len(chunk)
            _check_size(done, name)
            out.write(chunk)
    return target


def _check_size(size: int, name: str) -> None:
    if size > MOST_UNPACKED:
        raise CatalogueFileError(f"{name} is larger than {MOST_UNPACKED // 1_000_000} MB unpacked. Give the table itself.")


def _sheet(path: Path, target: Path, notices: list[str]) -> Path:
    """The first sheet of a workbook as CSV; numbers and dates as a spreadsheet shows them."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError) as error:
        raise CatalogueFileError(f"{path.name} cannot be read as a workbook. {EXPORT_AGAIN}") from error
    try:
        sheet = book.worksheets[0]
        notices.append(f"the sheet {sheet.title!r} of the workbook was read")
        with target.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            for row in sheet.iter_rows(values_only=True):
                writer.writerow([_cell(value) for value in row])
    finally:
        book.close()
    return target


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _decoded(path: Path, folder: Path, name: str, notices: list[str]) -> Path:
    start = _beginning(path)
    if start.startswith(UTF16):
        return _rewritten(path, folder, "utf-16", "UTF-16", name, notices)
    if b"\x00" in start or start.lstrip().startswith(b"<") or _is_utf8(path):  # an XML file says its encoding itself
        return path
    encoding, called = ("cp949", "EUC-KR") if _is_korean(path) else ("cp1252", "Windows-1252")
    return _rewritten(path, folder, encoding, called, name, notices)


def _rewritten(path: Path, folder: Path, encoding: str, called: str, name: str, notices: list[str]) -> Path:
    target = folder / "utf-8"
    try:
        with path.open(encoding=encoding, newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
            shutil.copyfileobj(source, out)
    except UnicodeError as error:
        raise CatalogueFileError(f"{name} is not UTF-8 text, and no {called} either. {EXPORT_AGAIN}") from error
    notices.append(f"the file is not UTF-8; it was read as {called}")
    return target


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except OSError:
        return b""  # its reader says why


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _is_korean(path: Path) -> bool:
    """Whether the text is EUC-KR: it can be read so, and what is beyond ASCII is Hangul for a good part."""
    try:
        text = path.read_bytes().decode("cp949")
    except UnicodeDecodeError:
        return False
    beyond = [letter for letter in text if not letter.isascii()]
    hangul = sum("가" <= letter <= "힣" for letter in beyond)
    return bool(beyond) and hangul / len(beyond) >= LEAST_HANGUL
