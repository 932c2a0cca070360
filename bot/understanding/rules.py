"""The rules that decide which kind of question a frame is, read from `data/understanding/<kind>.yml`.

A rule says from which guesses of the classifier it may come and what the frame must hold. Where several fit, one that is
`over` another goes before it; two that are not over each other are a tie, which the validator refuses.
"""

from __future__ import annotations

from pathlib import Path
from typing import Dict, List, Literal, Mapping, Optional, Sequence, Tuple, Union

import yaml
from pydantic import BaseModel, Extra, Field, ValidationError

from bot.understanding.frame import ALLERGIC, CONTENT, FORM, NEEDS, SUBJECTS, Frame

GROUPS: Mapping[str, Sequence[str]] = {"content": CONTENT, "subject": SUBJECTS, "need": NEEDS}
ANY = "any"


class RuleError(Exception):
    """The rules cannot be used; `problems` names every mistake."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("data/understanding has mistakes:\n  " + "\n  ".join(problems))


class Rule(BaseModel):
    """When a frame is of this kind. Every condition given must hold.

    Attributes:
        comes_from: kinds of which the classifier's first guess must be one (or its second, where the two are tied or it is
            unsure); "any" for whatever it guessed.
        needs: by label (or content, subject, need) how many different ones it names: "2" exactly, "1+" at least, "0" none.
        cue: one of these cues; `all_cues` all of them; `no_cue` none of them.
        relation: one of these relations between subjects.
        role: some mention has one of these roles.
        quantity: a number of each of these measures.
        unknown: whether it names something that nobody knows.
        polar: whether yes or no would answer it.
        most_words: as few words, punctuation not counted.
        over: rules that it goes before.
        takes: questions that it takes, with the kind that the classifier guessed where several may be: "kind | question".
        leaves: questions that look like it and belong elsewhere.
    """

    comes_from: Union[Literal["any"], List[str]] = Field("any", alias="from")
    needs: Dict[str, str] = {}
    cue: List[str] = []
    all_cues: List[str] = []
    no_cue: List[str] = []
    relation: List[str] = []
    role: List[str] = []
    quantity: List[str] = []
    unknown: Optional[bool] = None
    polar: Optional[bool] = None
    most_words: Optional[int] = None
    over: List[str] = []
    takes: List[str] = Field(..., min_items=3)
    leaves: List[str] = Field(..., min_items=2)
    name: str = ""
    kind: str = ""

    class Config:
        extra = Extra.forbid
        allow_population_by_field_name = True

    def fits(self, frame: Frame, guesses: Sequence[str]) -> bool:
        """True where the frame, guessed to be of one of these kinds, is what the rule is for."""
        if self.comes_from != ANY and not set(guesses) & set(self.comes_from):
            return False
        return (
            all(_counts(frame, label, wanted) for label, wanted in self.needs.items())
            and (not self.cue or frame.has(*self.cue))
            and set(self.all_cues) <= frame.cues
            and not frame.has(*self.no_cue)
            and (not self.relation or frame.relation in self.relation)
            and (not self.role or any(one.role in self.role for one in frame.mentions))
            and all(any(one.measures == measure for one in frame.quantities) for measure in self.quantity)
            and (self.unknown is None or bool(frame.unknown) is self.unknown)
            and (self.polar is None or frame.polar is self.polar)
            and (self.most_words is None or len(frame.words) <= self.most_words)
        )


def _counts(frame: Frame, label: str, wanted: str) -> bool:
    """How many different ones of a label are named, whether asked about, used or left out; neither a mere form counts nor what
    somebody tells they are allergic to."""
    labels = GROUPS.get(label, (label,))
    count = len({one.id for one in frame.of(*labels) if one.role not in (FORM, ALLERGIC)})
    return count >= int(wanted[:-1]) if wanted.endswith("+") else count == int(wanted)


def load(folder: Path) -> Tuple[Rule, ...]:
    """All rules of a folder, those first that are over others.

    Raises:
        RuleError: with every mistake found.
    """
    rules: Dict[str, Rule] = {}
    problems: List[str] = []
    for path in sorted(folder.glob("[!_]*.yml")):
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or {}
        except (OSError, yaml.YAMLError) as error:
            problems.append(f"{path.name}: cannot be read: {error}")
            continue
        for name, value in data.items():
            try:
                rule = Rule.parse_obj({**value, "name": name, "kind": path.stem})
            except (ValidationError, TypeError) as error:
                problems.append(f"{path.name}, {name}: {error}")
                continue
            if name in rules:
                problems.append(f"{path.name}, {name}: another rule has this name")
            rules[name] = rule
    problems += [f"{rule.kind}.yml, {rule.name}: over {one}, which is no rule" for rule in rules.values() for one in rule.over if one not in rules]
    if problems:
        raise RuleError(problems)
    return tuple(rules.values())


def fitting(rules: Sequence[Rule], frame: Frame, guesses: Sequence[str]) -> List[Rule]:
    """The rules that fit and that no other fitting rule is over; more than one is a tie."""
    found = [rule for rule in rules if rule.fits(frame, guesses)]
    beaten = {name for rule in found for name in rule.over}
    return [rule for rule in found if rule.name not in beaten]
