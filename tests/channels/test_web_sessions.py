"""Session tokens: made here or worth nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web_sessions import DAY, SessionTokens, session_secret

SECRET = b"0123456789abcdef"


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def __call__(self) -> float:
        return self.time


def test_a_token_opens_one_conversation_that_it_does_not_name() -> None:
    tokens = SessionTokens(SECRET, days=1)
    one, two = tokens.new(), tokens.new()
    assert tokens.sender(one) == tokens.sender(one)
    assert tokens.sender(one) != tokens.sender(two)
    assert one.split(".")[0] not in str(tokens.sender(one))


def test_another_secret_opens_nothing() -> None:
    assert SessionTokens(b"another secret!!", days=1).sender(SessionTokens(SECRET, days=1).new()) is None


def test_a_token_expires() -> None:
    clock = Clock()
    tokens = SessionTokens(SECRET, days=2, now=clock)
    token = tokens.new()
    clock.time += 2 * DAY - 1
    assert tokens.sender(token)
    clock.time += 2
    assert tokens.sender(token) is None


def test_a_token_from_the_future_is_refused() -> None:
    clock = Clock()
    tokens = SessionTokens(SECRET, days=2, now=clock)
    token = tokens.new()
    clock.time -= DAY
    assert tokens.sender(token) is None


@given(st.one_of(st.text(), st.binary(), st.none(), st.integers(), st.lists(st.text())))
def test_nothing_else_is_a_token(raw: Any) -> None:
    assert SessionTokens(SECRET, days=1).sender(raw) is None


@given(st.integers(min_value=0, max_value=70), st.characters(max_codepoint=127))
def test_a_changed_token_is_none(place: int, letter: str) -> None:
    tokens = SessionTokens(SECRET, days=1)
    token = tokens.new()
    changed = token[:place] + letter + token[place + 1 :]
    assert changed == token or tokens.sender(changed) is None


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    made = session_secret("", tmp_path / "var")
    assert len(made) == 32
    assert session_secret("", tmp_path / "var") == made
    assert (tmp_path / "var" / "session.secret").stat().st_mode & 0o777 == 0o600


def test_a_given_secret_is_taken_unless_it_is_too_short(tmp_path: Path) -> None:
    assert session_secret("a" * 16, tmp_path) == b"a" * 16
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="SESSION_SECRET"):
        session_secret("short", tmp_path)
