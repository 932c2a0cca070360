"""Mistakes in what a model is trained from are found before training, each with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.paths import ROOT
from bot.rasa.data_check import DataError, check_training_data
from bot.rasa.data_files import domain_files, training_files

HEAD = 'version: "3.1"\n'


def problems(root: Path) -> list[str]:
    """What is found wrong in a project."""
    with pytest.raises(DataError) as caught:
        check_training_data(root)
    return caught.value.problems


def test_the_projects_own_data_has_no_mistakes(project: Path) -> None:
    check_training_data(ROOT)
    check_training_data(project)


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "data/nlu/greet.yml", "data/rules/chat.yml"])
def test_broken_yaml_is_named_with_its_line(project: Path, name: str) -> None:
    path = project / name
    lines = path.read_text(encoding="utf-8").count("\n")
    with path.open("a", encoding="utf-8") as file:
        file.write("more: [\n")
    (problem,) = problems(project)
    assert name in problem and f":{lines + 2}:" in problem and "not YAML" in problem


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("nlu/x.yml", "nlu:\n- intent: gret\n  examples: |\n    - hi\n", ["x.yml:3:", "intent gret", "Did you mean greet?"]),
        ("nlu/x.yml", "nlu:\n- intnt: greet\n  examples: |\n    - hi\n", ["x.yml:3:", "intnt", "Did you mean intent?"]),
        ("nlu/x.yml", "nlu:\n- intent: greet\n  examples:\n  - hi\n", ["x.yml:4:", "examples: |"]),
        ("nlu/x.yml", "nlu:\n- intent: greet\n  examples: |\n    hi\n", ["x.yml:4:", "dash"]),
        ("nlu/x.yml", "nlu:\n- intent: greet\n", ["x.yml:3:", "no examples"]),
        ("nlu/x.yml", "- intent: greet\n", ["x.yml:2:", "not YAML"]),
        ("rules/x.yml", "rules:\n- rule: x\n  steps:\n  - intent: gret\n  - action: action_chat\n", ["x.yml:5:", "intent gret"]),
        ("rules/x.yml", "rules:\n- rule: x\n  steps:\n  - intent: greet\n  - action: action_chatt\n", ["x.yml:6:", "action_chat?"]),
        (
            "stories/x.yml",
            "stories:\n- story: x\n  steps:\n  - or:\n    - intent: greet\n    - intent: gret\n  - action: action_chat\n",
            ["x.yml:7:", "intent gret"],
        ),
        ("nlu/x.yml", "nlu:\n- intent: greet\n  intent: thank\n  examples: |\n    - hi\n", ["x.yml:4:", "given twice"]),
    ],
)
def test_mistakes_that_rasa_learns_silently(project: Path, name: str, content: str, words: list[str]) -> None:
    path = project / "data" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + content, encoding="utf-8")
    (problem,) = problems(project)
    assert all(word in problem for word in words), problem


def test_what_is_right_is_not_refused(project: Path) -> None:
    (project / "data" / "stories").mkdir()
    (project / "data" / "stories" / "x.yml").write_text(
        HEAD + "nlu:\n- intent: faq/hours\n  examples: |\n    - open?\n- lookup: brand\n  examples: |\n    - Testari\n"
        "responses:\n  utter_faq/hours:\n  - text: nine to five\n"
        "stories:\n- story: x\n  steps:\n  - intent: faq/hours\n  - action: utter_faq\n  - action: action_listen\n",
        encoding="utf-8",
    )
    domain = project / "domain.yml"
    domain.write_text(domain.read_text(encoding="utf-8").replace("intents:\n", "intents:\n- faq: {use_entities: []}\n"), encoding="utf-8")
    check_training_data(project)


def test_all_of_data_and_every_part_of_the_domain_count(project: Path) -> None:
    (project / "domain").mkdir()
    (project / "domain" / "more.yml").write_text(HEAD + "intents:\n- more\n", encoding="utf-8")
    (project / "data" / "knowledge").mkdir()
    (project / "data" / "knowledge" / "pairs.yml").write_text("a_x_b: {a: a}\n", encoding="utf-8")
    (project / "data" / "extra.yml").write_text(HEAD + "nlu:\n- intent: more\n  examples: |\n    - more\n", encoding="utf-8")
    (project / "data" / "stories" / "deep").mkdir(parents=True)
    (project / "data" / "stories" / "deep" / "x.yaml").write_text(HEAD + "stories: []\n", encoding="utf-8")
    names = {str(path.relative_to(project)) for path in training_files(project)}
    assert {"data/extra.yml", "data/stories/deep/x.yaml", "data/nlu/greet.yml"} <= names
    assert "data/knowledge/pairs.yml" not in names
    assert [path.name for path in domain_files(project)] == ["domain.yml", "more.yml"]
    check_training_data(project)
    (project / "domain.yml").rename(project / "domain" / "main.yml")
    check_training_data(project)


def test_a_project_without_a_domain_says_so(project: Path) -> None:
    (project / "domain.yml").unlink()
    assert "domain.yml" in problems(project)[0]
