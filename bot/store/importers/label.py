"""Finds the ingredient list in a product's text."""

from __future__ import annotations

import json

from bot.labels.parsing import HEADING, LONGEST_NAME, list_span, parse


def split_body(text: str) -> tuple[str, tuple[str, ...]]:
    """A product's text without its ingredient lists, and the names of the first (empty when there is none).

    The list follows a heading ("Ingredients:", "Full ingredients", "전성분") and ends at the next panel
    ("How to use", "Caution"). "Key ingredients" is no such heading: it is not the whole label.
    """
    start, end = list_span(text)
    names = split_names(text[start:end]) if start else ()
    if len(names) < 2:
        return text, ()
    heading = next(found for found in HEADING.finditer(text) if found.end() == start)
    outside = "\n".join(filter(None, (text[: heading.start()].strip(), text[end:].strip())))
    return split_body(outside)[0], names


def split_names(listed: str) -> tuple[str, ...]:
    """The names of an ingredient list as printed, without what it only "may contain". A JSON list of names is read
    as such."""
    if listed.lstrip().startswith("["):
        try:
            decoded = json.loads(listed)
        except ValueError:
            decoded = None
        if isinstance(decoded, list):
            return tuple(" ".join(str(name).split())[:LONGEST_NAME] for name in decoded if str(name).strip())
    return tuple(entry.printed for entry in parse(listed).declared)
