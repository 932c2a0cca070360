"""May two subjects meet: the specific rule wins, among general ones the strictest; without one only what is gentle may."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Advice, Profile
from bot.rules.knowledge import Knowledge
from bot.rules.pairs import STRICTEST_FIRST, VERDICTS, clashes, different_times, partners, rule_for, together
from bot.rules.schema import Pair, Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
SUBJECTS = sorted({*KNOWLEDGE.ingredients, *KNOWLEDGE.families, *KNOWLEDGE.product_types})
NOBODY = Profile()
verdicts = st.sampled_from(STRICTEST_FIRST)


def rule(a: str, b: str, verdict: str, **fields: str) -> Pair:
    """A made-up rule."""
    return Pair.parse_obj(
        {"a": a, "b": b, "verdict": verdict, "reason": f"{a} and {b}.", "confidence": "high", "sources": ["VBD_GRID"]}
        | fields
    )


def only(*rules: Pair) -> Knowledge:
    """The knowledge with these rules and no others."""
    return replace(
        KNOWLEDGE,
        pairs={f"{pair.a}_x_{pair.b}": pair for pair in rules},
        pair_index={frozenset((pair.a, pair.b)): pair for pair in rules},
    )


def advice(known: Knowledge, *subjects: str, profile: Profile = NOBODY) -> Advice:
    """What is said of these subjects together; there must be something."""
    found = together(known, subjects, profile)
    assert found is not None
    return found


@given(st.sampled_from(SUBJECTS), st.sampled_from(SUBJECTS))
def test_the_order_of_two_subjects_means_nothing(a: str, b: str) -> None:
    one, other = rule_for(KNOWLEDGE, a, b), rule_for(KNOWLEDGE, b, a)
    assert (one and one.verdict) == (other and other.verdict)
    if a != b:
        assert advice(KNOWLEDGE, a, b).verdict == advice(KNOWLEDGE, b, a).verdict


@pytest.mark.parametrize("pair", KNOWLEDGE.pairs.values(), ids=KNOWLEDGE.pairs)
def test_every_written_rule_is_the_one_for_its_subjects(pair: Pair) -> None:
    if pair.a != pair.b:
        assert rule_for(KNOWLEDGE, pair.a, pair.b) is pair


@given(general=verdicts, half=verdicts, exact=verdicts)
def test_the_more_specific_rule_wins_however_strict_the_general_one(general: str, half: str, exact: str) -> None:
    families, mixed = rule("retinoid", "aha", general), rule("retinol", "aha", half)
    both = rule("retinol", "glycolic_acid", exact)
    assert rule_for(only(families), "retinol", "glycolic_acid") is families
    assert rule_for(only(families, mixed), "glycolic_acid", "retinol") is mixed
    assert rule_for(only(families, mixed, both), "retinol", "glycolic_acid") is both
    assert rule_for(only(families, mixed, both), "retinol", "lactic_acid") is mixed
    assert rule_for(only(families, mixed, both), "retinal", "lactic_acid") is families


@given(one=verdicts, other=verdicts)
def test_the_strictest_of_equally_specific_rules_wins(one: str, other: str) -> None:
    rules = (rule("retinoid", "glycolic_acid", one), rule("retinol", "aha", other))
    found = rule_for(only(*rules), "retinol", "glycolic_acid")
    assert found and found.verdict == min(one, other, key=STRICTEST_FIRST.index)


@given(of_aha=verdicts, of_bha=verdicts)
def test_an_umbrella_is_as_strict_as_its_strictest_family(of_aha: str, of_bha: str) -> None:
    known = only(rule("niacinamide", "aha", of_aha), rule("niacinamide", "bha", of_bha))
    found = rule_for(known, "exfoliating_acid", "niacinamide")
    assert found and found.verdict == min(of_aha, of_bha, key=STRICTEST_FIRST.index)


def test_a_rule_of_a_family_with_itself_speaks_of_two_members_but_not_of_one() -> None:
    same = rule("retinoid", "retinoid", "avoid")
    assert rule_for(only(same), "retinol", "retinal") is same
    assert rule_for(only(same), "retinoid", "retinoid") is None


@given(verdicts)
def test_a_family_that_does_not_pass_on_its_rules_keeps_them_to_itself(verdict: str) -> None:
    known = only(rule("retinoid", "niacinamide", verdict))
    aloof = KNOWLEDGE.families["retinoid"].copy(update={"inherits": False})
    known = replace(known, families={**known.families, "retinoid": aloof})
    assert rule_for(known, "retinol", "niacinamide") is None
    assert rule_for(known, "retinoid", "niacinamide") is not None


@given(verdicts)
def test_the_answer_has_the_rules_verdict_reason_and_sources(verdict: str) -> None:
    found = advice(only(rule("retinol", "niacinamide", verdict)), "niacinamide", "retinol")
    assert found.verdict is VERDICTS[verdict]
    assert [line.key or line.text for line in found.lines] == [f"pair_{verdict}", "retinol and niacinamide."]
    assert found.sources == ("VBD_GRID",)


def test_no_rule_for_two_ingredients_is_unknown_and_names_no_source() -> None:
    found = advice(only(), "retinol", "niacinamide")
    assert found.verdict is Verdict.UNKNOWN
    assert [line.key for line in found.lines] == ["pair_unknown"]
    assert found.sources == ()


@pytest.mark.parametrize("other", ["retinol", "glycolic_acid", "niacinamide", "ascorbic_acid"])
def test_without_a_rule_a_gentle_ingredient_goes_with_anything(other: str) -> None:
    for asked in (("panthenol", other), (other, "panthenol")):
        found = advice(only(), *asked)
        assert found.verdict is Verdict.YES
        assert [line.key for line in found.lines] == ["pair_fine", ""]


def test_a_rule_counts_more_than_gentleness_and_an_irritant_is_never_waved_through() -> None:
    assert advice(only(rule("retinol", "panthenol", "avoid")), "retinol", "panthenol").verdict is Verdict.NO
    assert advice(only(), "panthenol", "fragrance").verdict is Verdict.UNKNOWN


def test_morning_and_night_are_enough_where_the_rule_asks_for_no_more() -> None:
    apart = different_times(only(rule("retinol", "niacinamide", "separate_am_pm")), ("niacinamide", "retinol"), NOBODY)
    assert apart and apart.verdict is Verdict.YES and apart.lines[0].key == "times_apart"
    nights = different_times(only(rule("retinol", "niacinamide", "alternate_nights")), ("niacinamide", "retinol"), NOBODY)
    assert nights and nights.verdict is Verdict.CAREFUL and nights.lines[0].key == "times_not_enough"
    never = different_times(only(rule("retinol", "niacinamide", "avoid")), ("niacinamide", "retinol"), NOBODY)
    assert never and never.verdict is Verdict.NO
    assert different_times(KNOWLEDGE, ("retinol",), NOBODY) is None


def test_two_steps_of_a_routine_without_a_rule_are_put_in_order() -> None:
    for asked in (("toner", "moisturizer"), ("moisturizer", "toner")):
        found = advice(only(), *asked)
        assert found.verdict is Verdict.YES
        assert found.lines[0].params == {"a": "toner", "b": KNOWLEDGE.product_types["moisturizer"].name}


@given(one=verdicts, other=verdicts)
def test_of_three_subjects_the_worst_pair_gives_the_verdict_and_comes_first(one: str, other: str) -> None:
    ranking = (Verdict.NO, Verdict.DOCTOR, Verdict.CAREFUL, Verdict.UNKNOWN, Verdict.YES)
    known = only(rule("retinol", "niacinamide", one), rule("niacinamide", "salicylic_acid", other))
    found = advice(known, "retinol", "niacinamide", "salicylic_acid")
    worst = min(VERDICTS[one], VERDICTS[other], Verdict.UNKNOWN, key=ranking.index)
    assert found.verdict is worst
    first = found.lines[0].key.removeprefix("pair_")
    assert VERDICTS.get(first, Verdict.UNKNOWN) is worst


def test_a_subject_named_twice_counts_once() -> None:
    assert together(KNOWLEDGE, ("retinol", "retinol"), NOBODY) == together(KNOWLEDGE, ("retinol",), NOBODY)
    assert together(KNOWLEDGE, (), NOBODY) is None


def test_sensitive_skin_and_weak_evidence_are_said() -> None:
    known = only(rule("retinol", "niacinamide", "fine", sensitive="Go slowly.", confidence="low"))
    sensitive = advice(known, "retinol", "niacinamide", profile=Profile(skin_types=("sensitive",)))
    assert [line.text or line.key for line in sensitive.cautions] == ["Go slowly.", "weak_evidence"]
    assert [line.key for line in advice(known, "retinol", "niacinamide").cautions] == ["strong_slowly", "weak_evidence"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_clashes_name_only_what_a_rule_keeps_apart(subject: str) -> None:
    found = clashes(KNOWLEDGE, subject)
    if found is not None:
        assert found.verdict is Verdict.CAREFUL
        assert {line.key for line in found.lines} <= {"partners_avoid", "partners_alternate", "partners_separate"}
        assert found.sources


def test_partners_are_grouped_by_what_the_rules_say() -> None:
    known = only(
        rule("retinoid", "niacinamide", "helpful"),
        rule("retinol", "sulfur", "alternate_nights"),
        rule("retinol", "scrub", "avoid"),
        rule("retinoid", "bakuchiol", "avoid"),
    )
    found = partners(known, "retinol")
    assert found
    assert [(line.key, line.params["partners"]) for line in found.lines] == [
        ("partners_good", "niacinamide"),
        ("partners_alternate", "sulfur"),
        ("partners_avoid", "bakuchiol"),
    ]
    assert partners(known, "panthenol") is None
