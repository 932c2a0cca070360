"""Three bands, red flags first."""

from __future__ import annotations

import pytest

from bot.nlu.bands import mostly_latin


@pytest.mark.parametrize(
    ("text", "latin"),
    [("serum ok?", True), ("", True), ("세럼 써도 돼요?", False), ("serum 세럼", True), ("Привет", False), ("naïve café", True)],
)
def test_other_scripts_are_noticed(text: str, latin: bool) -> None:
    assert mostly_latin(text) is latin
