"""Countries that a message names, by their ISO 3166 codes."""

from __future__ import annotations

from functools import lru_cache
from typing import List, NamedTuple, Tuple

from babel import Locale

from bot.nlu.written_words import written
from bot.store.text import words

LANGUAGES = ("en", "ko")
# What people call countries besides their names in the CLDR.
ALSO = {
    "usa": "US", "america": "US", "the states": "US", "the us": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "britain": "GB", "great britain": "GB", "korea": "KR", "holland": "NL", "the netherlands": "NL",
    "turkey": "TR", "czech republic": "CZ", "uae": "AE", "dubai": "AE", "hong kong": "HK", "macau": "MO", "brasil": "BR",
    "ivory coast": "CI", "burma": "MM",
}
LONGEST = 5
WITH_ARTICLE = frozenset({"AE", "BS", "CF", "DO", "GB", "GM", "IO", "MV", "NL", "PH", "SC", "US", "VI"})


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], str]:
    """Every name of every country as its words, with the country's code."""
    territories = ((code, name) for one in LANGUAGES for code, name in Locale(one).territories.items())
    known = {tuple(words(name)): code for code, name in territories if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ")}
    return {**known, **{tuple(words(name)): code for name, code in ALSO.items()}}


class Country(NamedTuple):
    """A country in a message: its ISO code, and where its words begin and end."""

    code: str
    start: int
    end: int


def find_countries(text: str) -> List[Country]:
    """The countries that a text names, in order."""
    said = [one for one in written(text) if not one.possessive]
    found: List[Country] = []
    place = 0
    while place < len(said):
        runs = (tuple(one.text for one in said[place : place + size]) for size in range(LONGEST, 0, -1))
        run = next((one for one in runs if one in _names()), ())
        if run:
            found.append(Country(_names()[run], said[place].start, said[place + len(run) - 1].end))
        place += len(run) or 1
    return found


def countries_in(message: str) -> List[Tuple[str, str]]:
    """The countries that a message names, each once, as (ISO code, English name as in "to the United
    Kingdom"), in the message's order."""
    codes = dict.fromkeys(one.code for one in find_countries(message))
    return [(code, country_name(code)) for code in codes]


def country_name(code: str) -> str:
    """The English name of a country as it stands behind "to": "France", "the United Kingdom".

    Raises:
        KeyError: when no country has this code.
    """
    return f"{'the ' if code in WITH_ARTICLE else ''}{Locale('en').territories[code]}"
