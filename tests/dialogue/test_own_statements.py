"""What an owner switched off is not said in a conversation any more, neither anew nor from what it remembers; what they reworded is, at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.home.folder import STATEMENTS, Home
from bot.phrases import phrases
from bot.statements.at_home import LOOK_AGAIN_S
from bot.statements.changing import Changing
from tests.conftest import Assistant
from tests.knowledge import knowledge
from tests.statements.test_allowed import MIST, of

ASKED = "What is the difference between a mist and a toner?"
SITUATION = "situations.comedogenic_scores.fact"
TOLD = "My face oil has a comedogenic rating of 4 in those lists, do these ratings mean anything?"
WORDS = "Pat a toner on after washing; spray a mist whenever you like."
SILENCE = phrases().say("statement_off")


@pytest.fixture
def changing(server_folder: Path) -> Iterator[Changing]:
    """Changes what the server's owner has said, and takes all of it back."""
    home = Home(server_folder / "var" / "home")
    yield Changing(home, knowledge)
    home.put(STATEMENTS, None)
    time.sleep(2 * LOOK_AGAIN_S)


def count() -> None:
    """Until a change counts."""
    time.sleep(2 * LOOK_AGAIN_S)


def test_a_switched_off_statement_is_not_said(assistant: Assistant, changing: Changing) -> None:
    (text,) = of(MIST).texts
    assert text in assistant.text(ASKED)
    changing.switch_off(of(MIST), "Mina")
    count()
    for talk in (assistant, assistant.other()):
        said = talk.text(ASKED)
        assert text not in said and SILENCE in said and "Source" not in said, said
    changing.put_back(of(MIST), "Mina")
    count()
    assert text in assistant.other().text(ASKED)


def test_other_words_are_said_with_the_same_sources(assistant: Assistant, changing: Changing) -> None:
    before = assistant.text(ASKED)
    changing.reword(of(MIST), [WORDS], "Mina")
    count()
    said = assistant.other().text(ASKED)
    assert WORDS in said and of(MIST).texts[0] not in said
    assert said.replace(WORDS, of(MIST).texts[0]) == before


def test_what_a_conversation_remembers_is_not_said_either(assistant: Assistant, changing: Changing) -> None:
    first, *more = of(SITUATION).texts
    assert first in assistant.text(TOLD)
    other = assistant.other()
    other.text(TOLD)
    assert more[0] in other.text("tell me more")
    changing.switch_off(of(SITUATION), "Mina")
    count()
    for message in ("tell me more", "why?", "are you sure?", "which of these scores can I trust then?", TOLD):
        said = assistant.text(message)
        sentences = [one for text in (first, *more) for one in text.split(". ") if one in said]
        assert not sentences, (message, said)
