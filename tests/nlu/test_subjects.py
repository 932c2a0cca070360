"""Subjects are found in a message with their ids, slips and Korean forgiven, and ordinary words are left alone."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from wordfreq import top_n_list

from bot.nlu.ordinary_words import KNOWN, SHORT
from bot.nlu.pipeline import SubjectFinder
from bot.nlu.plain import at_same_places
from bot.nlu.spelling import LONG_WORD, Spelling
from bot.nlu.subjects import MASKED_TEXT, SubjectExtractor
from bot.nlu.vocabulary import NO_SUBJECT_LABEL, SAFETY_LABEL, Wording, signs, wordings
from tests.knowledge import knowledge

WORDINGS = list(wordings(knowledge()))
FIND = SubjectFinder(WORDINGS, signs(knowledge()))
WORDS = {
    word
    for one in WORDINGS
    if one.label not in (SAFETY_LABEL, NO_SUBJECT_LABEL) and not one.korean
    for word in at_same_places(one.text).split()
}
SPELLING = Spelling(WORDS)
LONG_WORDS = sorted(word for word in WORDS if len(word) >= LONG_WORD and word.isalpha())


def subjects(text: str) -> list[tuple[str, str]]:
    """Id and text of each subject of a message, times of day aside."""
    doc = FIND(text)
    return [
        (span.id_, text[span.start_char : span.end_char])
        for span in doc.spans["subjects"]
        if span.label_ != "time_of_day"
    ]


def ids(text: str) -> list[str]:
    """Ids of the subjects of a message."""
    return [subject for subject, _ in subjects(text)]


def roles(text: str) -> dict[str, str | None]:
    """What each subject's place in the sentence makes of it."""
    doc = FIND(text)
    return {span.id_: doc.user_data["roles"].get(span.start) for span in doc.spans["subjects"]}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How often should I use an ampoule?", [("ampoule", "ampoule")]),
        ("niacinamide and hyaluronic acid", [("niacinamide", "niacinamide"), ("hyaluronic_acid", "hyaluronic acid")]),
        ("VITAMIN C then Sunscreen", [("ascorbic_acid", "VITAMIN C"), ("sunscreen", "Sunscreen")]),
        ("aha/bha", [("aha", "aha"), ("bha", "bha")]),
        ("my skin is oily and i have acne", [("oily", "skin is oily"), ("acne", "acne")]),
        ("two serums, three ampoules", [("serum", "serums"), ("ampoule", "ampoules")]),
        ("a sheetmask or sheet masks", [("sheet_mask", "sheetmask"), ("sheet_mask", "sheet masks")]),
        ("is retinal like retinol", [("retinal", "retinal"), ("retinol", "retinol")]),
    ],
)
def test_subjects_are_found_in_order_with_their_ids(text: str, found: list[tuple[str, str]]) -> None:
    assert subjects(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hyaluronic acid", ["hyaluronic_acid"]),
        ("hyaluronic-acid", ["hyaluronic_acid"]),
        ("l-ascorbic acid", ["ascorbic_acid"]),
        ("green tea", ["green_tea"]),
        ("tea tree oil", ["tea_tree_oil"]),
        ("tea tree", ["tea_tree_extract"]),
        ("sensitive skin", ["sensitive"]),
        ("fine lines", ["fine_lines"]),
        ("face wash", ["water_cleanser"]),
    ],
)
def test_the_longest_wording_wins(text: str, found: list[str]) -> None:
    assert subjects(f"what about {text} then") == [(found[0], text)]


@pytest.mark.parametrize(
    ("slip", "subject"),
    [
        ("niacinimide", "niacinamide"),
        ("niacinamid", "niacinamide"),
        ("hylauronic acid", "hyaluronic_acid"),
        ("hylauronic", "hyaluronic_acid"),
        ("ampule", "ampoule"),
        ("salycilic acid", "salicylic_acid"),
        ("panthanol", "panthenol"),
        ("centela", "centella_extract"),
        ("essance", "essence"),
        ("serrum", "serum"),
        ("seum", "serum"),
        ("clenser", "water_cleanser"),
        ("sunscren", "sunscreen"),
        ("moisturiser", "moisturizer"),
    ],
)
def test_typing_slips_are_forgiven(slip: str, subject: str) -> None:
    assert subjects(f"is {slip} good for me?") == [(subject, slip)]


