"""No message takes long to understand, whatever is in it, and none is remembered for ever."""

from __future__ import annotations

import asyncio
import random
import string
import time
from functools import lru_cache
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rich.console import Console

from bot.channels.incoming import LONGEST_RUN, MOST_ALIKE, message_text
from bot.nlu import bounds
from bot.nlu.pipeline import SubjectFinder
from bot.nlu.tokens import MOST_TOKENS, MessageTokens
from bot.nlu.vocabulary import Wording
from bot.rasa.training import ensure_model
from bot.settings import settings
from tests.hostile.machine import slowness
from tests.hostile.texts import repeats, unknown_words

pytestmark = pytest.mark.alone
LIMITS = {2000: 0.080, 6000: 0.240}
MARGIN = 1.5
TRIES = 4
FINDER = SubjectFinder([Wording("retinol", "ingredient", "retinol"), Wording("serum", "product_type", "serum")])


@lru_cache(maxsize=1)
def agent() -> Agent:
    """The trained assistant, warmed up."""
    loaded = Agent.load(str(ensure_model(settings().models, Console(stderr=True))))
    understand(loaded, "may I use retinol every day?")
    return loaded


def understand(loaded: Agent, text: str) -> dict[str, Any]:
    """What the whole pipeline makes of a text."""
    assert loaded.processor is not None
    return asyncio.run(loaded.processor.parse_message(UserMessage(text)))


def seconds(loaded: Agent, text: str, limit: float) -> float:
    """CPU time of all threads, where it is over the limit as on the machine where the limits were set."""
    began = time.process_time()
    understand(loaded, text)
    spent = time.process_time() - began
    return spent if spent <= limit else spent / slowness()


@pytest.mark.parametrize("length", LIMITS)
@pytest.mark.parametrize("cleaned", [True, False], ids=["by a channel", "as it came"])
def test_every_text_is_understood_in_time(length: int, cleaned: bool) -> None:
    loaded = agent()
    slow = {}
    for name, text in [*repeats(length).items(), *unknown_words(length).items()][:: 2 if length == 2000 and cleaned else 5]:
        text = message_text(text, length) if cleaned else text
        if text.startswith("/"):
            continue
        spent = min(_until_quick(loaded, text, LIMITS[length] * MARGIN))
        if spent > LIMITS[length] * MARGIN:
            slow[name] = round(spent * 1000)
    assert not slow


def _until_quick(loaded: Agent, text: str, limit: float) -> Any:
    """Times of a few tries, as another program may come between; of letters turned round, so that none is known yet."""
    for number in range(TRIES):
        spent = seconds(loaded, text.translate(_turned(number)), limit)
        yield spent
        if spent <= limit:
            return


def _turned(number: int) -> dict[int, int]:
    """Letters for letters, where the text is of unknown words; the first try takes it as it is."""
    rare = "qxzjkvw"
    return str.maketrans(rare, rare[number:] + rare[:number])


def test_a_long_message_by_rasas_own_channels_is_cut() -> None:
    loaded = agent()
    limit = LIMITS[6000] * MARGIN
    assert min(_until_quick(loaded, "serum and retinol " * 20_000, limit)) <= limit


def test_danger_is_seen_in_front_of_any_padding() -> None:
    found = understand(agent(), message_text("I can't breathe since the cream " + "=" * 3000, 6000))
    assert found["intent"]["name"] == "red_flag" or any(one["entity"] == "safety" for one in found["entities"])


@pytest.mark.parametrize("text", ["wait!!!!!!!! what", "a" * 300, "x=" * 200 + " serum", "serum " + "🧴" * 90, "ok", ""])
def test_what_is_looked_at_keeps_its_places(text: str) -> None:
    for made in (bounds.readable(text, 6000), bounds.in_short_runs(text)):
        assert len(made) == len(text)
        assert all(one in (other, " ") for one, other in zip(made, text))


def test_runs_are_short_and_rows_end() -> None:
    assert max(map(len, bounds.in_short_runs("a" * 500 + ",b" * 200).split())) <= bounds.LONGEST_RUN
    assert bounds.readable("no" + "!" * 50, 6000).split() == ["no!!!"]
    assert len(bounds.readable("serum " * 9000, 6000)) == 6000


def test_a_list_without_blanks_keeps_its_names() -> None:
    names = ["Glycerin", "Butylene Glycol", "Niacinamide", "Panthenol", "Allantoin"] * 5
    kept = bounds.in_short_runs(",".join(names).replace(" ", "_"))
    assert [name for part in kept.split() for name in part.split(",")] == [name.replace(" ", "_") for name in names]


def test_channels_shorten_what_only_makes_work() -> None:
    assert message_text("so" + "o" * 500 + " good", 6000) == "s" + "o" * MOST_ALIKE + " good"
    listed = message_text(",".join(["glycerin"] * 60), 6000)
    assert max(map(len, listed.split())) <= LONGEST_RUN and listed.replace(" ", "") == ",".join(["glycerin"] * 60)
    assert message_text("a " * 2900, 6000) == "/refuse_too_long"


def test_subjects_stand_at_their_places_behind_long_runs() -> None:
    text = "x" * 90 + " retinol" + "?" * 40 + " serum"
    doc = FINDER(bounds.readable(text, 6000))
    assert [(span.id_, text[span.start_char : span.end_char]) for span in doc.spans["subjects"]] == [
        ("retinol", "retinol"), ("serum", "serum"),
    ]


def test_words_beyond_a_message_are_left_out() -> None:
    import spacy

    tokens = MessageTokens(spacy.blank("en"))
    assert len(tokens("1$" * 3000)) <= MOST_TOKENS


def test_words_are_forgotten() -> None:
    import spacy

    chance = random.Random(3)
    tokens = MessageTokens(spacy.blank("en"), most_words=3000)
    most = 0
    for _ in range(40):
        doc = tokens(" ".join("".join(chance.choices(string.ascii_lowercase, k=9)) for _ in range(300)))
        assert len(doc) == 300
        most = max(most, tokens.words)
        tokens.settled()
    assert 3000 < most < 4000, "what comes while the new ones are made is kept too"
