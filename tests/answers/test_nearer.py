"""A likely situation whose advice is much nearer to the message is spoken of instead of generalities, and nothing that acts is replaced."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import door
from bot.answers.door import Place, reply
from bot.answers.resources import Resources
from bot.rules.advice import Profile
from bot.settings import settings
from bot.understanding.frame import Guess
from bot.understanding.memory import Memory
from tests.understanding.reading import frame

RESOURCES = Resources(settings())
PLACE = Place("", "rest", 0.0)
FIRST = "mens routine 3 products max pls"
FOR_MEN = "first_routine_for_men"


def said(text: str, kind: str, share: float, person: Profile | None = None, name: str = FOR_MEN) -> str:
    """The answer to a text of a kind that may tell of the situation with this share."""
    told = replace(frame(text, kind), situations=(Guess(name, share),))
    messages, _ = reply([told], Memory(person=person or Profile()), PLACE, RESOURCES)
    return " ".join(one.text for one in messages)


def test_the_nearer_advice_is_said() -> None:
    advice = RESOURCES.knowledge.situations[FOR_MEN].fact.say.split(".")[0]
    assert advice in said(FIRST, "how_many_at_once", 0.6) and advice not in said(FIRST, "how_many_at_once", 0.2)


@pytest.mark.parametrize("kind", ["human", "upset", "report_problem", "change_order", "irritation"])
def test_what_acts_and_what_tells_to_stop_stay(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = said(FIRST, kind, 0.4)
    monkeypatch.setattr(door, "may_be_outdone", lambda *_: False)
    assert answer == said(FIRST, kind, 0.4)


def test_what_is_further_away_is_not_said() -> None:
    text = "how often should I use a clay mask"
    assert said(text, "frequency", 0.6) == said(text, "frequency", 0.0)


def test_a_refusal_stays() -> None:
    pregnant = Profile(pregnant=True)
    assert "retinol" in said("can a man use retinol in a routine", "can_use", 0.6, pregnant).lower()
