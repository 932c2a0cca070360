"""Product titles are seen as such, so that neither their words nor their subjects stand in the way of the question."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.subjects import MASKED_TEXT, SubjectExtractor
from tests.extracting import extractor_of

NAMES = """haneul-rice\tHaneul Dew\tHaneul Dew Rice Milk Glow Serum\tSerum\t
bomnal-sprout\tBomnal Garden\tBomnal Garden Barley Sprout Serum
haneul-ha\tHaneul Dew\tHaneul Dew Hyaluronic Ampoule
plain-c\tPlain Lab\tVitamin C Serum
dry-cream\tPlain Lab\tDaily Moisturizer for Dry Skin
moon\tByeolsori\tByeolsori Moonsnail Bounce Cream
birch\tHaneul Dew\tHaneul Dew Birch Sap Hydrating Serum\tSerum\tbirch sap
daybreak\tSaebyeok Derm\tSaebyeok Derm Daybreak C15 Serum\tSerum\t
tea\tBomnal Garden\tBomnal Garden Green Tea Seed Serum\tSerum\t
"""


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.tsv"
    path.write_text(NAMES, encoding="utf-8")
    return path


def read(names: Path, text: str) -> Message:
    """The message as the extractor leaves it."""
    return extractor_of(names).process([Message({TEXT: text})])[0]


def found(message: Message) -> list[tuple[str, str]]:
    return [(one["entity"], one["value"]) for one in message.get(ENTITIES)]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Rice Milk Glow Serum price", "the serum price"),
        ("how much is the rice milk glow serum?", "how much is the serum ?"),
        ("is Haneul Dew Rice Milk Glow vegan", "is the serum vegan"),
        ("moonsnail in stock?", "the serum in stock ?"),
        ("how much is the birch sap serum", "how much is the serum"),
        ("compare the birch sap serum and rice milk serum", "compare the serum and the serum"),
        ("what is in the dayberak serum?", "what is in the serum ?"),
        ("is the daybreak one vegan", "is the serum vegan"),
    ],
)
def test_a_title_is_masked_as_one_product(names: Path, text: str, masked: str) -> None:
    assert read(names, text).get(MASKED_TEXT) == masked


def test_words_of_a_title_are_no_wishes_but_its_kind_counts(names: Path) -> None:
    message = read(names, "is the Rice Milk Glow Serum ok for acne")
    assert found(message) == [("product", "haneul-rice"), ("product_type", "serum"), ("concern", "acne")]


@pytest.mark.parametrize(
    "text",
    ["vitamin c serum", "is hyaluronic acid good", "for dry skin", "milk and rice", "a serum that gives glow", "garden",
     "birch sap is good for?", "the green tea serum", "rice serum for dry skin"],
)
def test_ordinary_words_are_no_products(names: Path, text: str) -> None:
    assert "product" not in [label for label, _ in found(read(names, text))]


def test_names_are_read_again_when_they_changed(names: Path) -> None:
    extractor = SubjectExtractor({**SubjectExtractor.get_default_config(), "product_names": str(names)})
    assert found(extractor.process([Message({TEXT: "dokkaebi price"})])[0]) == []
    names.write_text("d\tNew\tDokkaebi Cream\n", encoding="utf-8")
    os.utime(names, (1, 1))
    assert found(extractor.process([Message({TEXT: "dokkaebi price"})])[0]) == [("product", "d")]


def test_without_a_file_no_product_is_known(tmp_path: Path) -> None:
    assert found(read(tmp_path / "none.tsv", "moonsnail in stock?")) == []
