"""What the owner is told about the examples, and the groups and figures it rests on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message

from bot.nlu import advice
from bot.nlu.evaluation import Example, Judged, alike, components, examples, macro_f1, near_duplicates, scores, skeleton
from bot.nlu.subjects import MASKED_TEXT
from bot.paths import DATA, ROOT


def example(intent: str, text: str = "text", line: int = 5) -> Example:
    return Example(intent, text, Path("data/nlu") / f"{intent}.yml", line)


def judged(intent: str, guess: str, confidence: float = 0.9, own: float = 0.0) -> Judged:
    return Judged(example(intent), guess, confidence, own)


def message(masked: str, *vector: float) -> Message:
    found = Message({TEXT: masked, MASKED_TEXT: masked})
    found.add_features(Features(np.array([vector], dtype=np.float32), FEATURE_TYPE_SENTENCE, TEXT, "encoder"))
    return found


def test_examples_are_read_with_their_line() -> None:
    found = examples(DATA / "nlu")
    one = found[len(found) // 2]
    assert one.text in one.path.read_text(encoding="utf-8").splitlines()[one.line - 1]
    assert {one.intent for one in found} == {one.path.stem for one in found}


def test_the_pipeline_is_taken_up_to_its_classifier() -> None:
    before, (classifier, settings) = components(ROOT / "config.yml")
    assert [component.__name__ for component, _ in before][0] == "SubjectExtractor"
    assert hasattr(classifier, "train") and "ranking_length" in settings


def test_near_duplicates_of_an_intent_share_a_group() -> None:
    messages = [
        message("is the serum ok ?", 1, 0), message("is niacinamide ok", 0, 1), message("how much", 1, 1),
        message("how many", 1, 1.01), message("is serum ok", 0.5, -1),
    ]
    groups = near_duplicates(messages, np.array(["a", "a", "a", "a", "b"]))
    assert groups[0] == groups[1] and groups[2] == groups[3]
    assert len({groups[0], groups[2], groups[4]}) == 3


def test_alike_compares_directions() -> None:
    assert alike([message("a", 1, 0), message("b", 5, 0.1), message("c", 0, 1)]) == [(0, 1)]


@pytest.mark.parametrize(("masked", "left"), [("is the serum ok ?", "is ok"), ("niacinamide", ""), ("my oily skin", "skin")])
def test_a_skeleton_is_what_is_asked_without_the_subject(masked: str, left: str) -> None:
    assert skeleton(masked) == left


def test_figures() -> None:
    found = [judged("a", "a"), judged("a", "b"), judged("b", "b")]
    assert scores(found)["a"] == pytest.approx((1.0, 0.5, 2 / 3, 2))
    assert list(scores(found)) == ["a", "b"]
    assert macro_f1(found) == pytest.approx(2 / 3)


def test_a_thin_intent_is_told_how_many_are_missing() -> None:
    findings = list(advice.thin([example("a")] * 10 + [example("b")] * 50))
    assert [finding.sentence for finding in findings] == ["a has only 10 examples. Add 30 more to a.yml, as people really write them."]


def test_a_weak_intent_is_told_what_it_is_taken_for() -> None:
    findings = list(advice.weak([judged("a", "b")] * 3 + [judged("a", "a")] * 3 + [judged("b", "b")] * 30))
    assert len(findings) == 1 and "taken most often for b (3 times)" in findings[0].sentence
    assert findings[0].places[0] == 'nlu/a.yml, line 5: "text"'


def test_confused_pairs_count_both_ways_worst_first() -> None:
    findings = list(advice.confused([judged("a", "b")] * 4 + [judged("b", "a")] * 3 + [judged("c", "a")] * 9 + [judged("c", "b")]))
    assert [finding.sentence.split(".")[0] for finding in findings] == ["a and c are confused 9 times", "a and b are confused 7 times"]


def test_only_a_sure_guess_calls_an_example_mislabelled() -> None:
    findings = list(advice.mislabelled([judged("a", "b", 0.95, 0.01), judged("a", "b", 0.6, 0.01), judged("a", "b", 0.9, 0.1)]))
    assert [finding.sentence.split(".")[0] for finding in findings] == ["This example of a reads like b"]


def test_doubles_across_files_come_first() -> None:
    findings = list(advice.doubled([example("a"), example("a"), example("b")], [(0, 1), (1, 2)]))
    assert [finding.sentence.split(".")[0] for finding in findings] == ["a and b hold almost the same example", "a says this twice"]


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "results" / "confusion.png"
    advice.picture([judged("a", "b"), judged("b", "b")], path)
    assert path.read_bytes().startswith(b"\x89PNG")
