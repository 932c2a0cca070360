"""Pregnancy that was asked about is minded from then on, and is not kept as told."""

from __future__ import annotations

from bot.understanding.frame import NEGATED, Frame, Mention
from bot.understanding.memory import Memory
from bot.understanding.resolve import Resolved, resolve
from tests.knowledge import knowledge


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
