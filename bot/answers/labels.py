"""Reads the ingredient list that somebody pasted."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.answer import Answer, Statements
from bot.answers.turn import Turn
from bot.labels.parsing import parse
from bot.rules.advice import Line, Profile
from bot.rules.labelling import Reading
from bot.rules.labels import about_label, comedogenic, key_ingredients
from bot.understanding.labels import LABEL

KIND = "read_label"
PREGNANCY = "pregnancy"


def read_label(turn: Turn) -> Answer:
    """Says what a pasted label is likely to be, what matters on it and what to be careful about; asks for the list where
    the question holds none."""
    found = turn.frame.of(LABEL)
    if not found:
        return turn.reply(turn.say("label_paste"))
    reading = turn.resources.labels.read(parse(turn.frame.text[found[0].start : found[0].end]))
    if not any(place.known for place in reading.places):
        return turn.reply(turn.say("label_unread", count=str(len(reading.places))))
    return _read(turn, reading)


def _read(turn: Turn, reading: Reading) -> Answer:
    data, asked = turn.knowledge, turn.asked
    types = [one for one in (*asked.subjects, *asked.forms) if one in data.product_types][:1]
    advice = about_label(data, reading, _person(turn), types)
    if turn.frame.polar and advice.verdict is None and not advice.cautions:
        advice = replace(advice, cautions=(Line(key="label_nothing_against"),))
    myth = comedogenic(data) if turn.frame.has("clogs") else None
    if myth:
        advice = replace(advice, lines=(*advice.lines, myth))
    key = tuple(place.ingredient or "" for place in key_ingredients(data, reading))
    memory = turn.remembered(advice, replace(asked, kind=KIND, subjects=key, forms=(), needs=()))
    memory = replace(memory, label=tuple(place.entry.name for place in reading.places))
    return turn.answer(Statements(advice, polar=turn.frame.polar), memory=memory)


def _person(turn: Turn) -> Profile:
    """The person with the skin and the pregnancy that the question names, whoever's they are."""
    skin = tuple(one for one in turn.asked.needs if one in turn.knowledge.skin_types) or turn.person.skin_types
    return replace(turn.person, pregnant=turn.person.pregnant or PREGNANCY in turn.asked.safety, skin_types=skin)
