"""Pregnancy that was asked about is minded from then on, and is not kept as told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding.frame import NEGATED, Frame, Mention
from bot.understanding.memory import Memory
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge
from tests.understanding.reading import read


def asked(kind: str, *mentions: Mention, memory: Memory | None = None) -> Resolved:
    frame = Frame(kind, intent=f"ask_{kind}", ranking=((f"ask_{kind}", 1.0),), kind=kind, mentions=mentions, words=(kind,), confidence=1.0)
    return resolve(frame, memory or Memory(), knowledge(), "", 1.0)


def test_what_is_asked_behind_it_is_answered_for_it() -> None:
    first = asked("pregnancy", Mention("ingredient", "bakuchiol", "bakuchiol", 0, 9))
    assert first.memory.about_pregnancy and not first.memory.person.pregnant
    after = asked("can_use", Mention("ingredient", "retinol", "retinol", 0, 7), memory=first.memory)
    assert after.person.pregnant and after.before.pregnant and not after.memory.person.pregnant


def test_it_ends_where_nobody_is_pregnant() -> None:
    denied = asked("tell_profile", Mention("safety", "pregnancy", "pregnant", 0, 8, NEGATED), memory=Memory(about_pregnancy=True))
    assert not denied.memory.about_pregnancy and not denied.person.pregnant


def test_other_questions_do_not_begin_it() -> None:
    assert not asked("can_use", Mention("ingredient", "retinol", "retinol", 0, 7)).memory.about_pregnancy


@pytest.mark.parametrize(("text", "pregnant"), [
    ("my thighs are darker since my pregnancy two years ago", False),
    ("i am pregnant again, melasma since my first pregnancy three years ago", True),
    ("currently pregnant, spots since my last pregnancy two years ago", True),
    ("retinol while we are trying for a baby", True),
    ("i am not trying for a baby, can i use retinol", False),
    ("my skin broke out while trying to find a serum", False),
])
def test_who_is_pregnant_now(text: str, pregnant: bool) -> None:
    found = read(text, "tell_profile")
    named = tuple(Mention("safety", "pregnancy", "pregnancy", 0, 9) for _ in [0] if "pregnan" in text)
    resolved = resolve(replace(found, mentions=(*found.mentions, *named), whose="mine"), Memory(), knowledge(), "", 1.0)
    assert resolved.person.pregnant is pregnant