@given(st.sampled_from(LONG_WORDS), st.data())
def test_two_swapped_letters_in_a_long_word_lead_back_to_the_field(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    slip = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    assume(slip not in WORDS and slip not in COMMON)
    mended = SPELLING.corrected(slip)
    assert mended in WORDS
    assert OSA.distance(slip, mended) <= 2


COMMON = {word for word in top_n_list("en", KNOWN) if len(word) > SHORT}


@given(st.sampled_from(sorted(COMMON | WORDS)))
def test_right_words_are_never_mended(word: str) -> None:
    assert SPELLING.corrected(word) == word


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=14))
def test_mending_is_small_and_keeps_the_first_letter(word: str) -> None:
    mended = SPELLING.corrected(word)
    assert OSA.distance(word, mended) <= (2 if len(word) >= LONG_WORD else 1)
    assert mended[:1] == word[:1]
    assert SPELLING.corrected(mended) == mended


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("세럼을 매일 써도 되나요", ["serum"]),
        ("레티놀이랑 나이아신아마이드를 같이 써도 되나요", ["retinol", "niacinamide"]),
        ("앰플은 아침에 써요?", ["ampoule"]),
        ("can i use 세럼 and toner", ["serum", "toner"]),
    ],
)
def test_korean_is_found_with_its_particles(text: str, found: list[str]) -> None:
    assert ids(text) == found


@pytest.mark.parametrize("wording", [one for one in WORDINGS if one.korean and one.label == "product_type"])
def test_every_korean_product_type_is_found_before_a_particle(wording: Wording) -> None:
    claimed = {one.id for one in WORDINGS if one.text == wording.text}
    assert set(ids(f"{wording.text}을 써요")) <= claimed and ids(f"{wording.text}을 써요")


def test_every_wording_of_the_knowledge_is_found() -> None:
    latin = [one for one in WORDINGS if not one.korean and one.label not in (SAFETY_LABEL, NO_SUBJECT_LABEL)]
    claimed: dict[str, set[str]] = {}
    for one in latin:
        claimed.setdefault(one.text, set()).add(one.id)
    missed = []
    for text, wanted in claimed.items():
        doc = FIND(f"about {text} please")
        if not any(span.id_ in wanted and span.text == at_same_places(text) for span in doc.spans["subjects"]):
            missed.append(text)
    assert len(claimed) > 1000
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "i am rich",
        "i had tea and rice for lunch",
        "rice and milk",
        "my arms are toned",
        "i watched a series",
        "what is a good routine",
        "the water is cold",
        "a light in the dark",
        "is it normal",
        "a combination of both",
        "spot the difference",
        "step by step",
        "how many stones",
        "i like the sun",
        "acid rain",
        "create an account",
        "porous walls",
        "on my phone screen",
        "my order has not arrived",
        "oil painting",
        "gold and silver",
    ],
)
def test_ordinary_words_are_no_subjects(text: str) -> None:
    assert ids(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vitamin c serum", {"ascorbic_acid": None, "serum": "form"}),
        ("niacinamide face toner", {"niacinamide": None, "toner": "form"}),
        ("a serum with vitamin c", {"serum": None, "ascorbic_acid": None}),
        ("vitamin c and serum", {"ascorbic_acid": None, "serum": None}),
        ("toner serum", {"toner": None, "serum": None}),
    ],
)
def test_a_product_type_after_an_ingredient_is_its_form(text: str, expected: dict[str, str | None]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no retinol please", {"retinol": "negated"}),
        ("a serum without fragrance", {"serum": None, "fragrance": "negated"}),
        ("i don't want retinol", {"retinol": "negated"}),
        ("fragrance-free serum", {"fragrance": "negated", "serum": None}),
        ("without fragrance for dry skin", {"fragrance": "negated", "dry": None}),
        ("not for sensitive skin", {"sensitive": "negated"}),
        ("no, i use retinol", {"retinol": None}),
        ("i don't like toner but retinol", {"toner": "negated", "retinol": None}),
        ("vitamin c. retinol at night", {"ascorbic_acid": None, "retinol": None, "night": None}),
        ("i use retinol", {"retinol": None}),
        ("no, thank you, but what about retinol", {"retinol": None}),
    ],
)
def test_negation_reaches_the_words_after_it(text: str, expected: dict[str, str | None]) -> None:
    assert roles(text) == expected


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("my lips are swelling", "severe_allergic_reaction"),
        ("i can’t breathe", "severe_allergic_reaction"),
        ("i got blisters on my face", "burn_or_blisters"),
        ("i have a chemical burn", "burn_or_blisters"),
        ("i am pregnant", "pregnancy"),
        ("im allergic to aspirin", "aspirin_allergy"),
        ("임신 중이에요", "pregnancy"),
    ],
)
def test_red_flags_and_conditions_are_found(text: str, entry: str) -> None:
    doc = FIND(text)
    assert [span.id_ for span in doc.spans["safety"]] == [entry]
    assert doc.user_data["denied"] == set()


