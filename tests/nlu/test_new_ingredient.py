"""A new ingredient is one YAML entry: understood, answered, paired and found on labels, with the model as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.training_data.message import Message

from bot.labels.parsing import parse
from bot.nlu.subjects import SubjectExtractor
from bot.paths import KNOWLEDGE
from bot.rasa.training import inputs
from bot.rules.advice import Profile, Question
from bot.rules.answers import answer
from bot.rules.knowledge import Knowledge, load
from bot.rules.labelling import LabelReader
from bot.rules.labels import about_label
from bot.rules.schema import Verdict

README = (KNOWLEDGE / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge with the ingredient and the pair that its README shows."""
    made = tmp_path_factory.mktemp("knowledge")
    for path in KNOWLEDGE.glob("*.yml"):
        (made / path.name).write_bytes(path.read_bytes())
    ingredient, pair = (block.split("```")[0] for block in README.split("```yaml")[1:3])
    for name, entry in (("ingredients", ingredient), ("pairs", pair)):
        with (made / f"{name}.yml").open("a", encoding="utf-8") as file:
            file.write("\n" + entry)
    families = yaml.safe_load((made / "families.yml").read_text("utf-8"))
    families["botanical_soothing"]["members"].append("bean_extract")
    (made / "families.yml").write_text(yaml.safe_dump(families, allow_unicode=True), "utf-8")
    return made


@pytest.fixture(scope="module")
def data(folder: Path) -> Knowledge:
    """The knowledge with the new entries."""
    return load(folder)


@pytest.mark.parametrize("text", ["can i use mung bean with retinol", "what is nokdu", "녹두추출물?"])
def test_it_is_understood(text: str, folder: Path) -> None:
    extractor = SubjectExtractor({**SubjectExtractor.get_default_config(), "knowledge": str(folder)})
    message = extractor.process([Message({"text": text})])[0]
    assert "bean_extract" in [entity["value"] for entity in message.get("entities")]


def test_it_is_answered_and_paired(data: Knowledge) -> None:
    assert "mung bean" in answer(data, Question("what_is", ("bean_extract",))).lines[0].text.lower()
    together = answer(data, Question("together", ("bean_extract", "retinol")))
    assert together.verdict is Verdict.YES
    assert "does not clash" in " ".join(line.text for line in together.lines)


def test_it_is_found_on_a_label(data: Knowledge) -> None:
    reading = LabelReader(data).read(parse("정제수, 녹두추출물, Carbomer"))
    assert [place.ingredient for place in reading.ingredients] == ["water", "bean_extract"]
    told = about_label(data, reading, Profile())
    assert any(line.params.get("subject") == "mung bean extract" for line in told.lines)


def test_no_training_depends_on_the_knowledge() -> None:
    assert not [path for path in inputs() if KNOWLEDGE in path.parents]
