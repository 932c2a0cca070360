"""Reads single fields of a shop's export: prices, quantities, sizes, tags, HTML. Refusals are RowError."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from functools import lru_cache

import nh3
from babel.numbers import get_currency_precision

from bot.store.importers.base import RowError
from bot.store.text import slug

HIGHEST_PRICE = 2_000_000_000
"""In minor units; what fits the column."""
HIGHEST_STOCK = 2_000_000_000
FLAGS = {"vegan", "cruelty_free", "fragrance_free"}

_PRICE = re.compile(r"[0-9]+(\.[0-9]+)?")
_WHOLE = re.compile(r"-?[0-9]+")
_BLOCK_END = re.compile(r"</(?:p|div|li|ul|ol|h[1-6]|tr|table|section)\s*>|<br\s*/?>", re.IGNORECASE)
_MARKUP = re.compile(r"[<>&]")
_UNITS = {
    "ml": "ml",
    "l": "l",
    "g": "g",
    "gr": "g",
    "kg": "kg",
    "mg": "mg",
    "oz": "oz",
    "fl oz": "fl oz",
    "floz": "fl oz",
    "sheet": "sheet",
    "sheets": "sheet",
    "pad": "pad",
    "pads": "pad",
    "patch": "patch",
    "patches": "patch",
    "ea": "piece",
    "pc": "piece",
    "pcs": "piece",
    "piece": "piece",
    "pieces": "piece",
    "매": "sheet",
    "개": "piece",
}
_SIZE = re.compile(
    r"(?<![\w.])(?P<amount>[0-9]+(?:[.,][0-9]+)?)\s*(?P<unit>fl\.?\s?oz|"
    + "|".join(sorted(_UNITS, key=len, reverse=True))
    + r")(?![a-z])",
    re.IGNORECASE,
)
_MULTIPACK = re.compile(r"[0-9]\s*(?:[a-z]+\s*)?[x×*]\s*[0-9]", re.IGNORECASE)


def bounded(text: str, longest: int, what: str) -> str:
    """`text` without outer spaces. Raises RowError when it is longer than `longest` characters."""
    text = text.strip()
    if len(text) > longest:
        raise RowError(f"{what} is too long: {len(text)} characters, at most {longest} fit")
    if "\x00" in text:
        raise RowError(f"{what} holds a NUL character")
    return text


def price(text: str, currency: str, what: str = "price") -> int:
    """A price such as "24.00" in minor units of `currency` (ISO 4217; decimals after CLDR).

    Raises RowError when it is missing, negative, no plain number, too precise or too high.
    """
    text = text.strip()
    if not text:
        raise RowError(f"the {what} is missing")
    if text.startswith("-") and _PRICE.fullmatch(text[1:]):
        raise RowError(f"the {what} {text} is negative")
    if not _PRICE.fullmatch(text):
        raise RowError(f"the {what} {text[:40]!r} is not a number such as 24.00")
    minor = Decimal(text).scaleb(_decimals(currency))
    if minor != minor.to_integral_value():
        raise RowError(f"the {what} {text} has more decimals than {currency} has")
    if minor > HIGHEST_PRICE:
        raise RowError(f"the {what} {text} is too high")
    return int(minor)


_decimals = lru_cache(maxsize=64)(get_currency_precision)


def quantity(text: str) -> int | None:
    """A stock figure; None when the field is empty. Oversold (negative) stock counts as none.

    Raises RowError when it is not a whole number.
    """
    text = text.strip()
    if not text:
        return None
    if not _WHOLE.fullmatch(text) or abs(int(text)) > HIGHEST_STOCK:
        raise RowError(f"the quantity {text[:40]!r} is not a whole number")
    return max(int(text), 0)


def measure(size: str) -> tuple[float | None, str | None]:
    """Amount and unit of a size such as "30 ml"; (None, None) when it holds none, or several at once."""
    found = list(_SIZE.finditer(size))
    if len(found) != 1 or _MULTIPACK.search(size):
        return None, None
    unit = re.sub(r"[.\s]+", " ", found[0]["unit"].lower())
    return float(found[0]["amount"].replace(",", ".")), _UNITS[unit]


def size_in_title(title: str) -> str:
    """The size that a title ends with ("... Toner 150ml"), "" when there is none."""
    found = list(_SIZE.finditer(title))
    return found[-1].group() if found and found[-1].end() == len(title.strip()) else ""


def plain_text(body: str) -> str:
    """HTML as text, a line for each block; scripts, styles and comments are left out.

    The result is text, not safe HTML: "&lt;b&gt;" becomes "<b>" again.
    """
    if not _MARKUP.search(body):
        return "\n".join(filter(None, (" ".join(line.split()) for line in body.splitlines())))
    stripped = nh3.clean(_BLOCK_END.sub("\n", body), tags=set())
    lines = (" ".join(line.split()) for line in html.unescape(stripped).splitlines())
    return "\n".join(line for line in lines if line)


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
