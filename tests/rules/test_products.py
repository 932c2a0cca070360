"""Products as the rules see them: key ingredients, conflicts with a person, answers through kind and label."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.rules.advice import Profile, Question
from bot.rules.conflicts import conflicts, harsh_for_sensitive, pregnancy_concerns
from bot.rules.items import Item, covers, key_ingredients, strong, suggested
from bot.rules.products import about, both
from bot.rules.schema import Verdict
from bot.rules.similar import alternatives
from bot.rules.suiting import suits
from tests.knowledge import knowledge

RETINOL = Item(
    "night-serum", "Moon Night Serum", "serum", ("glycerin", "niacinamide", "retinol"), True,
    concerns=("fine_lines",), skin_types=("normal", "oily"), price=3000,
)
CALM = Item(
    "calm-ampoule", "Moon Calm Ampoule", "ampoule", ("glycerin", "centella_extract", "panthenol"), True,
    concerns=("redness_sensitivity",), skin_types=("sensitive", "dry"), price=2000,
)
ACID = Item("acid-toner", "Moon Acid Liquid", "exfoliant", ("salicylic_acid", "fragrance"), True, ("acne",), ("oily",))
UNKNOWN = Item("plain", "Moon Plain Cream", "moisturizer", (), False)


def keys(question: Question, item: Item) -> list[str]:
    """The wordings that an answer about a product is made of."""
    advice = about(knowledge(), question, item)
    assert advice is not None
    return [line.key or line.text for line in advice.lines]


def test_strong_actives_are_key_before_what_is_chosen_for_its_concern() -> None:
    assert strong(knowledge(), RETINOL) == ("retinol",)
    assert key_ingredients(knowledge(), RETINOL)[:2] == ("retinol", "niacinamide")
    assert key_ingredients(knowledge(), CALM)[0] == "centella_extract"
    assert suggested(knowledge(), CALM, ("redness_sensitivity",)) == ("centella_extract", "panthenol")


@pytest.mark.parametrize(("subject", "held"), [("retinol", True), ("retinoid", True), ("serum", True), ("aha", False)])
def test_what_a_product_covers(subject: str, held: bool) -> None:
    assert covers(knowledge(), RETINOL, subject) is held


@pytest.mark.parametrize(
    ("profile", "item", "verdict"),
    [
        (Profile(pregnant=True), RETINOL, Verdict.NO),
        (Profile(pregnant=True), ACID, Verdict.DOCTOR),
        (Profile(pregnant=True), UNKNOWN, Verdict.UNKNOWN),
        (Profile(avoids=("retinoid",)), RETINOL, Verdict.NO),
        (Profile(safety=("fragrance_allergy",)), ACID, Verdict.NO),
        (Profile(safety=("aspirin_allergy",)), ACID, Verdict.DOCTOR),
        (Profile(safety=("prescription_retinoid",)), RETINOL, Verdict.DOCTOR),
        (Profile(age=15), RETINOL, Verdict.DOCTOR),
        (Profile(age=11), ACID, Verdict.NO),
    ],
)
def test_what_speaks_against_a_product(profile: Profile, item: Item, verdict: Verdict) -> None:
    assert conflicts(knowledge(), item, profile)[0].verdict is verdict


@pytest.mark.parametrize("profile", [Profile(), Profile(pregnant=True), Profile(age=15), Profile(safety=("bee_allergy",))])
def test_nothing_speaks_against_a_gentle_product(profile: Profile) -> None:
    assert conflicts(knowledge(), CALM, profile) == []


def test_the_gravest_conflict_comes_first() -> None:
    found = conflicts(knowledge(), RETINOL, Profile(pregnant=True, age=16, safety=("prescription_retinoid",)))
    assert [one.verdict for one in found] == [Verdict.NO, Verdict.DOCTOR, Verdict.DOCTOR]


def test_pregnancy_names_what_is_known_and_not_what_is_only_unknown() -> None:
    assert pregnancy_concerns(knowledge(), RETINOL) == (("retinol",), ())
    assert pregnancy_concerns(knowledge(), ACID) == ((), ("salicylic_acid",))
    assert pregnancy_concerns(knowledge(), CALM) == ((), ())


def test_harsh_for_sensitive_skin() -> None:
    assert harsh_for_sensitive(knowledge(), ACID) == ("salicylic_acid", "fragrance")
    assert harsh_for_sensitive(knowledge(), CALM) == ()


@pytest.mark.parametrize(
    ("question", "item", "expected"),
    [
        (Question("frequency"), CALM, "product_is"),
        (Question("frequency"), RETINOL, "product_lists"),
        (Question("time_of_day"), RETINOL, "product_lists"),
        (Question("order"), RETINOL, "product_is"),
        (Question("together", subjects=("glycolic_acid",)), RETINOL, "product_lists"),
        (Question("together", subjects=("retinal",)), RETINOL, "product_lists"),
        (Question("together", subjects=("retinoid",)), RETINOL, "product_already"),
        (Question("together", subjects=("tranexamic_acid",)), UNKNOWN, "product_no_label"),
        (Question("pregnancy"), RETINOL, "product_pregnancy_avoid"),
        (Question("pregnancy"), ACID, "product_pregnancy_doctor"),
        (Question("pregnancy"), CALM, "product_pregnancy_none"),
        (Question("pregnancy"), UNKNOWN, "product_no_label"),
        (Question("what_is"), CALM, "product_is"),
        (Question("how_to_apply"), CALM, "product_is"),
    ],
)
def test_an_answer_says_through_what_it_came(question: Question, item: Item, expected: str) -> None:
    assert keys(question, item)[0] == expected


def test_the_strictest_rule_of_the_label_decides() -> None:
    advice = about(knowledge(), Question("together", subjects=("glycolic_acid",)), RETINOL)
    assert advice is not None and advice.verdict is Verdict.CAREFUL


def test_how_to_use_tells_how_how_often_and_when() -> None:
    advice = about(knowledge(), Question("how_to_apply"), RETINOL)
    assert advice is not None and len(advice.lines) == 4
    assert "night" in " ".join(line.text for line in advice.lines)


def test_two_products_meet_by_their_strictest_pair_or_in_their_order() -> None:
    clash = both(knowledge(), Question("together"), RETINOL, ACID)
    assert clash is not None and clash.verdict is Verdict.CAREFUL
    bare = both(knowledge(), Question("together"), replace(CALM, ingredients=()), replace(ACID, ingredients=()))
    assert bare is not None and bare.lines[0].params == {"a": ACID.title, "b": CALM.title}


@pytest.mark.parametrize(
    ("profile", "needs", "item", "verdict"),
    [
        (Profile(), (), CALM, Verdict.DEPENDS),
        (Profile(skin_types=("dry",)), (), CALM, Verdict.YES),
        (Profile(skin_types=("oily",)), (), CALM, Verdict.CAREFUL),
        (Profile(skin_types=("oily",)), ("dry",), CALM, Verdict.YES),
        (Profile(skin_types=("sensitive",)), (), ACID, Verdict.CAREFUL),
        (Profile(irritated=True), (), ACID, Verdict.NO),
        (Profile(concerns=("fine_lines",)), (), RETINOL, Verdict.YES),
        (Profile(concerns=("dark_circles",)), (), CALM, Verdict.CAREFUL),
        (Profile(pregnant=True, skin_types=("oily",)), (), RETINOL, Verdict.NO),
    ],
)
def test_whether_a_product_suits_somebody(
    profile: Profile, needs: tuple[str, ...], item: Item, verdict: Verdict
) -> None:
    assert suits(knowledge(), Question("can_use", needs=needs, profile=profile), item).verdict is verdict


def test_a_number_is_the_age_of_whom_the_question_is_about() -> None:
    question = Question("can_use", number=11, profile=Profile(age=40))
    assert suits(knowledge(), question, ACID).verdict is Verdict.NO


OTHERS = [
    replace(RETINOL, handle="same", price=2500),
    replace(RETINOL, handle="cheap", price=1000, ingredients=("niacinamide",)),
    replace(RETINOL, handle="stronger", price=900, ingredients=("retinol", "glycolic_acid")),
    replace(RETINOL, handle="gone", price=800, in_stock=False),
    replace(RETINOL, handle="other-kind", type="ampoule"),
    replace(RETINOL, handle="other-concern", concerns=("acne",)),
]


def test_alternatives_share_actives_and_never_add_a_strong_one() -> None:
    found = alternatives(knowledge(), RETINOL, [RETINOL, *OTHERS], Profile())
    assert [one.item.handle for one in found] == ["same", "cheap"]
    assert "retinol" in found[0].shared


def test_cheaper_alternatives_cost_less_and_fit_the_person() -> None:
    dear = replace(RETINOL, price=2000)
    assert [one.item.handle for one in alternatives(knowledge(), dear, OTHERS, Profile(), cheaper=True)] == ["cheap"]
    assert [one.item.handle for one in alternatives(knowledge(), RETINOL, OTHERS, Profile(pregnant=True))] == ["cheap"]


def test_without_a_shared_active_the_same_concern_counts() -> None:
    other = replace(RETINOL, handle="other", ingredients=("adenosine",))
    (found,) = alternatives(knowledge(), replace(RETINOL, ingredients=("retinol",)), [other], Profile())
    assert found.shared == ()


def test_nothing_of_the_shelf_suits_a_baby() -> None:
    plain = Question("can_use", needs=("dry",), profile=Profile(age=0))
    assert suits(knowledge(), plain, OTHERS[0]).verdict is Verdict.NO
