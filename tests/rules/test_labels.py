"""What a label is taken for, what is pointed out on it, and that it never gets laxer for a person with more to mind."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.labels.inci import normalise_inci
from bot.labels.parsing import parse
from bot.rules.advice import Advice, Profile
from bot.rules.labelling import LabelReader
from bot.rules.labels import about_label, comedogenic
from bot.rules.safety import pregnancy_status
from bot.rules.schema import Verdict
from bot.rules.steps import Step
from tests.knowledge import knowledge

KNOWLEDGE = knowledge()
READER = LabelReader(KNOWLEDGE)
CASES = yaml.safe_load((Path(__file__).parents[1] / "labels" / "cases.yml").read_text("utf-8"))["one_percent"]
STRICTNESS = (None, Verdict.CAREFUL, Verdict.DOCTOR, Verdict.NO)
NAMES = sorted({one.inci for one in KNOWLEDGE.ingredients.values()} | {one.inci for one in KNOWLEDGE.label_names.values()})
labels = st.lists(st.sampled_from(NAMES), min_size=2, max_size=12, unique=True).map(", ".join)


def advice(text: str, profile: Profile | None = None) -> Advice:
    """What is said of a label."""
    return about_label(KNOWLEDGE, READER.read(parse(text)), profile or Profile())


def keys(found: Advice) -> list[str]:
    """Wordings of the lines and cautions."""
    return [line.key for line in (*found.lines, *found.cautions)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_where_the_one_percent_line_lies(case: dict[str, object]) -> None:
    line = READER.read(parse(str(case["text"]))).line
    assert (None if line is None else line - 1) == case["line"]


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("Water, Zinc Oxide, Cyclopentasiloxane, Glycerin", "sunscreen"),
        ("Water, Sodium Cocoyl Isethionate, Coco-Betaine, Glycerin", "cleanser"),
        ("Caprylic/Capric Triglyceride, Sorbeth-30 Tetraoleate, Tocopherol", "oil_cleanser"),
        ("Simmondsia Chinensis Seed Oil, Squalane, Tocopherol", "facial_oil"),
        ("Water, Kaolin, Bentonite, Glycerin", "clay_mask"),
        ("Water, Glycerin, Cetearyl Alcohol, Squalane, Niacinamide, Phenoxyethanol", "cream"),
        ("Water, Glycolic Acid, Butylene Glycol, Xanthan Gum", "exfoliant"),
        ("Water, Butylene Glycol, Niacinamide, Carbomer, Phenoxyethanol", "serum"),
        ("정제수, 글리세린, 나이아신아마이드, 카보머", "serum"),
        ("Water, Butylene Glycol, Betaine", "toner"),
        ("Something, Else, Entirely", None),
    ],
)
def test_what_a_label_is_taken_for(text: str, clue: str | None) -> None:
    assert READER.read(parse(text)).clue == clue


def test_what_the_person_calls_it_is_not_guessed_again() -> None:
    reading = READER.read(parse("Water, Niacinamide, Carbomer"))
    assert about_label(KNOWLEDGE, reading, Profile(), ["toner"]).lines[0].key == "label_called"


def test_an_unknown_name_stays_unknown() -> None:
    reading = READER.read(parse("Water, Unheard Of Extract, Niacinamide"))
    assert [place.known for place in reading.places] == [True, False, True]
    told = [line for line in advice("Water, Unheard Of Extract, Niacinamide").more if line.key == "label_unknown_names"]
    assert told[0].params["names"] == "Unheard Of Extract"


def test_korean_and_plant_names_are_the_same_ingredient() -> None:
    korean = READER.read(parse("정제수, 병풀추출물, 소듐하이알루로네이트"))
    assert [place.ingredient for place in korean.places] == ["water", "centella_extract", "sodium_hyaluronate"]
    plant = READER.read(parse("Water, Camellia Sinensis Leaf Water, Centella Asiatica (Gotu Kola) Leaf Extract"))
    assert [place.ingredient for place in plant.places] == ["water", "green_tea", "centella_extract"]


def test_fragrance_and_its_allergens_are_pointed_out_by_the_eu_list() -> None:
    found = advice("Water, Glycerin, Parfum, Limonene, Hexyl Cinnamal")
    line = next(line for line in found.lines if line.key == "label_irritants")
    assert line.params["names"] == "fragrance, limonene and hexyl cinnamal"
    assert "EU3" in found.sources
    korean = next(line for line in advice("정제수, 향료, 리모넨").lines if line.key == "label_irritants")
    assert korean.params["names"] == "fragrance and limonene"
    assert any(line.key == "label_allergens" for line in found.more)


def test_a_softening_alcohol_is_no_irritant() -> None:
    assert "label_irritants" not in keys(advice("Water, Cetearyl Alcohol, Glycerin"))
    assert "label_irritants" in keys(advice("Water, Alcohol Denat., Glycerin"))


def test_comedogenic_ratings_are_left_out_and_called_old_when_asked() -> None:
    assert not any("comedogenic" in line.text.lower() for line in advice("Water, Cocos Nucifera Oil, Glycerin").lines)
    said = comedogenic(KNOWLEDGE)
    assert said and "rabbit" in said.text


def test_what_clashes_with_the_routine() -> None:
    using = Profile(routine=(Step("serum", actives=("retinol",)),))
    found = advice("Water, Glycolic Acid, Carbomer", using)
    assert found.verdict is Verdict.CAREFUL
    assert "label_clash_alternate_nights" in keys(found)
    assert advice("Water, Hyaluronic Acid, Carbomer", using).verdict is None


def test_what_the_person_is_allergic_to_or_avoids() -> None:
    assert advice("Water, Salicylic Acid", Profile(safety=("aspirin_allergy",))).verdict is Verdict.DOCTOR
    assert advice("Water, Parfum", Profile(avoids=("fragrance",))).verdict is Verdict.NO


def test_retinol_is_warned_of_whoever_asks() -> None:
    assert "label_pregnancy_note" in keys(advice("Water, Retinol, Carbomer"))
    pregnant = advice("Water, Retinol, Salicylic Acid", Profile(pregnant=True))
    assert pregnant.verdict is Verdict.NO
    assert {"label_pregnancy_avoid", "label_pregnancy_ask_doctor"} <= set(keys(pregnant))


@given(labels)
def test_a_label_is_never_laxer_for_who_has_more_to_mind(text: str) -> None:
    plain = STRICTNESS.index(advice(text).verdict)
    for more in (Profile(pregnant=True), Profile(skin_types=("sensitive",)), Profile(irritated=True), Profile(age=14)):
        found = advice(text, more)
        assert STRICTNESS.index(found.verdict) >= plain
        assert Verdict.YES is not found.verdict


@given(labels)
def test_everything_avoided_in_pregnancy_is_named(text: str) -> None:
    found = advice(text, Profile(pregnant=True))
    said = " ".join(value for line in found.cautions for value in line.params.values())
    for one in KNOWLEDGE.ingredients.values():
        if normalise_inci(one.inci) in [normalise_inci(name) for name in text.split(", ")]:
            ids = [key for key, other in KNOWLEDGE.ingredients.items() if other is one]
            if (pregnancy_status(KNOWLEDGE, ids[0]) or ("",))[0] == "avoid":
                assert one.name in said
                assert found.verdict is Verdict.NO


@given(labels)
def test_a_reading_has_sources_or_nothing_to_source(text: str) -> None:
    found = advice(text)
    assert all(key in KNOWLEDGE.sources for key in found.sources)
    assert found.sources or {line.key for line in found.lines} <= {"label_unclear", "label_called", "label_line", "label_drug"}
