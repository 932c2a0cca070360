"""What every channel does to a message before the assistant sees it.

A typed "/" must never reach Rasa, which would take the text for an intent with slot values. What cannot be
answered as text becomes one of the `refuse_...` intents, which only a channel can raise: their wording stands in
domain.yml like any other.
"""

from __future__ import annotations

import unicodedata
from typing import Any

LONGEST_SENDER = 128
PAGE_FIELDS = {"product": 255, "page": 1000, "locale": 35}
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
        The cleaned text, or the intent of a refusal.
    """
    if not isinstance(raw, str):
        return NOT_TEXT
    if len(raw) > longest:
        return TOO_LONG
    text = unicodedata.normalize("NFC", raw.encode("utf-8", "ignore").decode("utf-8"))
    text = "".join(letter if not _is_hidden(letter) else " " for letter in text)
    text = " ".join(text.split()).lstrip("/ ")
    if not any(letter.isalnum() for letter in text):
        return NO_WORDS
    return text


def _is_hidden(letter: str) -> bool:
    """Control, format and private characters, which have no place in a question."""
    return letter not in KEPT_CONTROLS and unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn")


def sender_id(raw: Any) -> str | None:
    """The conversation's id as the client gave it, or None when it gave none that can be used."""
    if isinstance(raw, str) and 0 < len(raw) <= LONGEST_SENDER and raw.isprintable() and raw.strip():
        return raw
    return None


def page_context(raw: Any) -> dict[str, str]:
    """What a client tells of the page that the person looks at, without anything it may not tell.

    Args:
        raw: what the client sent beside the message; anything at all.

    Returns:
        The fields of `PAGE_FIELDS` ("product": the handle of the page's product) that hold printable text no
        longer than their column.
    """
    if not isinstance(raw, dict):
        return {}
    return {
        name: value
        for name, longest in PAGE_FIELDS.items()
        if isinstance(value := raw.get(name), str) and 0 < len(value) <= longest and value.isprintable()
    }
