"""Texts that make a careless program slow: long runs, endless repeats, words that nobody knows."""

from __future__ import annotations

import random
import string
from collections.abc import Callable

MARKS = "$%[(?!.,;:*-/#@&\"'_=+~^|<>{}\\`)]€°µ0a1 \n\t·…’“—•세🧴²"
REPEATED = (
    "1,2-", "1,", "1, ", "1-", "1 ", "1%", "1 %", "12.5%,", "1.1.", "a.", "a,", "a, ", "a ", "a\n", "a,\n", "a- ", "a/b ",
    "a / ", "a@", "x@b.c ", "a.b@", "...a", ". ", ", ", "- ", " -", ". \n", "\n ", " (", "()", "[()]", "(and)", "(a) ",
    "what ", "what's ", "can i ", "and ", "is it ", "i'm ", "i do you ", "not ", "without ", "w/o ", "no, ", "am ", "don't ",
    "'s", "’s ", "order ", "order no. ", "order # ", "#a", "from 1 to ", "between one and ", "budget is ", "max of ", "no more than ",
    "twenty ", "a hundred ", "$1 ", "$1 or ", "1 or more ", "i am 1", "12 year ", "serum ", "serumm ", "retinol and ", "vitamin c ",
    "how often should i use it? ", "i'm not sure if ", "and what about ", "can you please ", "ingredients: ", "ingredients (a) ",
    "key ", "key  ", "may contain ", "active ingredients: ", "part a: ", "+/-", "+ / - ", "± ", "use: ", "aqua, glycerin, ",
    "aqua,glycerin,", "ceteareth-20,", "glycol ", "c.i.", "CI 1", "Cl 12345 ", "alcohol denat. ", "전성분 1,", "세럼 ", "까지 ",
    "제조 ", "exp ", "use by ", "12/12", "12.12.", "2026-01-", "mon ", "mondays and ", "every other ", "night ", "&amp;", "&#1;",
    "http://a.b/", "/a", "<a", "<p>", "</p", "<br", "x 1 ", "1 x ", "1 ml x ", "1.5 fl. oz ", "metafields", "ingredient ", "USD 1",
    "1 USD ", "** ", "**a", "[a](", "[a](https://", "e\u0301", "\u200b", "5 to 10 ", "first i use ", "3 months ", "24 m ", "w/w",
)  # fmt: skip
LEADS = ("", "a ", "order", "1", "ingredients", "(")


def _filled(part: str, length: int) -> str:
    return (part * (length // len(part) + 1))[:length]


def repeats(length: int) -> dict[str, str]:
    """Runs of one mark and repeats of one piece, of `length` characters, by what they are made of."""
    texts = {f"{lead!r} + {mark!r}": lead + _filled(mark, length - len(lead) - 1) + "a" for mark in MARKS for lead in LEADS}
    texts |= {f"{mark!r} at the end": "retinol " + _filled(mark, length - 8) for mark in MARKS}
    return texts | {f"{part!r} repeated": _filled(part, length) for part in REPEATED}


def unknown_words(length: int, seed: int = 7) -> dict[str, str]:
    """Words and marks that stand in no dictionary, of `length` characters; others with each seed."""
    chance = random.Random(seed)

    def word(shortest: int, longest: int) -> str:
        return "".join(chance.choice(string.ascii_lowercase) for _ in range(chance.randint(shortest, longest)))

    def noise(letters: str) -> Callable[[], str]:
        return lambda: "".join(chance.choice(letters) for _ in range(8))

    makers: dict[str, Callable[[], str]] = {
        "unknown words": lambda: word(4, 12) + " ",
        "short unknown words": lambda: word(3, 3) + " ",
        "long unknown words": lambda: chance.choice("scrpmtab") + word(8, 12) + " ",
        "a list of unknown names": lambda: word(4, 12) + ", ",
        "the same without blanks": lambda: word(10, 14) + ",",
        "unknown questions": lambda: word(4, 9) + "? ",
        "questions of unknown words": lambda: f"can i use {word(4, 9)}? ",
        "marks": noise(string.punctuation),
        "marks and digits": noise(string.punctuation + string.digits + "abc"),
        "everything on the keyboard": noise(string.printable[:95]),
        "letters of every script": noise("".join(map(chr, range(0x20, 0x3000)))),
        "syllables": noise("".join(map(chr, range(0xAC00, 0xD7A4)))),
    }
    texts: dict[str, str] = {}
    for name, make in makers.items():
        text = ""
        while len(text) < length:
            text += make()
        texts[name] = text[:length]
    return texts