@pytest.mark.parametrize("text", ["i'm not pregnant", "im not allergic to aspirin", "no longer pregnant"])
def test_a_condition_that_is_denied_is_marked(text: str) -> None:
    doc = FIND(text)
    assert [span.start for span in doc.spans["safety"]] == list(doc.user_data["denied"])
    assert len(doc.spans["safety"]) == 1


@pytest.mark.parametrize("text", ["my skin is red", "i can breathe well", "the cream is thick", "my skin is peeling a bit"])
def test_ordinary_complaints_are_no_red_flags(text: str) -> None:
    doc = FIND(text)
    assert list(doc.spans["safety"]) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("in the morning and at night", ["morning", "night"]),
        ("am or pm", ["night"]),
        ("AM: cleanser PM: cream", ["morning", "night"]),
        ("am: cleanser, pm: cream", ["morning", "night"]),
        ("serum in the am", ["morning"]),
        ("i am dry", []),
        ("아침에 세럼을", ["morning"]),
    ],
)
def test_times_of_day_are_found_but_not_the_verb(text: str, times: list[str]) -> None:
    doc = FIND(text)
    assert [span.id_ for span in doc.spans["subjects"] if span.label_ == "time_of_day"] == times


@given(st.text(max_size=80))
def test_any_text_keeps_its_own_offsets(text: str) -> None:
    doc = FIND(text)
    plain = at_same_places(text)
    assert len(plain) == len(text)
    for group in ("subjects", "safety"):
        for span in doc.spans[group]:
            assert plain[span.start_char : span.end_char] == span.text


@pytest.fixture(scope="module")
def extractor() -> SubjectExtractor:
    return SubjectExtractor({**SubjectExtractor.get_default_config(), "stand_ins": {"sunscreen": "sunscreen"}})


def test_the_component_gives_entities_with_id_place_and_role(extractor: SubjectExtractor) -> None:
    message = Message({TEXT: "10% niacinimide serum, no fragrance"})
    extractor.process([message])
    found = [
        (one["entity"], one["value"], one.get("role"), message.get(TEXT)[one["start"] : one["end"]])
        for one in message.get(ENTITIES)
    ]
    assert sorted(found, key=lambda one: one[3]) == [
        ("percent", "10", None, "10%"),
        ("ingredient", "fragrance", "negated", "fragrance"),
        ("ingredient", "niacinamide", None, "niacinimide"),
        ("product_type", "serum", "form", "serum"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Can I use retinol?", "can i use salicylic acid?"),
        ("a vitamin C serum", "a niacinamide toner"),
        ("is my skin type oily", "is my skin type dry"),
        ("which ampoule", "which mist"),
    ],
)
def test_the_classifier_sees_the_same_question_about_any_subject(
    extractor: SubjectExtractor, one: str, other: str
) -> None:
    messages = extractor.process([Message({TEXT: one}), Message({TEXT: other}), Message({TEXT: "which sunscreen"})])
    assert messages[0].get(MASKED_TEXT) == messages[1].get(MASKED_TEXT) != messages[2].get(MASKED_TEXT)
    assert messages[2].get(MASKED_TEXT) == "which sunscreen"
