"""Order numbers and e-mail addresses in a message.

An order number is a token of digits, with a few letters or hyphens, that measures nothing. Which tokens are taken depends on
the talk: who asks about an order or was asked for its number means one by "10432"; in other talk only "order 10432" and "#10432"
are numbers of orders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping, Sequence

from bot.understanding.card_numbers import MARKS, holds_a_card, places_of_cards
from bot.understanding.frame import Frame

ORDER_NUMBER, EMAIL = "order_number", "email"
FEWEST_DIGITS, FEWEST_AFTER_THE_WORD, FEWEST_WITH_LETTERS = 4, 2, 3
MOST_LETTERS, LONGEST = 6, 20
NAMES_IT = frozenset({"order", "orders", "number", "no", "nr", "num", "id", "#", "is", "oder", "ordr", "ordernumber"})
THE_WORD = frozenset({"order", "number", "nr", "#", "oder", "ordr", "ordernumber"})
MEASURES = frozenset({
    "ml", "g", "mg", "mcg", "kg", "iu", "cm", "mm", "lbs", "oz", "days", "day", "weeks", "week", "months", "month", "years", "times", "usd", "dollar", "dollars", "eur", "euro", "euros", "percent",
    "%", "am", "pm", "hours", "minutes", "items", "products", "th", "st",
})
POSTCODES = frozenset({"zip", "zipcode", "postcode", "postal", "plz"})
LEADS_TO_A_POSTCODE = POSTCODES | {"code", "is", "my", "number", ":"}
STREETS = frozenset({"ave", "av", "avenue", "street", "st", "road", "rd", "lane", "ln", "drive", "dr", "blvd", "boulevard", "court", "ct", "way", "place", "terrace", "highway", "hwy"})
STREET_ENDINGS = ("weg", "straße", "strasse", "str", "gasse", "platz", "allee", "ufer", "straat", "laan")
WORDS_IN_CAPITALS = frozenset({"IS", "IT", "IN", "ON", "MY", "BY", "OK", "NO", "OF", "TO", "AT", "IF", "SO", "UP", "WE", "AS", "OR", "DO", "US", "PM", "AM"})
SHORT_CODE, DUTCH_CODE, NEAR_A_STREET = 2, 4, 3
# What leads to a year ("it happened in 2019"), and the years that somebody may tell of.
LEADS_TO_A_YEAR = frozenset({"in", "since", "during", "around", "until", "till", "summer", "winter", "spring", "autumn", "fall", "year", "early", "late"})
YEARS = range(1930, 2100)
LENGTH_OF_A_DATE = len("20210418")
TAKES_BACK = frozenset({"no", "nope", "wait", "sorry", "oops", "actually", "meant", "mean", "rather", "correction", "typo"})
LEADS_TO_IT = frozenset({"it", "is", "its", "it's", "the", "number", "order", "#", "should", "be", "i"})


@dataclass(frozen=True)
class Told:
    """What a message tells of whose order it is; empty where it tells nothing."""

    number: str = ""
    email: str = ""

    @property
    def nothing(self) -> bool:
        """True where neither is told."""
        return not (self.number or self.email)


def told(frame: Frame, asked: bool) -> Told:
    """The order number and the e-mail of a message.

    Args:
        frame: the message.
        asked: whether the talk is of an order, so that a bare number is one.
    """
    quantities: Mapping[str, str] = {one.measures: one.value for one in frame.quantities}
    found = quantities.get(ORDER_NUMBER, "")
    kept = numbers_in(frame.text)
    if found and not kept and holds_a_card(frame.text):
        found = ""  # a group of its number
    if found and found in frame.text and kept and not any(one == found or one.startswith(f"{found}-") for one in kept):
        found = kept[0]  # the first one was taken back
    number = next((one for one in kept if found and one.startswith(f"{found}-")), found) or next(_numbers(frame.text, asked), "")
    return Told(number, quantities.get(EMAIL, ""))


def numbers_in(text: str) -> list[str]:
    """All order numbers of a text about orders, each once."""
    return list(dict.fromkeys(_numbers(text, True)))


def _numbers(text: str, asked: bool) -> Iterator[str]:
    """The order numbers of a text in the order they stand, those that are named as such first."""
    tokens = [token.strip(MARKS) for token in text.replace("#", " # ").split()]
    tokens = [token for token in tokens if token]
    named: list[str] = []
    bare: list[str] = []
    cards = places_of_cards(tokens)
    for place, token in enumerate(tokens):
        after = tokens[place + 1].lower() if place + 1 < len(tokens) else ""
        digits = sum(letter.isdecimal() for letter in token)
        if not _is_like(token, digits) or (after in MEASURES and token.isdecimal()) or token.lower().lstrip("0123456789") in MEASURES:
            continue
        if place in cards:
            continue
        if _of_an_address(tokens, place) or _is_a_year(tokens, place) or _of_a_telephone(tokens, place):
            continue
        before = [one.lower() for one in tokens[max(0, place - 2) : place]]
        if _takes_back(tokens[:place]):  # "10420, no wait, 10428"
            named, bare = [], []
        if before and before[-1] in NAMES_IT and THE_WORD & set(before) and digits >= FEWEST_AFTER_THE_WORD:
            named.append(token)
        elif _is_a_date(token):
            continue  # "a stamp 20210418"
        elif digits >= FEWEST_DIGITS or (digits >= FEWEST_WITH_LETTERS and not token.isdecimal()):
            bare.append(token)
    yield from named
    if asked:
        yield from bare


def _of_an_address(tokens: Sequence[str], place: int) -> bool:
    """Whether a number is a postcode ("NY 11215", "zip 11215", "Lindenweg 17, 04109 Leipzig") or stands before a street."""
    before, behind = tokens[:place], tokens[place + 1 :]
    lead = len(before) - 1
    while lead >= 0 and before[lead].lower() in LEADS_TO_A_POSTCODE:
        if before[lead].lower() in POSTCODES:
            return True
        lead -= 1
    coded = bool(before) and len(before[-1]) == SHORT_CODE and before[-1].isalpha() and before[-1].isupper()
    if coded and before[-1] != "NO":
        return True
    if before and before[-1].lower() in NAMES_IT and THE_WORD & {one.lower() for one in before[-2:]}:
        return False
    if len(tokens[place]) == DUTCH_CODE and behind and len(behind[0]) == SHORT_CODE and behind[0].isalpha() and behind[0].isupper() and behind[0] not in WORDS_IN_CAPITALS:
        return True  # "2517 KL"
    street = next((one for one in behind[:NEAR_A_STREET] if one.lower() in STREETS or one[:1].isdecimal()), "")
    city = bool(behind) and behind[0][:1].isupper() and behind[0].isalpha()
    return street.lower() in STREETS or (city and any(one.lower().endswith(STREET_ENDINGS) and one[:1].isupper() for one in before))


def _of_a_telephone(tokens: Sequence[str], place: int) -> bool:
    """Whether a number is a part of one that begins with a plus: "+44 7700 900123"."""
    while place and tokens[place].isdecimal():
        place -= 1
    return tokens[place].startswith("+") and tokens[place][1:].isdecimal()


def _is_a_year(tokens: Sequence[str], place: int) -> bool:
    """Whether a number is a year by what stands before it."""
    token = tokens[place]
    return token.isdecimal() and int(token) in YEARS and place > 0 and tokens[place - 1].lower() in LEADS_TO_A_YEAR


def _is_a_date(token: str) -> bool:
    """Whether a number is a day as packs print it, year first."""
    written = token.isdecimal() and token.isascii() and len(token) == LENGTH_OF_A_DATE
    return written and int(token[:4]) in YEARS and 1 <= int(token[4:6]) <= 12 and 1 <= int(token[6:]) <= 31


def _takes_back(before: Sequence[str]) -> bool:
    """Whether what stands before a number takes an earlier one back."""
    place = len(before) - 1
    while place >= 0 and before[place].lower() in LEADS_TO_IT:
        place -= 1
    return place >= 0 and before[place].lower() in TAKES_BACK


def _is_like(token: str, digits: int) -> bool:
    letters = sum(letter.isalpha() for letter in token)
    only = all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in token)
    return digits > 0 and only and len(token) <= LONGEST and letters <= MOST_LETTERS and token[-1] != "-" and token[0] != "-"
