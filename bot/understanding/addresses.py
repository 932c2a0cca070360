"""A postal address in a message, as far as it is told: parts between commas and line breaks, each by what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence, Tuple

from bot.nlu.countries import countries_in
from bot.understanding.regions import region_named

UNITS = frozenset({"apt", "apartment", "suite", "ste", "unit", "floor", "flat", "room", "building", "bldg", "#"})
SHORTENED = UNITS | frozenset({"str", "st", "ave", "av", "rd", "blvd", "bd", "sq", "pl", "ul", "no", "nr"})
"""Words of a street or before a number that are written with a dot."""
MARKS = " .;:!?\"'"
SHORT_CODE = 2
HOME = "US"
LEAST_OF_A_POSTCODE = 3
LEADS = (
    "please", "pls", "instead", "it should go to", "it should be", "should be", "send it to", "send to", "ship it to", "ship to", "deliver it to",
    "deliver to", "deliver my order to", "change it to", "change the address to", "change my address to", "my new address is", "the new address is",
    "new address is", "new address", "the address is", "address is", "to be", "it is", "it's", "to",
)


@dataclass(frozen=True)
class Told:
    """What a message tells of an address; empty where it tells nothing. It is whole with a street, a city and a postcode."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""

    @property
    def whole(self) -> bool:
        """Whether a parcel would find it."""
        return bool(self.line1 and self.city and self.postcode)

    @property
    def only_unit(self) -> bool:
        """Whether only the apartment or suite is told: the rest stays."""
        return bool(self.line2) and not (self.line1 or self.city or self.postcode)


def address_in(text: str) -> Told:
    """The address that a message tells: "9 Lake St, Apt 2, Troy, NY 12180"."""
    outside = "".join(part.partition(")")[2] if number else part for number, part in enumerate(text.split("(")))
    parts = [part.strip(MARKS) for part in _one_line(outside).split(",")]
    parts = [part for part in (_without_lead(part) for part in parts) if part]
    country = countries_in(parts[-1])[0][0] if len(parts) > 1 and countries_in(parts[-1]) and not _digits(parts[-1]) else ""
    if country:
        parts = parts[:-1]
    units = [part for part in parts if _is_unit(part)]
    rest = [part for part in parts if part not in units]
    at = next((place for place, part in reversed(list(enumerate(rest))) if place and _postcode(part)), None)
    line2 = units[0] if units else ""
    if at is None:
        street = next((part for part in rest if _digits(part) and not _is_unit(part)), "")
        return Told(line1=street, line2=line2, country=country)
    postcode = _postcode(rest[at])
    before = _words_but(rest[at], postcode)
    region, before = _region(before, at >= 2 and not _digits(rest[at - 1]))
    city = " ".join(before)
    while not city and at >= 2:
        at -= 1
        found, words = _region(rest[at].split(), at >= 2 and not _digits(rest[at - 1])) if not region else ("", rest[at].split())
        region, city = region or found, " ".join(words)
    return Told(_street(rest[:at]), line2, city, region.upper(), postcode, country)


def _region(words: list[str], city_before: bool) -> Tuple[str, list[str]]:
    """The region at the end of words, and the words before it: a short code, or where the city stands before it a name."""
    if words and len(words[-1]) == SHORT_CODE and words[-1].isalpha():
        return words[-1], words[:-1]
    code = region_named(" ".join(words), HOME) if city_before else ""
    return (code, []) if code else ("", words)


def _one_line(text: str) -> str:
    """Lines and sentences with commas between, as the parts of an address have; a dot behind "Str." ends none."""
    sentences = text.replace("\n", ",").split(". ")
    line = sentences[0]
    for before, sentence in zip(sentences, sentences[1:]):
        shortened = sentence[:1].isdecimal() and bool(SHORTENED & set(before.lower().replace(",", " ").split()[-1:]))
        line += f"{'. ' if shortened else ', '}{sentence}"
    return line


def _street(parts: Sequence[str]) -> str:
    """The part that is a street: the last one with a number, else the last."""
    return next((part for part in reversed(parts) if _digits(part)), parts[-1] if parts else "")


def _is_unit(part: str) -> bool:
    first = part.lower().replace(".", " ").split()[0]
    return first in UNITS or first.startswith("#")


def _postcode(part: str) -> str:
    """The token of a part that may be a postcode: the last one with three digits and more, or two parts with digits ("SW1A 1AA")."""
    tokens = part.split()
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if _digits(token) >= LEAST_OF_A_POSTCODE and token.replace("-", "").isalnum():
            return token
        before = tokens[place - 1] if place else ""
        if _digits(token) and _digits(before) and not token.isdecimal() and not before.isdecimal():
            return f"{before} {token}"
    return ""


def _words_but(part: str, postcode: str) -> list[str]:
    return part.replace(postcode, " ").split()


def _digits(text: str) -> int:
    return sum(letter.isdecimal() for letter in text)


def _without_lead(part: str) -> str:
    """A part without the words that lead up to an address, and without what comes behind it."""
    label, colon, behind = part.rpartition(":")
    part = behind.strip(MARKS) if colon and _digits(behind) and not _digits(label) else part  # "my new home: 9 Lake St"
    lower = part.lower()
    for lead in sorted(LEADS, key=len, reverse=True):
        place = lower.rfind(f"{lead} ")
        if place >= 0 and (place == 0 or lower[place - 1] == " ") and _digits(part[place:]):
            part = part[place + len(lead) :].strip(MARKS)
            lower = part.lower()
    return part.removesuffix(" instead").removesuffix(" please").strip(MARKS)
