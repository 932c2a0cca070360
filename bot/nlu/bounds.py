"""How much of a message is looked at: whatever somebody sends, the work that it makes has an end.

What is left out becomes blanks, so that a place in what is looked at is the same place in the message.
"""

from __future__ import annotations

from itertools import groupby

MOST_ALIKE = 3
"""So many of one mark stand for any number of it: "!!!"."""
LONGEST_RUN = 64
"""So many characters without a blank are more than any word or name has."""


def readable(text: str, longest: int) -> str:
    """The text, at most `longest` characters of it, with blanks for the marks of a long row of the same."""
    text = text[:longest]
    if not any(one == two == three == four for one, two, three, four in zip(text, text[1:], text[2:], text[3:])):
        return text
    rows = ((mark, len(list(row))) for mark, row in groupby(text))
    return "".join(
        mark * count if count <= MOST_ALIKE or mark.isalnum() else mark * MOST_ALIKE + " " * (count - MOST_ALIKE)
        for mark, count in rows
    )


def in_short_runs(text: str) -> str:
    """The text with a blank within every run of more than `LONGEST_RUN` characters: in the place of the last mark that
    stands there, else of a letter."""
    if all(len(run) <= LONGEST_RUN for run in text.split()):
        return text
    letters = list(text)
    start = mark = -1
    for place, letter in enumerate(text):
        if letter.isspace():
            start = mark = place
            continue
        if not letter.isalnum():
            mark = place
        if place - start > LONGEST_RUN:
            start = mark = mark if mark > start else place
            letters[start] = " "
    return "".join(letters)
