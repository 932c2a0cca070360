"""How much is in a pack, from the shop's words for a size or from the product's title."""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS = {
    "ml": "ml", "mL": "ml", "l": "l", "liter": "l", "litre": "l", "g": "g", "gr": "g", "gram": "g", "grams": "g", "kg": "kg", "mg": "mg",
    "oz": "oz", "fl oz": "fl oz", "floz": "fl oz", "fl": "fl oz", "sheet": "sheet", "sheets": "sheet", "pad": "pad", "pads": "pad",
    "patch": "patch", "patches": "patch", "ea": "piece", "pc": "piece", "pcs": "piece", "piece": "piece", "pieces": "piece",
    "count": "piece", "ct": "piece", "stück": "piece", "매": "sheet", "장": "sheet", "개": "piece", "개입": "piece", "매입": "sheet",
    "мл": "ml", "мг": "mg", "г": "g",
}
_METRIC = frozenset(("ml", "l", "g", "kg", "mg"))
_AMOUNT = r"[0-9]+(?:[.,][0-9]+)?"
_UNIT = r"fl\.?\s?oz\.?|" + "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
_SIZE = re.compile(rf"(?<![\w.])(?P<amount>{_AMOUNT})\s*(?P<unit>{_UNIT})(?![^\W\d_])", re.IGNORECASE)
_TIMES = re.compile(r"\s{0,4}[x×*]\s{0,4}(?P<behind>[0-9]{1,3})(?![0-9.,]|\s{0,4}(?:ml|g)\b)", re.IGNORECASE)
_TIMES_BEFORE = re.compile(r"(?<![\w.])(?P<before>[0-9]{1,3})\s*[x×*]\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\A[\s/|,.()\[\]=]*\Z")


@lru_cache(maxsize=10_000)
def measure(size: str) -> tuple[float | None, str | None]:
    """Amount and unit of all that a size such as "30 ml", "50 ml x 2" or "1.7 fl oz / 50 ml" holds, metric where it tells
    that too; (None, None) when it holds none, or several that do not belong together ("30 ml + 50 ml")."""
    found = [(_parts(one, size), one) for one in _SIZE.finditer(size)]
    if not found:
        return None, None
    apart = [size[one.end() : other.start()] for (_, one), (_, other) in zip(found, found[1:])]
    if any(not _BETWEEN.fullmatch(text) for text in apart) or len({unit for (_, unit), _ in found}) < len(found):
        return None, None
    (amount, unit), _ = next((one for one in found if one[0][1] in _METRIC), found[0])
    return amount, unit


@lru_cache(maxsize=10_000)
def size_in_title(title: str) -> str:
    """The size that a title tells ("Toner 150ml", "Cream (50 ml x 2)", "Serum 30 ml / 1 fl oz"), "" when there is none."""
    found = list(_SIZE.finditer(title))
    if not found:
        return ""
    first = last = len(found) - 1
    while first and _BETWEEN.fullmatch(title[found[first - 1].end() : found[first].start()]):
        first -= 1
    behind, before = _TIMES.match(title, found[last].end()), _TIMES_BEFORE.search(title[: found[first].start()])
    start = before.start() if before else found[first].start()
    return " ".join(title[start : behind.end() if behind else found[last].end()].split())


def without_size(text: str) -> str:
    """A text without the amounts in it: of "4 g / Coral" what is left is "/ Coral"."""
    return _SIZE.sub(" ", text)


def _parts(found: re.Match[str], size: str) -> tuple[float, str]:
    """Amount and unit of one size, times the number of packs beside it."""
    unit = re.sub(r"[.\s]+", " ", found["unit"].lower()).strip()
    amount = float(found["amount"].replace(",", "."))
    behind, before = _TIMES.match(size, found.end()), _TIMES_BEFORE.search(size[: found.start()])
    packs = behind["behind"] if behind else before["before"] if before else "1"
    return amount * int(packs), _UNITS.get(unit, "fl oz" if unit.startswith("fl") else unit)
