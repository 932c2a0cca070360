"""What a message says without what would tell who wrote it: addresses, numbers and names become a word in brackets."""

from __future__ import annotations

import re

EMAIL, LINK, NUMBER, HANDLE, NAME, STREET = "[e-mail]", "[link]", "[number]", "[account]", "[name]", "[address]"
_STREETS = "street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd"
_MASKS = (
    (re.compile(r"https?://\S{1,2000}|\bwww\.\S{1,2000}", re.I), LINK),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,254}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), EMAIL),
    (re.compile(r"(?<![\w@])@\w{3,64}"), HANDLE),
    # "12 Hill Street", and as it is written elsewhere "Hauptstr. 5".
    (re.compile(rf"\b\d{{1,5}}[a-z]?\s(?:[\w'-]{{2,30}}\.?\s){{1,3}}(?:{_STREETS})\b\.?", re.I), STREET),
    (re.compile(r"\b\w{2,30}\s?(?:straße|strasse|str|weg|platz|gasse)\b\.?\s\d{1,5}[a-z]?\b", re.I), STREET),
    (re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b"), NUMBER),  # of an account at a bank
    # "#77", "10432", "KB-10432", "+1 (555) 010-4321": four digits and more, however a telephone's are grouped.
    (re.compile(r"#\s?\w{2,20}\b|\b[A-Z]{0,6}-?\d{4,}(?:[-/]\w{1,10})*\b|(?<!\w)\+?\(?\d(?:[ ().\-/]{0,2}\d){5,30}(?!\w)", re.I), NUMBER),
)
_NAMES = re.compile(
    r"(?i:\b(my name is|my name's|name:|i am called|regards,?|thanks,|sincerely,?))(\s+)(?!(?i:not|on|in|the|for|no|can|how|what|but|and|i)\b)"
    r"([^\W\d_][\w'-]{1,30}(?:\s+[A-Z][\w'-]{1,30}){0,2})"
)


def masked(text: str) -> str:
    """The text with every e-mail address, link, account, street, name that is told as one, and number of four digits and more
    masked. Prices, sizes and ages stay."""
    for pattern, word in _MASKS:
        text = pattern.sub(word, text)
    return _NAMES.sub(rf"\1\2{NAME}", text)
