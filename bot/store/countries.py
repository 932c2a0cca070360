"""Countries that a message names, by their ISO 3166 codes."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

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


def countries_in(message: str) -> list[tuple[str, str]]:
    """The countries that a message names, each once, as (ISO code, English name as in "to the United
    Kingdom"), in the message's order."""
    said, found, place = words(message), {}, 0
    while place < len(said):
        lengths = (size for size in range(LONGEST, 0, -1) if tuple(said[place : place + size]) in _names())
        size = next(lengths, 0)
        if size:
            code = _names()[tuple(said[place : place + size])]
            found[code] = f"{'the ' if code in WITH_ARTICLE else ''}{Locale('en').territories[code]}"
        place += size or 1
    return list(found.items())
