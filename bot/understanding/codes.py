"""A code that somebody types: six digits, alone or in a sentence, in one piece or in two."""

from __future__ import annotations

from bot.understanding.card_numbers import MARKS
from bot.understanding.order_numbers import MEASURES

DIGITS = 6
FEWEST, MOST = 4, 8
FEW = 4
NAMES_AN_ORDER = frozenset({"order", "oder", "ordr", "#"})


def typed_code(text: str) -> str:
    """The code in a text, the last one where there are several ("not 111111, 123456"); digits of another count where there is none
    of six, empty where there is nothing like one."""
    tokens = [token for one in text.replace("#", " # ").replace("-", " ").split() if (token := one.strip(MARKS)) or one == "#"]
    found, alike = "", ""
    for place, token in enumerate(tokens):
        before = tokens[place - 1].lower() if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if not _is_digits(token) or before in NAMES_AN_ORDER or after.lower() in MEASURES:
            continue
        if len(token) == DIGITS:
            found = token
        elif len(token) == len(after) == DIGITS // 2 and _is_digits(after):
            found = token + after
        elif FEWEST <= len(token) <= MOST and len(tokens) <= FEW:
            alike = token
    return found or alike


def _is_digits(token: str) -> bool:
    return token.isascii() and token.isdigit()
