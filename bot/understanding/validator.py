"""Checks `data/understanding` without a trained model: every example of every rule goes through all rules."""

from __future__ import annotations

from typing import Callable, Iterator, List, NamedTuple, Sequence, Tuple

from bot.understanding.frame import Frame
from bot.understanding.reader import Heard, Reader
from bot.understanding.rules import ANY, Rule, fitting

GUESSED = " | "


class Mistake(NamedTuple):
    """What is wrong, and where."""

    where: str
    what: str


# What the pipeline finds in a text, as if the classifier had guessed this kind.
Hear = Callable[[str, str], Heard]


def mistakes(reader: Reader, hear: Hear) -> List[Mistake]:
    """Everything wrong with the rules: cues that do not exist, examples that are not taken or that two rules take, what a rule
    takes that it should leave.

    Args:
        reader: with the rules to check.
        hear: gives what the pipeline finds in a text, without a classifier.
    """
    found = [*_unknown_cues(reader)]
    for rule in reader.rules:
        for example in rule.takes:
            found += _taken(reader, rule, *_guessed(rule, example), hear)
        for example in rule.leaves:
            found += _left(reader, rule, *_guessed(rule, example), hear)
    return found


def _unknown_cues(reader: Reader) -> Iterator[Mistake]:
    for rule in reader.rules:
        for cue in (*rule.cue, *rule.all_cues, *rule.no_cue):
            if cue not in reader.cues:
                yield Mistake(f"{rule.kind}.yml, {rule.name}", f"there is no cue {cue!r} in _cues*.yml")


def _guessed(rule: Rule, example: str) -> Tuple[str, str]:
    """The kind that the classifier is taken to have guessed, and the text."""
    if GUESSED in example:
        kind, text = example.split(GUESSED, 1)
        return kind, text
    return (rule.kind if rule.comes_from == ANY else rule.comes_from[0]), example


def _frame(reader: Reader, kind: str, text: str, hear: Hear) -> Frame:
    return reader.read(hear(kind, text))


def _taken(reader: Reader, rule: Rule, kind: str, text: str, hear: Hear) -> Sequence[Mistake]:
    frame = _frame(reader, kind, text, hear)
    where = f"{rule.kind}.yml, {rule.name}"
    names = [one.name for one in fitting(reader.rules, frame, [kind])]
    if rule.name not in names:
        return [Mistake(where, f"{text!r} is not taken ({_seen(frame, names)})")]
    others = [one for one in fitting(reader.rules, frame, [kind]) if one.name != rule.name and one.kind != rule.kind]
    return [Mistake(where, f"{text!r} is a tie with {other.name}: write one of them over the other") for other in others]


def _left(reader: Reader, rule: Rule, kind: str, text: str, hear: Hear) -> Sequence[Mistake]:
    frame = _frame(reader, kind, text, hear)
    if rule.name in [one.name for one in fitting(reader.rules, frame, [kind])]:
        return [Mistake(f"{rule.kind}.yml, {rule.name}", f"{text!r} is taken, and should not be ({_seen(frame, [])})")]
    return []


def _seen(frame: Frame, names: Sequence[str]) -> str:
    mentions = ", ".join(f"{one.label}:{one.id}{f'/{one.role}' if one.role else ''}" for one in frame.mentions)
    rules = f"; taken by {', '.join(names)}" if names else ""
    return f"words: {' '.join(frame.words)}; names {mentions or 'nothing'}; relation {frame.relation or 'none'}; cues {', '.join(sorted(frame.cues))}{rules}"
