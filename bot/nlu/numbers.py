"""Ages, per cents and prices in a message, and order numbers and e-mail addresses of support questions."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from bot.nlu import prices

NOT_AN_AGE = (
    r"(?!\s?(?:%|percent|drops?|times|days?|weeks?|months?|years?|yrs?|products?|steps?|ml|pm|am|dollars?|usd|bucks|euros?|pounds"
    r"|quid|won|krw|minutes?|hours?|m[ou]n?ths?|o'?clock|sharp|tomorrow|tonight|(?:is|was) (?:the|my)|on (?:mon|tues|wednes|thurs|fri|satur|sun))|[.:h]\d)"
)
# "tomorrow at 10" is a time.
NOT_AT = "".join(f"(?<!{word} at )" for word in (
    "tomorrow", "today", "tonight", "morning", "evening", "appointment", "day", "starts", "start", "opens", "closes", "bed", "up", "noon", "booked", "slot",
    "session", "home", "work", "wake", "woke", "sleep", "asleep", "dinner", "shower", "gym", "finish", "end", "ends", "off", "leave", "leaving", "arrive", "out", "back",
))
PERSON = "sons?|daughters?|boys?|girls?|kids?|child|children|baby|teen|sister|brother|niece|nephew|cousin|grandson|granddaughter|woman|man|female|male"
OF_SOMEBODY = re.compile(
    rf"\b(?:i'?m|i am|s?he'?s|s?he is|they'?re|they are|aged?|at|turns?|turned|turning|(?:{PERSON})(?:'s| is| are| of| at|,)?)(?: only| just| almost| nearly| about)?\s$",
    re.I,
)
"""What stands before "9 years" where it is an age and no time that something lasts."""
OF_A_GROWN_UP = re.compile(r"(?:^|[,.;(!?]\s?)$")
BEHIND = re.compile(rf"^\s?-?\s?(?:{PERSON})\b", re.I)
ALONE = re.compile(r"^\s?(?:[,.;)!?]|$)")
GROWN_UP, NEAR = 16, 24
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
            rf"|\bat {NOT_AT}(1[3-9]|[2-9]\d|(?:[3-9]|1[0-2])(?=\s?(?:[?.!]|$)))\b{NOT_AN_AGE}"
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
            if label == YEARS and not _is_age(text, match):
                continue
            written = next(group for group in match.groups() if group)
            value = str(WORDS.get(written.lower(), written))
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                found.append(Found(*_in_years(label, value.replace(",", ".")), match.start(), match.end()))
    if not any(one.label == "age" for one in found):
        found += [Found("age", AGE_OF_TEENAGER, match.start(), match.end()) for match in TEENAGER.finditer(text)][:1]
    return sorted(found, key=lambda one: one.start)


def _is_age(text: str, years: re.Match[str]) -> bool:
    """True where "9 years" tells how old somebody is: behind or before who they are; a grown-up's also by itself."""
    before, behind = text[max(0, years.start() - NEAR) : years.start()], text[years.end() : years.end() + NEAR]
    alone = int(years.group(1)) >= GROWN_UP and bool(OF_A_GROWN_UP.search(before) and ALONE.match(behind))
    return bool(OF_SOMEBODY.search(before) or BEHIND.match(behind)) or alone


def _in_years(label: str, value: str) -> tuple[str, str]:
    """The label and the value, an age in months as one in whole years."""
    if label == YEARS:
        return "age", value
    return ("age", str(int(value) // MONTHS_A_YEAR)) if label == MONTHS_OLD else (label, value)
