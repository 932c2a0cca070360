"""A comparison in a message. The Bot API has no tables: short cells stand under each other in a monospaced block that is no wider
than a phone, long ones in a quote that opens when it is pressed."""

from __future__ import annotations

import html
import textwrap
from itertools import zip_longest
from typing import Any, Mapping, Sequence

WIDTH = 33
"""Characters of a monospaced line on a phone of 360 px."""
LABEL = 8
GAP = 1
MOST_LINES = 4
FEWEST, MOST = 2, 3

Row = Sequence[str]


def to_html(table: Mapping[str, Any], intro: str, below: str = "") -> str:
    """Two or three columns of `custom.table` as HTML: `intro`, the numbered names, the block, the quote, `below`. Empty where it has
    fewer or more columns, or nothing differs."""
    head = [str(one) for one in table.get("head") or []][1:]
    rows = [[str(cell or "") for cell in row] for row in table.get("rows") or []]
    rows = [row for row in rows if len(row) == len(head) + 1 and len(set(row[1:])) > 1]
    if not FEWEST <= len(head) <= MOST or not rows:
        return ""
    width = (WIDTH - LABEL) // len(head) - GAP
    short = [row for row in rows if _fits(row, width)]
    long = [row for row in rows if row not in short]
    numbers = [str(place) for place in range(1, len(head) + 1)]
    names = "\n".join(f"{number}. <b>{_plain(name)}</b>" for number, name in zip(numbers, head))
    block = "\n".join(_lines(row, width) for row in [["", *numbers], *short])
    quote = "\n\n".join(f"<b>{_plain(row[0])}</b>\n{_listed(row[1:])}" for row in long)
    parts = [
        _plain(intro), names, f"<pre>{_plain(block)}</pre>" if short else "",
        f"<blockquote expandable>{quote}</blockquote>" if quote else "", _plain(below),
    ]
    return "\n\n".join(filter(None, parts))


def _plain(text: str) -> str:
    return html.escape(text, quote=False)


def _fits(row: Row, width: int) -> bool:
    """Whether no word of a row is cut, and no cell is a tower."""
    words = all(len(word) <= (width if place else LABEL) for place, cell in enumerate(row) for word in cell.split())
    return words and all(len(textwrap.wrap(cell, width)) <= MOST_LINES for cell in row[1:])


def _lines(row: Row, width: int) -> str:
    """A row of the block, in as many lines as its highest cell has."""
    cells = [textwrap.wrap(row[0], LABEL), *(textwrap.wrap(cell, width) for cell in row[1:])]
    widths = [LABEL, *(width for _ in row[1:])]
    lines = zip_longest(*cells, fillvalue="")
    return "\n".join((" " * GAP).join(cell.ljust(wide) for cell, wide in zip(line, widths)).rstrip() for line in lines)


def _listed(cells: Row) -> str:
    return "\n".join(f"{place}. {_plain(cell) or '–'}" for place, cell in enumerate(cells, start=1))
