"""Countries that a message names, by their ISO 3166 codes; a large city stands for its own."""

from __future__ import annotations

from functools import lru_cache
from typing import FrozenSet, List, NamedTuple, Sequence, Tuple

from babel import Locale

from bot.nlu.written_words import Written, runs, written
from bot.paths import DATA
from bot.store.text import words
from bot.yaml_files import read_yaml

LANGUAGES = ("en", "ko")
# What people call countries besides their names in the CLDR.
ALSO = {
    "usa": "US", "america": "US", "the states": "US", "the us": "US", "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "britain": "GB", "great britain": "GB", "korea": "KR", "holland": "NL", "the netherlands": "NL",
    "turkey": "TR", "czech republic": "CZ", "uae": "AE", "dubai": "AE", "hong kong": "HK", "macau": "MO", "brasil": "BR",
    "ivory coast": "CI", "burma": "MM",
}
CITIES = DATA / "understanding" / "_cities.yml"
LONGEST = 5
WITH_ARTICLE = frozenset({"AE", "BS", "CF", "DO", "GB", "GM", "IO", "MV", "NL", "PH", "SC", "US", "VI"})


@lru_cache(maxsize=1)
def _names() -> dict[tuple[str, ...], str]:
    """Every name of every country as its words, with the country's code."""
    territories = ((code, name) for one in LANGUAGES for code, name in Locale(one).territories.items())
    known = {tuple(words(name)): code for code, name in territories if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ")}
    cities = {tuple(words(str(name))): str(code) for code, names in read_yaml(CITIES).items() for name in names}
    return {**cities, **known, **{tuple(words(name)): code for name, code in ALSO.items()}}


@lru_cache(maxsize=1)
def _starts() -> FrozenSet[str]:
    return frozenset(name[0] for name in _names() if name)


class Country(NamedTuple):
    """A country in a message: its ISO code, and where its words begin and end."""

    code: str
    start: int
    end: int


def find_countries(said: Sequence[Written]) -> List[Country]:
    """The countries that the words of a text name, in order."""
    names, plain = _names(), [one for one in said if not one.possessive]
    return [
        Country(names[tuple(one.text for one in plain[first:past])], plain[first].start, plain[past - 1].end)
        for first, past in runs(plain, names, _starts(), LONGEST)
    ]


def countries_in(message: str) -> List[Tuple[str, str]]:
    """The countries that a message names, each once, as (ISO code, English name as in "to the United
    Kingdom"), in the message's order."""
    codes = dict.fromkeys(one.code for one in find_countries(list(written(message))))
    return [(code, country_name(code)) for code in codes]


def country_name(code: str) -> str:
    """The English name of a country as it stands behind "to": "France", "the United Kingdom".

    Raises:
        KeyError: when no country has this code.
    """
    return f"{'the ' if code in WITH_ARTICLE else ''}{Locale('en').territories[code]}"
