"""A label on a photo is shown to be corrected before it is judged; any other picture is what a person looks at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any, Sequence

import pytest

from bot.answers.answer import Message
from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.understanding.frame import Frame
from bot.understanding.memory import Memory

READ = "Ingredients: Water, Glycerin, Niacinamide, Butylene Glycol, Blurxx. Made in Korea"
LISTED = "Water, Glycerin, Niacinamide, Butylene Glycol, Blurxx"
NOW = datetime(2026, 3, 2, tzinfo=timezone.utc).timestamp()


class Reader:
    """Reads always the same."""

    def __init__(self, text: str, languages: Sequence[str] = ("eng",)) -> None:
        self.languages, self._text = languages, text

    def text(self, photo: bytes) -> str:
        """What it reads."""
        return self._text


class Kept:
    """Holds one picture."""

    content = b"x"

    @property
    def store(self) -> Any:
        """Itself."""
        return self

    def find(self, name: str) -> Any:
        """The picture."""
        return self if name == "pic" else None


def said(shop: Resources, reader: Reader, kind: str = "refuse_no_words", text: str = "") -> Message:
    """What is answered to a picture."""
    known = replace(shop)
    known.__dict__.update({**shop.__dict__, "photo_reader": reader, "pictures": Kept()})
    return reply([Frame(text=text, kind=kind)], Memory(), Place("", "test", NOW, "me", text, "pic"), known)[0][-1]


def test_a_list_is_shown_to_be_corrected(sample_shop: Resources) -> None:
    message = said(sample_shop, Reader(READ))
    assert LISTED in message.text and "correct it" in message.text
    assert message.payload["propose"] == f"Ingredients: {LISTED}" == message.buttons[0]["payload"]
    beside = said(sample_shop, Reader(READ), "thank", "thanks")
    assert beside.text.startswith("You're welcome") and LISTED in beside.text and beside.payload["propose"]


@pytest.mark.parametrize("text", ["", "Happy birthday, with love from all of us, to you", "ROUNDLAB 1025 DOKDO TONER 200 ml"])
def test_any_other_picture_is_for_a_person(sample_shop: Resources, text: str) -> None:
    message = said(sample_shop, Reader(text))
    assert "apart from reading an ingredient list" in message.text and len(message.buttons) == 5 and "propose" not in message.payload


def test_without_a_reader_it_says_so(sample_shop: Resources) -> None:
    message = said(sample_shop, Reader(READ, ()))
    assert "I can't look at pictures myself" in message.text and "propose" not in message.payload
