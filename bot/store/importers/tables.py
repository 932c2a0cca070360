"""Which column of a shop's table holds what: formats of shop programs, plain lists in any language, or as its owner says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

from bot.paths import CATALOGUE
from bot.store.importers.base import CatalogueFileError
from bot.store.importers.csvfile import Row
from bot.yaml_files import read_yaml

TABLES = CATALOGUE / "tables.yml"
JOINED = {"image": "\n", "option": "\n", "description": "\n"}
"""Fields whose columns are all taken, and what stands between them; of others the first that is filled is."""
ADDED = "stock"
NEEDED = ("title", "price")
NUMBER, MOST_NUMBERED = "{n}", 20
"""Stands for the number in names of columns that a file has several of."""


@dataclass(frozen=True)
class Table:
    """A table: what it is in words, the kind of file, and for each of our fields the file's columns that hold it. `unread`
    are columns that hold nothing we know; `own` marks a plain list, whose handles and addresses are meant as they stand."""

    name: str
    source: str
    columns: Mapping[str, Sequence[str]]
    group: str = ""
    skip_rows: frozenset[str] = frozenset()
    refuse_rows: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    own: bool = False

    def cell(self, name: str, row: Row) -> str:
        """What a row tells of one of our fields."""
        cells = [text for column in self.columns[name] if (text := row[column].strip())]
        if name in JOINED:
            return JOINED[name].join(cells)
        if name == ADDED and len(cells) > 1 and all(one.lstrip("-").isdigit() for one in cells):
            return str(sum(max(int(one), 0) for one in cells))
        return cells[0] if cells else ""


def table_of(columns: Sequence[str], mapped: Mapping[str, str] | None = None) -> Table | None:
    """The table that has these columns, in small letters; None where nobody can tell.

    Args:
        columns: the file's.
        mapped: the column of each of our fields, as the owner says; others are found as in a plain list.

    Raises:
        CatalogueFileError: when the owner names a field or a column that is not there.
    """
    if not mapped:
        for one in _formats():
            if set(one["needs"]) <= set(columns):
                return _of_format(one, columns)
    found = _plain(columns, mapped or {})
    return found if set(NEEDED) <= set(found.columns) else None


def fields() -> tuple[str, ...]:
    """The names of our fields that an owner may give columns to."""
    return tuple(read_yaml(TABLES)["plain"])


@lru_cache(maxsize=1)
def woocommerce_names() -> dict[str, str]:
    """The English names of WooCommerce's columns by those in other languages."""
    names = {str(text): english for english, texts in read_yaml(TABLES)["woocommerce"].items() for text in texts}
    numbers = [str(number) for number in range(1, MOST_NUMBERED + 1)]
    return {
        text.replace(NUMBER, number): english.replace(NUMBER, number)
        for text, english in names.items()
        for number in (numbers if NUMBER in text else numbers[:1])
    }


@lru_cache(maxsize=1)
def _formats() -> list[dict[str, Any]]:
    return list(read_yaml(TABLES)["formats"])


def _of_format(one: dict[str, Any], columns: Sequence[str]) -> Table:
    found = {name: _matching(texts, columns) for name, texts in one["columns"].items()}
    return Table(
        one["name"],
        one["source"],
        {name: texts for name, texts in found.items() if texts},
        one.get("group", ""),
        frozenset(one.get("skip_rows", ())),
        one.get("refuse_rows", {}),
    )


def _matching(patterns: Sequence[str], columns: Sequence[str]) -> list[str]:
    return [name for text in patterns for name in columns if fnmatchcase(name, str(text).replace("[", "[[]")) or name == str(text)]


def _plain(columns: Sequence[str], mapped: Mapping[str, str]) -> Table:
    named = read_yaml(TABLES)["plain"]
    found = {field: [_checked(field, column, columns, named)] for field, column in mapped.items()}
    taken = {column for texts in found.values() for column in texts}
    for name, texts in named.items():
        own = next((text for text in map(str, texts) if text in columns and text not in taken), None)
        if own and name not in found:
            found[name] = [own]
            taken.add(own)
    unread = tuple(name for name in columns if name and name not in taken)
    return Table("a plain product list", "plain", found, unread=unread, own=True)


def _checked(field: str, column: str, columns: Sequence[str], named: Mapping[str, Any]) -> str:
    if field not in named:
        raise CatalogueFileError(f"--map {field}={column}: there is no {field!r}. Columns can be given to {', '.join(named)}.")
    if column.strip().lower() not in columns:
        raise CatalogueFileError(f"--map {field}={column}: the file has no column {column!r}. It has {', '.join(columns)}.")
    return column.strip().lower()
