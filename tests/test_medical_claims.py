"""Nothing that the assistant says claims to heal, cure or treat, or promises what a cosmetic may not promise."""

from __future__ import annotations

from typing import Any, Iterator

import pytest
import yaml

from bot.paths import DATA, KNOWLEDGE
from tests.claims import PHRASES, medical_claims

SAID = {"say", "more", "reason", "after", "cautions", "sensitive", "advice", "note", "caution"}


def statements(value: Any, where: str, inside: bool = False) -> Iterator[tuple[str, str]]:
    """Every text that is shown to people, with where it stands."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from statements(inner, f"{where}.{name}", inside or name in SAID)
    elif isinstance(value, list):
        for inner in value:
            yield from statements(inner, where, inside)
    elif inside and isinstance(value, str):
        yield where, value


def everything() -> list[tuple[str, str]]:
    """Wordings, statements of the knowledge, policies of the shop."""
    wordings = [yaml.safe_load(path.read_text("utf-8"))["wording"] for path in sorted((DATA / "responses").rglob("*.yml"))]
    said = [(name, text) for wording in wordings for name, one in wording.items() for text in ([one] if isinstance(one, str) else one)]
    for path in [*sorted(KNOWLEDGE.glob("*.yml")), DATA / "shop.yml"]:
        if path.stem not in ("claims", "sources"):
            said.extend(statements(yaml.safe_load(path.read_text("utf-8")), path.stem))
    return said


def test_there_is_something_to_scan() -> None:
    assert len(everything()) > 1500
    assert len(PHRASES) > 60


def test_no_statement_makes_a_medical_claim() -> None:
    found = {f"{where}: {text}": claims for where, text in everything() if (claims := medical_claims(text))}
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["This serum heals acne.", "It treats eczema", "Clinically proven to work.", "Retinol regenerates skin.", "It boosts collagen."],
)
def test_a_claim_is_found(text: str) -> None:
    assert medical_claims(text)


@pytest.mark.parametrize(
    "text",
    ["A serum does not heal acne.", "No cream cures rosacea.", "See a doctor about it.", "It is used for the look of wrinkles."],
)
def test_what_claims_nothing_is_let_through(text: str) -> None:
    assert medical_claims(text) == []
