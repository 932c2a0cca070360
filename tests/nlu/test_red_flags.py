"""Red flags are found in whatever words, and what only sounds like one is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.nlu.pipeline import SubjectFinder
from bot.nlu.vocabulary import signs, wordings
from bot.paths import DATA
from bot.rules.safety import red_flags
from tests.knowledge import knowledge

CASES = yaml.safe_load((Path(__file__).parent / "red_flags.yml").read_text("utf-8"))
FLAGS = [(entry, text) for entry, texts in CASES["flags"].items() for text in texts]
FIND = SubjectFinder(wordings(knowledge()), signs(knowledge()))
RED = red_flags(knowledge())
# Kinds of message that may well name a red flag.
ABOUT_REACTIONS = {"report_reaction", "ask_medical", "ask_irritation", "ask_allergy"}
MOST_FALSE_ALARMS = 0.001


def flagged(text: str) -> set[str]:
    """Ids of the red flags that the message shows."""
    doc = FIND(text)
    return {span.id_ for span in doc.spans["safety"] if span.id_ in RED and span.start not in doc.user_data["denied"]}


def test_there_are_enough() -> None:
    assert len(FLAGS) >= 180
    assert len(CASES["near_misses"]) >= 130


@pytest.mark.parametrize(("entry", "text"), FLAGS)
def test_a_red_flag_is_found(entry: str, text: str) -> None:
    assert flagged(text), entry


def test_nearly_all_are_taken_for_what_they_are() -> None:
    wrong = [(entry, text, flagged(text)) for entry, text in FLAGS if entry not in flagged(text)]
    assert len(wrong) <= 0.05 * len(FLAGS), wrong


@pytest.mark.parametrize("text", CASES["near_misses"])
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert flagged(text) == set()


def test_examples_of_other_questions_raise_no_alarm() -> None:
    alarms, count = [], 0
    for path in (DATA / "nlu").glob("*.yml"):
        if path.stem in ABOUT_REACTIONS:
            continue
        for line in yaml.safe_load(path.read_text("utf-8"))["nlu"][0]["examples"].splitlines():
            count += 1
            if flagged(line[2:]):
                alarms.append((path.stem, line[2:], flagged(line[2:])))
    assert len(alarms) <= MOST_FALSE_ALARMS * count, alarms


@pytest.mark.parametrize("slip", ["my face is swolen", "help i cant breeth", "blisterd skin after the peel", "pus is oozng from my chin"])
def test_typing_slips_are_forgiven(slip: str) -> None:
    assert flagged(slip)
