"""What a cell says of stock: a number however it is written, or a word; what is not understood is never "sold out"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.paths import CATALOGUE
from bot.store.text import fold
from bot.yaml_files import read_yaml

HIGHEST_STOCK = 2_000_000_000
WORDS = CATALOGUE / "availability.yml"
State = Literal["in_stock", "out_of_stock", "later"]

_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[,\s'’]\d{3})+(?:\.\d+)?|[+-]?\d+(?:[.,]\d+)?|[+-]?\.\d+")
_SCHEMA = re.compile(r"^https?://schema\.org/|^schema:")
_BETWEEN = re.compile(r"[\s_\-–]+")


@dataclass(frozen=True)
class Stock:
    """How many there are (None: the shop does not count them), whether it can be ordered as the shop says (None: it does
    not say), whether it can at stock 0, and what of the cell was not understood ("" for nothing)."""

    count: int | None = None
    available: bool | None = None
    when_empty: bool = False
    unread: str = ""


def stock_of(quantity: str, availability: str = "") -> Stock:
    """Stock by a number ("3.0", "1,000"; oversold counts as none) and by a word ("available for order"), either of which
    may be empty. A word that says sold out goes before a number."""
    counted, said = _counted(quantity), _said(availability)
    if said.count == 0 and not said.when_empty:
        return said
    if counted.count is not None:
        return Stock(counted.count, None, said.when_empty, counted.unread or said.unread)
    return Stock(said.count, counted.available or said.available, said.when_empty, counted.unread or said.unread)


def _counted(text: str) -> Stock:
    text = text.strip()
    if not text:
        return Stock()
    if not _NUMBER.fullmatch(text):
        said = _said(text)
        return Stock(said.count, said.available, said.when_empty, f"the quantity {text[:40]!r} is no number" if said.unread else "")
    number = _value(text)
    if abs(number) > HIGHEST_STOCK:
        return Stock(unread=f"the quantity {text[:40]!r} is too high to be one")
    unread = "" if number == int(number) else f"the quantity {text} was rounded down"
    return Stock(max(int(number), 0), unread=unread)


def _value(text: str) -> float:
    """The number of "1,000", "3.0" or "5,5": a comma before three digits parts thousands, any other begins decimals."""
    bare = re.sub(r"[\s'’]", "", text)
    if "," in bare and "." not in bare and not re.fullmatch(r"[+-]?\d{1,3}(?:,\d{3})+", bare):
        return float(bare.replace(",", "."))
    return float(bare.replace(",", ""))


def _said(word: str) -> Stock:
    bare = word.strip()
    if not bare:
        return Stock()
    state = _states().get(_plain(bare))
    if state == "in_stock":
        return Stock(available=True)
    if state == "out_of_stock":
        return Stock(0)
    return Stock(0, when_empty=True) if state == "later" else Stock(unread=f"the availability {bare[:40]!r} is not known")


def _plain(word: str) -> str:
    return _BETWEEN.sub("", _SCHEMA.sub("", fold(word)))


@lru_cache(maxsize=1)
def _states() -> dict[str, State]:
    states: tuple[State, ...] = ("in_stock", "out_of_stock", "later")
    words = read_yaml(WORDS)
    return {_plain(word): state for state in states for word in words[state]}
