"""Red flags come first, and pregnancy, allergies and medicines only ever make an answer stricter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.advice import Line, Profile, Question
from bot.rules.answers import ABOUT_USE, COMES_FIRST, PREGNANCY, answer, kinds
from bot.rules.apart import meeting
from bot.rules.safety import PREGNANCY_STRICTEST, URGENCY, pregnancy, pregnancy_status, red_flags
from bot.rules.schema import Verdict
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
KINDS = sorted(kinds(KNOWLEDGE))
PREGNANCY_SUBJECTS = sorted({*KNOWLEDGE.ingredients, *KNOWLEDGE.families})
SUBJECTS = sorted({*KNOWLEDGE.product_types, *PREGNANCY_SUBJECTS})
RED_FLAGS = sorted(red_flags(KNOWLEDGE))
STRICTNESS: tuple[Verdict | None, ...] = (
    Verdict.YES, None, Verdict.UNKNOWN, Verdict.DEPENDS, Verdict.CAREFUL, Verdict.DOCTOR, Verdict.NO,
)
subject_lists = st.lists(st.sampled_from(SUBJECTS), max_size=3, unique=True)


def test_every_red_flag_is_one_and_nothing_that_is_only_advice() -> None:
    assert {key for key, entry in KNOWLEDGE.safety.items() if entry.kind == "red_flag"} <= set(RED_FLAGS)
    assert {"severe_allergic_reaction", "burn_or_blisters", "product_in_eye"} <= set(RED_FLAGS)
    assert not {"pregnancy", "patch_test", "aspirin_allergy"} & set(RED_FLAGS)


@given(
    flags=st.lists(st.sampled_from(RED_FLAGS), min_size=1, max_size=3),
    others=st.lists(st.sampled_from(sorted(KNOWLEDGE.safety)), max_size=2),
    kind=st.sampled_from(KINDS),
    subjects=subject_lists,
)
def test_the_most_urgent_red_flag_wins_over_every_question(
    flags: list[str], others: list[str], kind: str, subjects: list[str]
) -> None:
    safety = tuple(others + flags)
    found = answer(KNOWLEDGE, Question(kind, tuple(subjects), safety=safety))
    said = [entry for entry in KNOWLEDGE.safety.values() if (Line(text=entry.say),) == found.lines]
    assert len(said) == 1
    most_urgent = min(URGENCY.index(KNOWLEDGE.safety[one].urgency) for one in safety if one in RED_FLAGS)
    assert URGENCY.index(said[0].urgency) == most_urgent
    assert found.verdict is (Verdict.NO if said[0].urgency == "refuse" else Verdict.DOCTOR)


def is_refused_in_pregnancy(kind: str, subjects: list[str]) -> bool:
    """True for a question about using something that is to be avoided in pregnancy; a row of what must not meet is asked as such."""
    together = meeting(KNOWLEDGE, Question(kind, tuple(subjects)))
    if together is not None:
        kind, subjects = together.kind, list(together.subjects)
    statuses = [pregnancy_status(KNOWLEDGE, subject) for subject in subjects]
    return kind in ABOUT_USE and any(status and status[0] == "avoid" for status in statuses)


@given(kind=st.sampled_from(KINDS), subjects=subject_lists)
def test_an_answer_is_never_laxer_in_pregnancy(kind: str, subjects: list[str]) -> None:
    plain = answer(KNOWLEDGE, Question(kind, tuple(subjects)))
    pregnant = answer(KNOWLEDGE, Question(kind, tuple(subjects), profile=Profile(pregnant=True)))
    if is_refused_in_pregnancy(kind, subjects):
        assert pregnant.verdict is Verdict.NO
        return
    assert STRICTNESS.index(pregnant.verdict) >= STRICTNESS.index(plain.verdict)
    if plain.verdict is Verdict.UNKNOWN and pregnant.verdict in (Verdict.NO, Verdict.DOCTOR):
        return  # what it is says less than whether it may be used
    assert all(line in (*pregnant.cautions, *pregnant.lines) for line in plain.cautions)
    # What may take a subject's place can be something else in pregnancy.
    if kind not in ("replace", "replace_vegan"):
        assert all(line in pregnant.lines for line in plain.lines)
        assert set(plain.sources) <= set(pregnant.sources)


def test_what_is_offered_in_place_of_something_is_fine_in_pregnancy() -> None:
    doubtful = {
        one.name for key, one in KNOWLEDGE.ingredients.items() if (pregnancy_status(KNOWLEDGE, key) or ("ok",))[0] != "ok"
    }
    offered = set()
    for subject in KNOWLEDGE.ingredients:
        found = answer(KNOWLEDGE, Question("replace", (subject,), profile=Profile(pregnant=True)))
        for line in found.lines:
            offered |= set(line.params.get("others", "").replace(" or ", ", ").split(", "))
    assert "vitamin C" in offered
    assert offered & doubtful == set()


@given(kind=st.sampled_from([kind for kind in KINDS if kind not in ("pregnancy", "pregnancy_used")]), subjects=subject_lists)
def test_each_doubtful_subject_is_pointed_out_in_pregnancy(kind: str, subjects: list[str]) -> None:
    found = answer(KNOWLEDGE, Question(kind, tuple(subjects), profile=Profile(pregnant=True)))
    for subject in subjects:
        status = pregnancy_status(KNOWLEDGE, subject)
        if status and status[0] != "ok":
            key = f"caution_pregnancy_{status[0]}"
            keys = (key, f"pregnancy_{status[0]}")
            names = [line.params["subject"] for line in (*found.cautions, *found.lines) if line.key in keys]
            named = KNOWLEDGE.subject(subject)
            assert named and named.name in names
            assert set(status[1]) <= set(found.sources)


@given(st.lists(st.sampled_from(PREGNANCY_SUBJECTS), min_size=1, max_size=3, unique=True))
def test_the_strictest_of_the_subjects_decides_in_pregnancy(subjects: list[str]) -> None:
    verdicts = {"avoid": Verdict.NO, "ask_doctor": Verdict.DOCTOR, "ok": Verdict.YES}
    statuses = [found[0] for one in subjects if (found := pregnancy_status(KNOWLEDGE, one))]
    advice = pregnancy(KNOWLEDGE, subjects, ())
    assert advice and len(advice.lines) <= max(2, len(subjects))  # one asked about alone may have a statement of its own
    assert advice.verdict is verdicts[min(statuses, key=PREGNANCY_STRICTEST.index)]


def test_fine_in_pregnancy_is_only_said_with_a_source_that_can_be_opened() -> None:
    for subject in PREGNANCY_SUBJECTS:
        advice = pregnancy(KNOWLEDGE, (subject,), ())
        assert advice and advice.sources, subject
        if advice.verdict is Verdict.YES:
            assert any(KNOWLEDGE.sources[key].address for key in advice.sources), subject


# Where an ingredient has the same id as its family, the ingredient is meant.
@pytest.mark.parametrize("family", sorted(set(KNOWLEDGE.families) - set(KNOWLEDGE.ingredients)))
def test_a_family_is_no_safer_in_pregnancy_than_any_of_its_members(family: str) -> None:
    whole = pregnancy_status(KNOWLEDGE, family)
    assert whole
    for member in KNOWLEDGE.families[family].members:
        part = pregnancy_status(KNOWLEDGE, member)
        assert part and PREGNANCY_STRICTEST.index(whole[0]) <= PREGNANCY_STRICTEST.index(part[0])


@pytest.mark.parametrize("subject", ["retinol", "retinal", "tretinoin", "adapalene", "retinoid", "hydroquinone"])
def test_retinoids_and_hydroquinone_are_not_for_pregnancy(subject: str) -> None:
    found = answer(KNOWLEDGE, Question("pregnancy", ("niacinamide", subject)))
    assert found.verdict is Verdict.NO


def test_pregnancy_without_a_subject_is_answered_in_general() -> None:
    found = answer(KNOWLEDGE, Question("pregnancy"))
    assert found.lines and found.sources
    assert found.verdict is not Verdict.YES


@pytest.mark.parametrize(
    "safety_id",
    [key for key, entry in KNOWLEDGE.safety.items() if entry.kind in COMES_FIRST and key not in (PREGNANCY, *RED_FLAGS) and "serum" not in entry.about],
)
def test_a_condition_named_in_the_question_is_answered_first(safety_id: str) -> None:
    entry = KNOWLEDGE.safety[safety_id]
    plain = answer(KNOWLEDGE, Question("frequency", ("serum",)))
    found = answer(KNOWLEDGE, Question("frequency", ("serum",), safety=(safety_id,)))
    assert found.lines[0].text == entry.say
    assert all(line in found.lines for line in plain.lines)
    assert set(entry.sources) <= set(found.sources)
    if entry.urgency == "ask_doctor":
        assert found.verdict is Verdict.DOCTOR


@pytest.mark.parametrize("safety_id", [key for key, entry in KNOWLEDGE.safety.items() if entry.subjects])
def test_what_the_person_told_is_remembered_for_what_it_is_about(safety_id: str) -> None:
    entry, profile = KNOWLEDGE.safety[safety_id], Profile(safety=(safety_id,))
    for subject in entry.subjects:
        found = answer(KNOWLEDGE, Question("what_is", (subject,), profile=profile))
        assert Line(text=entry.say) in (*found.cautions, *found.lines)
        assert set(entry.sources) <= set(found.sources)


def test_what_the_person_told_is_not_repeated_for_anything_else() -> None:
    profile = Profile(safety=("aspirin_allergy",))
    said = Line(text=KNOWLEDGE.safety["aspirin_allergy"].say)
    assert said not in answer(KNOWLEDGE, Question("what_is", ("hyaluronic_acid",), profile=profile)).cautions


def test_every_strong_active_waits_for_the_doctor_of_a_prescribed_treatment() -> None:
    strong = {key for key, family in KNOWLEDGE.families.items() if family.active}
    assert {*strong, "exfoliant"} <= set(KNOWLEDGE.safety["prescribed_treatment"].adding)
