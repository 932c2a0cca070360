"""Pasted labels, dates on packs and reminders as services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.answers.answer import Statements, Words
from bot.answers.dates import date_on_pack, printed
from bot.answers.labels import read_label
from bot.answers.reminders import reminder
from bot.rules.advice import Profile
from bot.rules.schema import Verdict
from bot.rules.steps import NIGHT, Step
from bot.understanding.frame import Frame, Quantity
from tests.answers.talks import Talk
from tests.understanding.reading import frame

SERUM = "Water, Butylene Glycol, Glycerin, Niacinamide, Panthenol, Carbomer, Phenoxyethanol, Parfum, Linalool"
RETINOL = "Aqua, Glycerin, Cetearyl Alcohol, Retinol, Salicylic Acid, Phenoxyethanol"


def test_a_label_is_read_and_kept(talk: Talk) -> None:
    text = talk.text(read_label, f"what does this label say: {SERUM}", "read_label")
    assert "iacinamide" in text and "1 % line" in text and "comedogenic" not in text.lower()
    assert "Niacinamide" in talk.memory.label and "niacinamide" in talk.memory.asked.subjects


def test_what_is_asked_with_it_comes_first(talk: Talk) -> None:
    part = talk.asks(read_label, f"Is this ok for me? I'm pregnant. {RETINOL}", "read_label").parts[0]
    assert isinstance(part, Statements) and part.polar and part.advice.verdict is Verdict.NO
    assert "rabbit" in talk.text(read_label, f"will this clog my pores? {SERUM}", "read_label")


def test_a_yes_or_no_question_about_a_harmless_label(talk: Talk) -> None:
    text = talk.text(read_label, "can I use this: Water, Glycerin, Sodium Hyaluronate, Carbomer, Panthenol", "read_label")
    assert "nothing on it that speaks against it" in text and not text.startswith("Yes")


def test_without_a_list_it_is_asked_for(talk: Talk) -> None:
    assert "paste the ingredient list" in talk.text(read_label, "can you check an ingredient list for me", "read_label")


def test_names_that_nobody_knows_are_said_to_be_unknown(talk: Talk) -> None:
    said = frame(f"read this: {SERUM}", "read_label")
    start = said.of("label")[0].start
    foreign = replace(said, text=said.text[:start] + "x" * (len(said.text) - start))
    assert "have nothing on any of them" in talk.text(read_label, foreign)


def dated(value: date, measures: str, **fields: object) -> Frame:
    """A frame with a date copied from a pack."""
    return replace(Frame("?", kind="date_on_pack", quantities=(Quantity(measures, value.isoformat()),)), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "verdict"), [(-1, Verdict.NO), (1, Verdict.YES)])
def test_a_date_is_held_against_today(talk: Talk, days: int, verdict: Verdict) -> None:
    said = dated(date.today() + timedelta(days=days), "date_until", polar=True)
    part = talk.asks(date_on_pack, said).parts[0]
    assert isinstance(part, Statements) and part.advice.verdict is verdict and part.polar
    assert talk.memory.asked.kind == "shelf_life"


def test_what_the_marks_mean_is_said_where_it_is_asked(talk: Talk) -> None:
    until = dated(date.today() - timedelta(days=1), "date_until")
    plain, meaning = talk.text(date_on_pack, until), talk.text(date_on_pack, replace(until, cues=frozenset({"asks_meaning"})))
    assert plain != meaning and sorted(plain) == sorted(meaning)


def test_dates_come_from_the_text(talk: Talk) -> None:
    said = frame("제조 2024.03.15 and 까지 2026.03.14, what does it mean", "date_on_pack")
    assert printed(said) == [(date(2024, 3, 15), "made"), (date(2026, 3, 14), "until")]
    assert said.has("asks_meaning") and said.has("about_pack_dates")


def test_reminders_are_set_by_the_channel_that_can(talk: Talk) -> None:
    assert "on Telegram only" in talk.text(reminder, "remind me of my retinol", "reminder")
    talk.channel = "telegram"
    part = talk.asks(reminder, "remind me of my retinol", "reminder").parts[0]
    assert isinstance(part, Words) and part.payload["reminder"]["do"] == "set" and part.uses == ("retinol",)
    assert part.payload["reminder"]["days"]
    listed = talk.asks(reminder, "show me my reminders", "reminder").parts[0]
    assert isinstance(listed, Words) and listed.payload["reminder"] == {"do": "list"}


def test_a_reminder_follows_the_persons_own_plan(talk: Talk) -> None:
    talk.channel = "telegram"
    routine = (Step("serum", ("retinol",), (NIGHT,)), Step("exfoliant", ("glycolic_acid",), (NIGHT,)))
    talk.memory = replace(talk.memory, person=Profile(routine=routine))
    part = talk.asks(reminder, "remind me on retinol nights", "reminder").parts[0]
    assert isinstance(part, Words) and 0 < len(part.payload["reminder"]["days"]) < 7


def test_nobody_is_reminded_of_what_they_must_leave(talk: Talk) -> None:
    talk.channel = "telegram"
    part = talk.asks(reminder, "i'm pregnant, remind me of my retinol", "reminder").parts[0]
    assert isinstance(part, Statements) and part.advice.verdict is Verdict.NO
