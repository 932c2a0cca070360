"""Why, and who says so: names of sources for those who read links, their addresses for those who read text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, cast

import pytest

from bot.answers.answer import Words
from bot.answers.explaining import source
from bot.channels.telegram.replies import Place, calls_for
from bot.understanding.memory import Said
from tests.answers.talking import Talk


def why(talk: Talk, *keys: str) -> Words:
    """The answer to "why?" behind one that had these sources."""
    talk.memory = replace(talk.memory, said=Said(sources=keys))
    [part] = source(talk.turn("source", "why?")).parts
    assert isinstance(part, Words)
    return part


def test_sources_are_links_with_names_and_addresses_in_text(talk: Talk) -> None:
    known = [key for key, one in talk.resources.knowledge.sources.items() if one.address][:2]
    said = why(talk, *known)
    for one in (talk.resources.knowledge.sources[key] for key in known):
        assert f"- [{one.publisher}]({one.address}) (" in said.payload["body"]
        assert f"- {one.publisher} (" in said.text and f") {one.address}" in said.text
    assert "](" not in said.text


def test_telegram_names_no_source_twice(talk: Talk) -> None:
    [key] = [key for key, one in talk.resources.knowledge.sources.items() if one.address][:1]
    said, one = why(talk, key), talk.resources.knowledge.sources[key]
    data = {"publisher": one.publisher, "kind": one.kind, "address": one.address}
    bare = {"body": "It is so.", "sources": [data]}
    for custom in ({"sources": [data], **said.payload}, bare):
        [call] = calls_for([{"text": said.text, "custom": custom}], Place(1), list, lambda name, **_: name)
        assert call["params"]["text"].count(f'<a href="{one.address}">') == 1


def test_an_address_that_no_link_can_hold_stays_as_it_is(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    key, one = next((key, one) for key, one in talk.resources.knowledge.sources.items() if one.address)
    odd = "https://x.example/a_(b)"
    monkeypatch.setitem(cast(Dict[str, Any], talk.resources.knowledge.sources), key, one.copy(update={"address": odd}))
    assert f") {odd}" in why(talk, key).payload["body"]
