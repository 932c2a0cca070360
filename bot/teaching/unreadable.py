"""Cuts a person's words out of a lessons' file that has a mistake in it, so that no mistake keeps them."""

from __future__ import annotations

DASH = "-"


def without_mark(text: str, mark: str) -> tuple[str, int]:
    """The text without every wording that carries a mark, whoever else said it too: more than needed rather than less.

    A wording is the item of a list in which the mark's line stands: from its dash to the next line that is indented no deeper. Where a mark
    stands in no item, nothing tells which words are the person's, and all of the text goes.

    Args:
        text: of the file, as it is.
        mark: of the person.

    Returns:
        The text, and how many wordings went.
    """
    lines, count = text.split("\n"), 0
    while (at := next((number for number, line in enumerate(lines) if mark in line), None)) is not None:
        start = _start(lines, at)
        if start is None:
            return "", count + 1
        end = at + 1
        while end < len(lines) - 1 and (not lines[end].strip() or _depth(lines[end]) > _depth(lines[start])):
            end += 1
        del lines[start:end]
        count += 1
    return "\n".join(lines), count


def _start(lines: list[str], at: int) -> int | None:
    """Where the item begins in which a line stands: itself where it begins one with a field, else the nearest line above that begins with a dash
    and is indented less; None where there is none."""
    if _is_item(lines[at]) and ":" in lines[at]:
        return at
    return next(
        (
            number
            for number in range(at - 1, -1, -1)
            if _is_item(lines[number]) and _depth(lines[number]) < _depth(lines[at])
        ),
        None,
    )


def _is_item(line: str) -> bool:
    return line.lstrip().startswith(DASH)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
