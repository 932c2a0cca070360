"""A pasted list is found in a message whatever stands around it, and a question about ingredients is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.labels.finding import LabelFinder
from bot.rules.labelling import LabelReader
from tests.knowledge import knowledge
from tests.labels.test_parsing import CASES

READER = LabelReader(knowledge())
FIND = LabelFinder(READER.known, READER.formal)
NO_LABELS = {"empty", "prose"}


@pytest.mark.parametrize("case", CASES)
def test_a_label_is_found_when_it_is_all_that_is_said(case: str) -> None:
    found = FIND(CASES[case]["text"])
    if case in NO_LABELS:
        assert found is None
    else:
        assert found and list(found.label.names) == CASES[case]["names"]
        assert not found.own_words(CASES[case]["text"]).strip(" .*")


@pytest.mark.parametrize(
    ("text", "names", "own"),
    [
        ("what does this label say: Water, Glycerin, Panthenol", ["Water", "Glycerin", "Panthenol"], "what does this label say:"),
        ("정제수・글리세린・부틸렌글라이콜・페녹시에탄올", ["정제수", "글리세린", "부틸렌글라이콜", "페녹시에탄올"], ""),
        (
            "can you check this? Aqua, Glycerin, Retinol, Parfum. is it ok while pregnant?",
            ["Aqua", "Glycerin", "Retinol", "Parfum"],
            "can you check this? is it ok while pregnant?",
        ),
        (
            "whats in this Water, Butylene Glycol, Panthenol, Phenoxyethanol is this ok for me",
            ["Water", "Butylene Glycol", "Panthenol", "Phenoxyethanol"],
            "whats in this is this ok for me",
        ),
        ("정제수, 글리세린, 카보머, 나이아신아마이드 이거 괜찮아요?", ["정제수", "글리세린", "카보머", "나이아신아마이드"], "이거 괜찮아요?"),
        (
            "Ingredients: Aqua, Urea. Warning: stop if it burns. My skin burns badly!",
            ["Aqua", "Urea"],
            "My skin burns badly!",
        ),
        ("my serum\nWater\nButylene Glycol\nNiacinamide", ["Water", "Butylene Glycol", "Niacinamide"], "my serum"),
        ("Mannitol, Serine, Water, Urea, Butylene Glycol, Lysine, Alanine, Carbomer", None, None),
    ],
)
def test_a_label_among_words(text: str, names: list[str] | None, own: str | None) -> None:
    found = FIND(text)
    assert found
    if names is not None:
        assert list(found.label.names) == names
        assert " ".join(found.own_words(text).split()) == own
    assert len(found.own_words(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "I use toner, vitamin C serum, retinol ampoule and cream, ok?",
        "can i use niacinamide, retinol, hyaluronic acid, salicylic acid, vitamin c, peptides, ceramides, squalane",
        "i use glycerin, squalane, panthenol, hyaluronic acid, niacinamide and snail mucin",
        "Ingredients: what should I avoid in pregnancy?",
        "my ingredients: retinol, niacinamide, aha",
        "is water, glycerin and rose good for skin",
        "retinol, niacinamide",
        "cleanser, toner, essence, serum, ampoule, cream, sunscreen",
        "no fragrance, no alcohol, no essential oils please",
        "Hi, I bought it yesterday, but it leaks, can I return it?",
        "My order is: toner, serum, centella extract, water cream",
        "dry skin, acne, dark spots",
        "key ingredients: retinol and vitamin c, ok together?",
        "which ingredients: good ones, bad ones, no idea",
    ],
)
def test_a_question_is_no_label(text: str) -> None:
    assert FIND(text) is None


@given(st.text(alphabet=st.sampled_from(list("aW,.;:\n?!()[]*%-/ 0129정제수")), max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    found = FIND(text)
    assert found is None or len(found.own_words(text)) == len(text)
