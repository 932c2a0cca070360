"""Yes and no stand before an answer to a yes-or-no question, and before no other."""

from __future__ import annotations

import pytest
import yaml

from actions.resources import knowledge
from actions.skincare import wants_yes_or_no
from actions.wording import Wording, body
from bot.paths import ROOT
from bot.rules.advice import Advice, Line, Question
from bot.rules.answers import answer
from bot.rules.schema import Verdict

WORDING = Wording(yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8")))


def said(question: Question) -> str:
    """The answer's first sentences, to a question for yes or no where it is polar."""
    return body(WORDING, answer(knowledge(), question), question.polar)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        (Question("frequency", ("serum",)), "A serum is made for daily use"),
        (Question("frequency", ("serum",), polar=True), "Yes. A serum is made for daily use"),
        (Question("frequency", ("ampoule",), polar=True), "No. Use an ampoule two to three times a week"),
        (Question("rinse_off", ("essence",), polar=True), "No. Do not rinse an essence off"),
        (Question("can_use", ("niacinamide",), polar=True), "Yes. Most people can use niacinamide."),
        (Question("together", ("niacinamide", "retinol")), "Niacinamide and retinol go well together."),
        (Question("together", ("niacinamide", "retinol"), polar=True), "Yes. Niacinamide and retinol go well together."),
        (Question("together", ("retinoid", "aha"), polar=True), "Not on the same night"),
        (Question("together", ("retinol", "tretinoin"), polar=True), "No. Avoid retinol together with tretinoin."),
        (Question("for_skin_type", ("menthol",), needs=("sensitive",), polar=True), "No. Menthol is better left out"),
        (Question("need", ("mandelic_acid",), polar=True), "No single ingredient is a must"),
    ],
)
def test_an_answer_begins(question: Question, first: str) -> None:
    assert said(question).startswith(first)


def test_no_word_of_a_normal_sentence_is_taken_for_a_verdict() -> None:
    advice = Advice(Verdict.YES, (Line(text="Normal skin can use it. "),))
    assert body(WORDING, advice, True).startswith("Yes. Normal")


@pytest.mark.parametrize(
    ("question", "verdict", "message", "wanted"),
    [
        (Question("frequency", polar=True), Verdict.YES, "can i use it daily", True),
        (Question("frequency"), Verdict.YES, "how often", False),
        (Question("sunscreen", polar=True), Verdict.YES, "do i need sunscreen with retinol", True),
        (Question("sunscreen", polar=True), Verdict.YES, "can i skip sunscreen with retinol", False),
        (Question("sunscreen", polar=True), Verdict.DEPENDS, "do i need sunscreen", False),
        (Question("for_concern", polar=True), Verdict.YES, "does niacinamide help acne", True),
        (Question("for_concern", polar=True), Verdict.YES, "is niacinamide bad for acne", False),
        (Question("for_concern", polar=True), Verdict.DOCTOR, "does it help acne", False),
        (Question("together"), Verdict.YES, "centella and salicylic acid?", True),
        (Question("together"), Verdict.CAREFUL, "retinol and aha?", False),
        (Question("can_use"), Verdict.YES, "what about sunscreen?", True),
        (Question("can_use"), Verdict.YES, "what can i use", False),
        (Question("texture", polar=True), Verdict.YES, "is a serum thick", False),
    ],
)
def test_a_verdict_is_wanted_where_yes_or_no_was_asked_for(question: Question, verdict: Verdict, message: str, wanted: bool) -> None:
    assert wants_yes_or_no(question, Advice(verdict, ()), message) is wanted
