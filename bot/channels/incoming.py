"""What every channel does to a message before the assistant sees it.

A typed "/" must never reach Rasa, which would take the text for an intent with slot values. What cannot be
answered as text becomes one of the `refuse_...` intents, which only a channel can raise: their wording stands in
data/responses like any other.
"""

from __future__ import annotations

import ipaddress
import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import chain, groupby, islice
from typing import Any
from urllib.parse import urlsplit

LONGEST_PAGE = 1000
LONGEST_CONTEXT = 4000
MOST_ALIKE = 20
LONGEST_RUN = 100
MOST_WORDS = 1_500
KEPT_CONTROLS = {"\n", "\t"}

NOT_TEXT = "/refuse_not_text"
NO_WORDS = "/refuse_no_words"
TOO_LONG = "/refuse_too_long"


def message_text(raw: Any, longest: int) -> str:
    """The text to hand to Rasa for whatever came in as a message.

    Args:
        raw: what the client sent; anything at all.
        longest: most characters a message may have.

    Returns:
        The cleaned text, or the intent of a refusal. Line breaks stay, because they part the names of a pasted label.
        What only makes work is shortened: a long row of one character, and a run without a blank, which gets some.
    """
    if not isinstance(raw, str):
        return NOT_TEXT
    if len(raw) > longest:
        return TOO_LONG
    text = _without_long_rows(raw.encode("utf-8", "ignore").decode("utf-8"))
    text = unicodedata.normalize("NFC", text)
    text = "".join(letter if not _is_hidden(letter) else " " for letter in text)
    lines = (" ".join(chain.from_iterable(map(_pieces, line.split()))) for line in text.splitlines())
    text = "\n".join(line for line in lines if line).lstrip("/ \n")
    if not any(letter.isalnum() for letter in text):
        return NO_WORDS
    return text if text.count(" ") + text.count("\n") < MOST_WORDS else TOO_LONG


def _without_long_rows(text: str) -> str:
    return "".join(chain.from_iterable(islice(row, MOST_ALIKE) for _, row in groupby(text)))


def _pieces(run: str) -> list[str]:
    """A run without blanks as itself or, where it is too long, in pieces that end with a mark where one is near."""
    pieces = []
    while len(run) > LONGEST_RUN:
        mark = next((place for place in range(LONGEST_RUN, 0, -1) if not run[place - 1].isalnum()), LONGEST_RUN)
        pieces.append(run[:mark])
        run = run[mark:]
    return [*pieces, run]


def _is_hidden(letter: str) -> bool:
    """Control, format and private characters, which have no place in a question."""
    return letter not in KEPT_CONTROLS and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn")


def sender_id(raw: Any, longest: int) -> str | None:
    """The conversation's id as the client gave it, of at most so many characters, or None when it gave none that can be used."""
    if isinstance(raw, str) and 0 < len(raw) <= longest and raw.isprintable() and raw.strip():
        return raw
    return None


def page_context(raw: Any) -> dict[str, str]:
    """What a client tells of the page that the person looks at, without anything it may not tell.

    Args:
        raw: what the client sent beside the message; anything at all. An object may come as JSON text, as Rasa's
            channels take it.

    Returns:
        Any of "page" (an http or https address), "product" (a handle) and "locale" (a tag after BCP 47).
    """
    if isinstance(raw, str) and len(raw) <= LONGEST_CONTEXT:
        try:
            raw = json.loads(raw)
        except (ValueError, RecursionError):
            return {}
    if not isinstance(raw, dict):
        return {}
    texts = {name: raw[name] for name in PAGE_FIELDS if isinstance(raw.get(name), str)}
    return {name: text for name, text in texts.items() if PAGE_FIELDS[name](text)}


def visitor_address(raw: Any) -> str:
    """The network address of the person, where the program that speaks for them tells it ("address"); empty elsewhere."""
    told = raw.get("address") if isinstance(raw, dict) else None
    try:
        return str(ipaddress.ip_address(told)) if isinstance(told, str) else ""
    except ValueError:
        return ""


def _is_page(address: str) -> bool:
    if len(address) > LONGEST_PAGE or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


PAGE_FIELDS: Mapping[str, Callable[[str], object]] = {
    "page": _is_page,
    "product": re.compile(r"[\w.-]{1,255}").fullmatch,
    "locale": re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}").fullmatch,
}
