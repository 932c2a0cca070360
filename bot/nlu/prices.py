"""Prices in a message: an upper bound, a lower bound, or both; in figures or in words ("twenty bucks").

A number is a price when a currency stands with it, or a word that bounds it and no other unit.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import Iterator, NamedTuple

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
VALUES = {
    **{word: value for value, word in enumerate(ONES, 1)},
    **{word: value for value, word in enumerate(TEENS, 10)},
    **{word: value * 10 for value, word in enumerate(TENS, 2)},
}
WORDS = rf"(?:a\s+)?hundred|(?:{'|'.join(TENS)})(?:[\s-](?:{'|'.join(ONES)}))?|{'|'.join((*TEENS, *ONES))}"
# A look at the next letter spares trying every word of a list, here and below.
NUMBER = rf"(?=[\datfshnoe])(?:\d{{1,6}}(?:[.,]\d{{1,2}})?|{WORDS})\b"
SIGN = r"[$€£₩]\s?"
CURRENCY = r"\s?(?=[$€£₩dubegpqwk])(?:[$€£₩]|(?:us\s)?dollars?\b|bucks?\b|usd\b|euros?\b|eur\b|pounds?\b|gbp\b|quid\b|won\b|krw\b)"
NOT_A_PRICE = (
    r"(?!\s?-?\s?(?=[%pmgosdthwya'])(?:%|per\s?cent|percent|ml|g\b|oz|spf|pads?|sheets?|drops?|times|seconds?|minutes?|hours?|days?|weeks?"
    r"|months?|years?|yrs?|yo\b|products?|steps?|things|am\b|pm\b|s\b|'s\b))"
)
AT_MOST = (
    r"(?=[ublcmawn])(?:under|below|less\s+than|cheaper\s+than|max(?:imum)?(?:\s+of)?|up\s+to|around|within|(?:no|not)\s+(?:more\s+than|over|above)"
    r"|at\s+most|budget(?:\s+(?:is|of|around|about|like|maybe))*)"
)
AT_LEAST = r"(?=[oams])(?:over(?<!no\sover)(?<!not\sover)|above(?<!no\sabove)(?<!not\sabove)|(?<!no\s)(?<!not\s)more\s+than|at\s+least|starting\s+(?:at|from)|min(?:imum)?(?:\s+of)?)"
OF_PEOPLE = re.compile(r"\b(?:women|men|people|person|someone|anyone|ladies|skin|aged?|i'?m|am|are|is|years?|old)\W{0,3}$", re.I)

RANGE = re.compile(
    rf"\b(?:between|from)\s+(?P<low>(?:{SIGN})?{NUMBER})(?:{CURRENCY})?\s*(?:and|to|-|–)\s*(?P<high>(?:{SIGN})?{NUMBER})"
    rf"{NOT_A_PRICE}(?:{CURRENCY})?"
    rf"|(?P<low2>{SIGN}{NUMBER})\s*(?:to|-|–)\s*(?P<high2>(?:{SIGN})?{NUMBER}){NOT_A_PRICE}"
    rf"|\b(?P<low3>{NUMBER})(?:\s+to\s+|(?<=\d)\s*[-–]\s*)(?P<high3>{NUMBER}){CURRENCY}",
    re.I,
)
LEAST = re.compile(
    rf"\b{AT_LEAST}\s+(?P<first>(?:{SIGN})?{NUMBER}){NOT_A_PRICE}"
    rf"|(?P<second>(?:{SIGN}{NUMBER}|\b{NUMBER}(?={CURRENCY})))(?:{CURRENCY})?\s+(?:or|and)\s+(?:more|up|above|over)\b",
    re.I,
)
MOST = re.compile(
    rf"\b{AT_MOST}\s*(?P<first>(?:{SIGN})?{NUMBER}){NOT_A_PRICE}"
    rf"|(?P<second>{SIGN}{NUMBER})"
    rf"|\b(?P<third>{NUMBER})(?:{CURRENCY}|\s+(?:or\s+less|tops|max(?:imum)?)\b)",
    re.I,
)
BARE = re.compile(rf"(?<![\w.,])(?:{SIGN})?({NUMBER}){NOT_A_PRICE}", re.I)


REACH = 20
MOST_FOUND = 60
"""More bounds than anybody names; what stands behind them is not looked at."""


class Price(NamedTuple):
    """A bound: the amount in major units as text ("20", "15.50"), whether it is the lowest, and where it stands."""

    value: str
    lowest: bool
    start: int
    end: int


def find(text: str) -> list[Price]:
    """All bounds of a message in the order they stand; a range gives two."""
    found: list[Price] = []
    kinds = (_ranges(text), _bounds(LEAST, text, lowest=True), _bounds(MOST, text, lowest=False))
    for price in chain.from_iterable(islice(kind, MOST_FOUND) for kind in kinds):
        if all(price.end <= other.start or price.start >= other.end for other in found):
            found.append(price)
    return sorted(found, key=lambda price: price.start)


def bare(text: str) -> float | None:
    """The amount in the answer to "what is your budget?", where any number is one; None when there is none."""
    bounds = [price for price in find(text) if not price.lowest]
    if bounds:
        return float(bounds[-1].value)
    match = BARE.search(text)
    return float(_value(match.group(1))) if match else None


def _ranges(text: str) -> Iterator[Price]:
    for match in RANGE.finditer(text):
        low, high = (
            next(name for name in (part, f"{part}2", f"{part}3") if match.group(name)) for part in ("low", "high")
        )
        yield Price(_value(match.group(low)), True, *match.span(low))
        yield Price(_value(match.group(high)), False, *match.span(high))


def _bounds(pattern: re.Pattern[str], text: str, lowest: bool) -> Iterator[Price]:
    for match in pattern.finditer(text):
        name = next(name for name, value in match.groupdict().items() if value)
        if not (lowest and OF_PEOPLE.search(text, max(0, match.start() - REACH), match.start())):
            yield Price(_value(match.group(name)), lowest, *match.span(name))


def _value(number: str) -> str:
    """ "twenty-five" is "25", "$15,50" is "15.50"."""
    plain = number.lower().strip("$€£₩ ").replace(",", ".")
    if plain[0].isdigit():
        return plain
    return str(sum(100 if word == "hundred" else VALUES.get(word, 0) for word in re.split(r"[\s-]", plain)))
