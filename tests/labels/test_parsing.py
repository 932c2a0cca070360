"""Ingredient lists are taken apart without breaking names, however they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.labels.parsing import MOST_NAMES, parse

CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))["parse"]


@pytest.mark.parametrize("case", CASES)
def test_label_case(case: str) -> None:
    label = parse(CASES[case]["text"])
    assert list(label.names) == CASES[case]["names"]
    assert [entry.name for entry in label.may_contain] == CASES[case].get("may_contain", [])


def test_there_are_all_cases() -> None:
    assert len(CASES) == 34


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Water, Butylene\nGlycol, Glycerin", ["Water", "Butylene Glycol", "Glycerin"]),
        ("Water (Aqua, Eau), Glycerin", ["Water", "Glycerin"]),
        ("Water, Hydrogenated Poly(C6-20 Olefin)", ["Water", "Hydrogenated Poly(C6-20 Olefin)"]),
        ("Aqua, Alcohol Denat., Parfum", ["Aqua", "Alcohol Denat", "Parfum"]),
        ("Mica (unclosed, Water, Glycerin", ["Mica (unclosed", "Water", "Glycerin"]),
        ("Water, Glycerin, and Panthenol", ["Water", "Glycerin", "Panthenol"]),
        ("Water, PEG-8, 2-Oleamido-1,3-Octadecanediol", ["Water", "PEG-8", "2-Oleamido-1,3-Octadecanediol"]),
        ("INCI: Aqua, Parfum / Fragrance, Limonene", ["Aqua", "Parfum", "Limonene"]),
        ("성분: 정제수, 글리세린\n사용방법: 적당량을 바릅니다", ["정제수", "글리세린"]),
        ("전성분 정제수, 글리세린, 1,2-헥산다이올", ["정제수", "글리세린", "1,2-헥산다이올"]),
        ("Inhaltsstoffe: Aqua, Glycerin", ["Aqua", "Glycerin"]),
        ("Step 1: Water, Urea. Step 2: Squalane, Tocopherol", ["Water", "Urea", "Squalane", "Tocopherol"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(parse(text).names) == names


def test_what_the_label_prints_is_kept() -> None:
    water, niacinamide, zinc = parse("Aqua (Water), Niacinamide (5%), Zinc PCA 1,5 %").entries
    assert (water.printed, water.name) == ("Aqua (Water)", "Aqua")
    assert (niacinamide.percent, zinc.percent, water.percent) == (5, 1.5, None)
    assert [entry.position for entry in (water, niacinamide, zinc)] == [0, 1, 2]
    active = parse("Active ingredients: Zinc Oxide 12%. Inactive ingredients: Water").entries
    assert [(entry.name, entry.section, entry.percent) for entry in active] == [
        ("Zinc Oxide", "active", 12), ("Water", "declared", None),
    ]


def test_a_bracket_that_may_be_no_synonym_is_not_sure() -> None:
    entry = parse("Water, Iron Oxides (CI 77491, CI 77492, CI 77499)").entries[1]
    assert entry.name == "Iron Oxides (CI 77491, CI 77492, CI 77499)"
    assert not entry.sure


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    entries = parse(text).entries
    assert len(entries) <= MOST_NAMES
    assert all(entry.name and entry.printed for entry in entries)
