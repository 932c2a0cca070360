"""What channels make of raw messages."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.incoming import NO_WORDS, NOT_TEXT, TOO_LONG, message_text, page_context, sender_id

REFUSALS = {NOT_TEXT, NO_WORDS, TOO_LONG}


@given(st.one_of(st.text(), st.text().map(lambda text: "/" + text), st.none(), st.integers(), st.binary()))
def test_no_message_reaches_rasa_as_an_intent(raw: Any) -> None:
    text = message_text(raw, 200)
    assert text in REFUSALS or not text.startswith("/")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  can i\u200b use\n\n serum ", "can i use\nserum"),
        ("/greet", "greet"),
        ("/ / /greet", "greet"),
        ("🙂", NO_WORDS),
        ("", NO_WORDS),
        (None, NOT_TEXT),
        ({"a": 1}, NOT_TEXT),
        ("x" * 201, TOO_LONG),
        ("세럼?", "세럼?"),
    ],
)
def test_messages_are_cleaned_or_refused(raw: Any, text: str) -> None:
    assert message_text(raw, 200) == text


@pytest.mark.parametrize("raw", [None, "", " ", 5, "x" * 129, "a\nb", ["a"]])
def test_unusable_senders_are_none(raw: Any) -> None:
    assert sender_id(raw, 128) is None


def test_the_page_tells_its_product_and_nothing_else() -> None:
    raw = {"product": "dew-serum", "locale": "en-GB", "profile": {"pregnant": True}, "page": "x" * 2000, "role": "admin"}
    assert page_context(raw) == {"product": "dew-serum", "locale": "en-GB"}


@pytest.mark.parametrize("raw", [None, "dew-serum", 5, ["product"], {"product": ["a"]}, {"product": "a\nb"}, {"product": ""}])
def test_a_page_context_of_another_shape_is_dropped(raw: Any) -> None:
    assert page_context(raw) == {}
