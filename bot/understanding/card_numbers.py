"""Numbers of payment cards in a message, which nobody should write into a chat and which are no order numbers.

A number counts where it is written in groups as cards print it, a digit of it wrong or not, or in one piece whose last digit fits the others
(ISO/IEC 7812-1, annex B).
"""

from __future__ import annotations

from typing import FrozenSet, Sequence

SHORTEST, LONGEST = 13, 19
GROUPS = frozenset({(4, 4, 4, 4), (4, 6, 5), (4, 4, 4, 4, 3), (4, 6, 4), (4, 4, 4, 1)})
"""How many digits stand in each group, as the kinds of card print theirs."""
MOST_GROUPS = 5
MARKS = ".,;:!?()[]\"'*"


def holds_a_card(text: str) -> bool:
    """Whether a text holds the number of a payment card."""
    return bool(places_of_cards([one.strip(MARKS) for one in text.split()]))


def places_of_cards(tokens: Sequence[str]) -> FrozenSet[int]:
    """The places of the tokens that are a card's number, or a group of one.

    Args:
        tokens: the words of a text, without marks around them.
    """
    found: set[int] = set()
    for place, token in enumerate(tokens):
        parts = token.split("-")
        if _is_grouped(parts) or (len(parts) == 1 and token.isdecimal() and token.isascii() and _fits(token)):
            found.add(place)
        for count in range(2, MOST_GROUPS + 1):
            if _is_grouped(tokens[place : place + count]):
                found.update(range(place, place + count))
    return frozenset(found)


def _is_grouped(parts: Sequence[str]) -> bool:
    return tuple(map(len, parts)) in GROUPS and all(one.isdecimal() and one.isascii() for one in parts)


def _fits(number: str) -> bool:
    """Whether a number is as long as a card's and its check digit is right."""
    if not SHORTEST <= len(number) <= LONGEST:
        return False
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(reversed(number))]
    return sum(one - 9 if one > 9 else one for one in doubled) % 10 == 0
