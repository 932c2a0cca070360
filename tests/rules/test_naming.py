"""A sentence is found to name what it names: longest name first, whole words, nothing that only looks like a name."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.naming import NamesInText
from bot.rules.statements import statements
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
NAMES = NamesInText(KNOWLEDGE)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("For oily skin choose a niacinamide or salicylic acid serum.", ["niacinamide", "salicylic_acid"]),
        ("AHAs, PHAs and other acids", ["aha", "pha", "exfoliating_acid"]),
        ("An acid, then RETINOL; a retinoid, and retinol again.", ["exfoliating_acid", "retinol", "retinoid"]),
        ("Vitamin C derivatives sting less than vitamin C.", ["vitamin_c_derivative", "ascorbic_acid"]),
        ("Copper peptides are peptides.", ["copper_peptide", "peptide"]),
        ("1,2-hexanediol, L-ascorbic acid and alcohol denat.", ["hexanediol", "ascorbic_acid", "alcohol_denat"]),
        ("Exfoliate once a week; no scrubs, no peels.", ["exfoliant"]),
        ("A fatty alcohol is not a drying alcohol.", ["fatty_alcohol", "alcohol"]),
        ("A fragrance-free, alcohol-free cream without fragrance", ["fragrance"]),
        ("Mandelic acid (AHA)", ["mandelic_acid", "aha"]),
    ],
)
def test_a_sentence_names(text: str, ids: list[str]) -> None:
    assert list(NAMES.find(text)) == ids


@pytest.mark.parametrize(
    "text",
    ["", "  ... ", "Skin has time.", "Take a vitamin. C is a letter.", "Amino acids and fatty acids", "retinolish"],
)
def test_a_sentence_names_nothing(text: str) -> None:
    assert NAMES.find(text) == ()


@given(st.sampled_from(sorted(KNOWLEDGE.ingredients)))
def test_every_ingredient_is_found_by_its_name(ingredient_id: str) -> None:
    name = KNOWLEDGE.ingredients[ingredient_id].name
    found = NAMES.find(f"Whether {name.upper()} fits, is asked.")
    assert [KNOWLEDGE.ingredients[one].name for one in found] == [name]


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    assert set(NAMES.find(text)) <= {*KNOWLEDGE.ingredients, *KNOWLEDGE.families, "exfoliant"}


def test_all_statements_are_read_in_well_under_a_second() -> None:
    texts = [text for statement in statements(KNOWLEDGE) for text in statement.texts]
    assert len(texts) > 1200
    start = time.process_time()
    names = NamesInText(KNOWLEDGE)
    assert sum(bool(names.find(text)) for text in texts) > 700
    assert time.process_time() - start < 0.5
