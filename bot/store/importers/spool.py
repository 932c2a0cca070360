"""Gathers rows that belong together but stand apart in a file, on disk, so that a long file needs little memory."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from bot.store.importers.csvfile import Row

ROWS_AT_ONCE = 1000


class Spool:
    """Rows in a temporary database of their own, which is gone when the spool is closed.

    A row is a head, known by names, or follows one by one of that head's names, which may come later.
    """

    def __init__(self) -> None:
        self._rows: list[tuple[int, str | None, int, str]] = []
        self._heads: list[tuple[str, int]] = []
        self._count = 0
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; CREATE TABLE row (seq INTEGER PRIMARY KEY, follows TEXT, line INTEGER, cells TEXT);"
            "CREATE TABLE head (name TEXT PRIMARY KEY, seq INTEGER) WITHOUT ROWID;"
        )

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add_head(self, row: Row, names: Sequence[str]) -> None:
        """A row that others may follow; of two heads with one name the first has it."""
        self._heads += [(name, self._count) for name in names]
        self._add(row, None)

    def add(self, row: Row, follows: str) -> None:
        """A row that belongs to the head of this name."""
        self._add(row, follows)

    def groups(self) -> Iterator[list[Row]]:
        """Each head with the rows that follow it; both in the file's order."""
        self._flush()
        self._db.execute(
            "CREATE TABLE member AS SELECT coalesce(head.seq, CASE WHEN follows IS NULL THEN row.seq END) AS first, "
            "row.seq FROM row LEFT JOIN head ON head.name = row.follows"
        )
        self._db.execute("CREATE INDEX by_head ON member (first, seq)")
        group: list[Row] = []
        current = None
        found = self._db.execute(
            "SELECT first, line, cells FROM member CROSS JOIN row ON row.seq = member.seq WHERE first IS NOT NULL "
            "ORDER BY first, member.seq <> first, member.seq"
        )
        with closing(found):
            for first, line, cells in found:
                if first != current and group:
                    yield group
                    group = []
                current = first
                group.append(Row(line, json.loads(cells)))
        if group:
            yield group

    def orphans(self) -> Iterator[Row]:
        """Rows whose head is not in the file."""
        self._flush()
        found = self._db.execute(
            "SELECT line, cells FROM row LEFT JOIN head ON head.name = follows WHERE follows IS NOT NULL "
            "AND head.seq IS NULL ORDER BY row.seq"
        )
        for line, cells in found:
            yield Row(line, json.loads(cells))

    def _add(self, row: Row, follows: str | None) -> None:
        filled = {name: cell for name, cell in row.cells.items() if cell}
        self._rows.append((self._count, follows, row.line, json.dumps(filled, ensure_ascii=False)))
        self._count += 1
        if len(self._rows) >= ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO row VALUES (?, ?, ?, ?)", self._rows)
        self._db.executemany("INSERT OR IGNORE INTO head VALUES (?, ?)", self._heads)
        self._db.execute("COMMIT")
        self._rows, self._heads = [], []
