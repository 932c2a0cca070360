"""Ages, per cents and prices in a message, and order numbers and e-mail addresses of support questions."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from bot.nlu import prices

NOT_AN_AGE = (
    r"(?!\s?(?:%|percent|drops?|times|days?|weeks?|months?|products?|steps?|ml|pm|am|dollars?|usd|bucks|euros?|pounds"
    r"|quid|won|krw|minutes?|hours?|m[ou]n?ths?|o'?clock|sharp|tomorrow|tonight|(?:is|was) (?:the|my)|on (?:mon|tues|wednes|thurs|fri|satur|sun)))"
)
# "tomorrow at 10" is a time.
OF_SOMEBODY = re.compile(
    r"(?:^|[,;:(.!?]\s?|'s\s|\b(?:i'?m|am|s?hes|is|are|aged?|only|just|almost|nearly|turns?|turned|turning|sons?|daughters?|boys?|girls?|kids?|child|children|baby"
    r"|teen|sister|brother|niece|nephew|grandson|granddaughter|my|our|his|her|woman|man|female|male|skin)\s)$",
    re.I,
)
"""What stands before "9 years" where it is an age and no time that something lasts."""
NEAR = 16
NOT_AT = "".join(f"(?<!{word} )" for word in (
    "tomorrow", "today", "tonight", "morning", "evening", "appointment", "day", "starts", "start", "opens", "closes", "bed", "up", "noon", "booked", "slot", "session"))
WORDS = {
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18,
}
SPELT = "|".join(WORDS)
MONTHS_OLD, YEARS = "months_old", "years"
MONTHS_A_YEAR = 12
PATTERNS = (
    ("email", re.compile(r"\b([\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})\b")),
    ("percent", re.compile(r"\b(\d{1,2}(?:[.,]\d{1,2})?)\s?(?:%|percent\b|per cent\b|pct\b)", re.I)),
    (
        "age",
        re.compile(
            rf"(?:\b(?:i'?m|i am|s?hes|aged?|turns?|turned|turning|is|only|just)|'s)\s(\d{{1,2}})\b{NOT_AN_AGE}"
            rf"|\b{NOT_AT}at\s(1[3-9]|[2-9]\d)\b{NOT_AN_AGE}"
            rf"|\b(?:turns?|turned|turning)\s({SPELT})\b|\b({SPELT})[\s-]years?[\s-]olds?\b"
            r"|\b(\d{1,2})\s?-?\s?(?:yo|y/o)\b|\b(\d{1,2})\s?-?\s?(?:years?|yrs?)\s?-?\s?olds?\b"
            r"|\b(?:son|daughter|boy|girl|kid|child|teen|teenager|sister|brother|niece|nephew)(?:\s?\(|,\s?)(\d{1,2})(?=[),.;!?]|$)",
            re.I,
        ),
    ),
    (
        "age",
        re.compile(
            rf"\b(?:son|daughter|boy|girl|kid|child|sister|brother|niece|nephew|granddaughter|grandson|he|she)(?:'s| is) (?:only |just |almost |nearly )?({SPELT})\b{NOT_AN_AGE}"
            rf"|\b(?:sons|daughters|boys|girls|kids|children|twins|nieces|nephews|grandkids|both)(?:'re| are| r)\s(?:both |only |just |now )?(\d{{1,2}})\b{NOT_AN_AGE}",
            re.I,
        ),
    ),
    (YEARS, re.compile(r"\b(\d{1,2})\s?-?\s?(?:years?|yrs?)\b(?!\s?(?:ago|now|of|later|straight|already))", re.I)),
    (
        MONTHS_OLD,
        re.compile(
            r"(?:^|\b(?:my|our|a|an|for|his|her)\s)(\d{1,2})\s?-?\s?(?:months?|mo|weeks?|wks?)\s?-?\s?olds?\b"
            r"(?!\s(?:\w+\s)?(?:serum|cream|bottle|tube|jar|toner|product|ampoule|sunscreen|retinol|acid|moisturi[sz]er))"
            r"|\b(?:he|she|baby|son|daughter)(?:'?s| is)?\s(\d{1,2})\s?(?:m[ou]n?ths?|weeks?|wks?|mo)\b",
            re.I,
        ),
    ),
    ("order_number", re.compile(r"(?:\border\s{0,2}(?:(?:number|no\.?|nr\.?|id)\s{0,2})?(?:[:#]\s{0,2})?|#)([A-Z]{0,4}-?\d{4,12})\b", re.I)),
)
LOWEST = "min"
TEENAGER = re.compile(r"\b(?:i'?m|am|as|my|for|is) (?:an? )?(?:teen|teens|teenager|teenagers|adolescent)\b", re.I)
AGE_OF_TEENAGER = "15"


class Found(NamedTuple):
    """A value found in a message: its label, the value as text, where it stands, and its role ("min" for the lowest
    price wanted)."""

    label: str
    value: str
    start: int
    end: int
    role: str | None = None


def find(text: str) -> list[Found]:
    """All values of the message in the order they stand; where two overlap a price wins ("my budget is 30" tells no
    age), then the first pattern."""
    found = [
        Found("price", one.value, one.start, one.end, LOWEST if one.lowest else None) for one in prices.find(text)
    ]
    for label, pattern in PATTERNS:
        for match in islice(pattern.finditer(text), prices.MOST_FOUND):
            if label == YEARS and not OF_SOMEBODY.search(text[max(0, match.start() - NEAR) : match.start()]):
                continue
            written = next(group for group in match.groups() if group)
            value = str(WORDS.get(written.lower(), written))
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Found(*_in_years(label, value.replace(",", ".")), match.start(), match.end()))
    if not any(one.label == "age" for one in found):
        found += [Found("age", AGE_OF_TEENAGER, match.start(), match.end()) for match in TEENAGER.finditer(text)][:1]
    return sorted(found, key=lambda one: one.start)


def _in_years(label: str, value: str) -> tuple[str, str]:
    """The label and the value, an age in months as one in whole years."""
    if label == YEARS:
        return "age", value
    return ("age", str(int(value) // MONTHS_A_YEAR)) if label == MONTHS_OLD else (label, value)
