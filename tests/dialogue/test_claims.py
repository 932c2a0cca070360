"""Every claim of the source article, asked over REST: made from the knowledge, not picked by hand."""

from __future__ import annotations

import pytest

from bot.paths import KNOWLEDGE
from bot.rules.knowledge import load
from tests.conftest import Assistant

DATA = load(KNOWLEDGE)


def test_all_claims_of_the_article_are_there() -> None:
    assert len(DATA.claims) == 61


@pytest.mark.parametrize("claim_id", DATA.claims)
def test_claim_is_answered_right(claim_id: str, assistant: Assistant) -> None:
    claim = DATA.claims[claim_id]
    if claim.after:
        assistant.text(DATA.claims[claim.after].question)
    reply = assistant.text(claim.question)
    for alternatives in claim.expect:
        assert any(wording.lower() in reply.lower() for wording in alternatives), f"{alternatives}: {reply}"
