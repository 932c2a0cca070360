"""Reads single fields of a shop's export: lengths and tags. Refusals are RowError."""

from __future__ import annotations

from bot.store.importers.base import RowError
from bot.store.text import slug

FLAGS = {"vegan", "cruelty_free", "fragrance_free"}


def bounded(text: str, longest: int, what: str) -> str:
    """`text` without outer spaces. Raises RowError when it is longer than `longest` characters."""
    text = text.strip()
    if len(text) > longest:
        raise RowError(f"{what} is too long: {len(text)} characters, at most {longest} fit")
    if "\x00" in text:
        raise RowError(f"{what} holds a NUL character")
    return text


def tags(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Concerns, skin types and flags among a shop's tags; tags of other kinds are left out.

    `concern:dark_spots` and `skin:oily` carry their kind; `vegan`, `cruelty-free` and `fragrance-free` stand
    alone.
    """
    concerns, skin_types, flags = set(), set(), set()
    for tag in text.split(","):
        kind, colon, value = tag.partition(":")
        name = slug(value if colon else tag)[:80]
        if not name:
            continue
        if colon and slug(kind) == "concern":
            concerns.add(name)
        elif colon and slug(kind) in {"skin", "skin_type"}:
            skin_types.add(name)
        elif not colon and name in FLAGS:
            flags.add(name)
    return tuple(sorted(concerns)), tuple(sorted(skin_types)), tuple(sorted(flags))
