"""What the rules are asked and what they return: plain data, shown by each channel in its own way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Mapping, Sequence

from bot.rules.knowledge import Knowledge
from bot.rules.schema import Fact, Verdict
from bot.rules.steps import Step


@dataclass(frozen=True)
class Profile:
    """What the person has told about themself. Ids are those of `data/knowledge`.

    `beginner` is None while unknown; `irritated` is true while their skin is said to sting or to be raw.
    `allergies` are what they said they are allergic to, `avoids` what they want to do without. `routine` are
    the products they use, `wants` what they ask to have in a new one. `red_flag` is the safety entry that they told of lately, at `red_flag_at` (seconds since 1970);
    `procedure` the waxing, peel or laser that they told of lately, at `procedure_at`.
    """

    skin_types: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    pregnant: bool = False
    age: int | None = None
    avoids: tuple[str, ...] = ()
    allergies: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    beginner: bool | None = None
    irritated: bool = False
    routine: tuple[Step, ...] = ()
    wants: tuple[str, ...] = ()
    red_flag: str = ""
    red_flag_at: float = 0.0
    procedure: str = ""
    procedure_at: float = 0.0

    @property
    def empty(self) -> bool:
        """True when nothing is known yet."""
        return self == Profile()

    @property
    def in_use(self) -> tuple[str, ...]:
        """Product types, ingredients and families of the person's routine, each once."""
        return merge(*(step.ids for step in self.routine))

    @property
    def sensitive(self) -> bool:
        """True for skin that is sensitive by type or irritated now."""
        return "sensitive" in self.skin_types or self.irritated

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Profile:
        """The profile that `stored` describes, as `dataclasses.asdict` wrote it and JSON gave it back."""
        plain = {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
        return cls(**{**plain, "routine": tuple(Step.read(step) for step in stored.get("routine") or ())})


@dataclass(frozen=True)
class Question:
    """One question: its kind (an intent without "ask_") and its subjects, in the order they were named.

    `subjects` are product types, ingredients and families; `needs` are the concerns and skin types named. `forms` are product types that only say in which form a subject comes ("a vitamin C *serum*").
    `polar` is true where yes or no is a fitting first word. `number` is an age, a per cent or a count. `called` are the
    person's own words where they give a single subject several names ("emulsion or lotion"). `unknown` are things named beside the
    subjects of which nothing is known ("minoxidil"), `relation` is how two subjects are related (see `Frame.relation`), `nights` whether each has days of its own. `own_words` are the person's words for the terms, medicines and diseases named,
    each with its id. `situation` is what the person is in, an id of the knowledge's situations. `practices` are what is to be done to skin
    beside putting something on it ("massage"); see the knowledge's practices.
    """

    kind: str
    subjects: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    profile: Profile = field(default_factory=Profile)
    polar: bool = False
    number: float | None = None
    safety: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    relation: str = ""
    nights: bool = False
    own_words: tuple[tuple[str, str], ...] = ()
    situation: str = ""
    practices: tuple[str, ...] = ()

    def called_by_them(self, subject_id: str) -> str:
        """What the person calls something, empty where they did not name it."""
        return dict(reversed(self.own_words)).get(subject_id, "")


@dataclass(frozen=True)
class Line:
    """A sentence of an answer: `text` from the knowledge, or `key` of a wording in domain.yml with `params`.

    `recommends` are the ingredients, families and product types that it names and that whoever follows it would put on
    or is told are fine; `mentions` those named otherwise. They do not count when lines are compared.
    """

    text: str = ""
    key: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    recommends: tuple[str, ...] = field(default=(), compare=False)
    mentions: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Line:
        """The line that `stored` describes, as `dataclasses.asdict` wrote it and JSON gave it back."""
        return cls(**{key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()})


@dataclass(frozen=True)
class FollowUp:
    """A question that may come next; shown as a button in the wording of its kind."""

    kind: str
    subjects: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """An answer: verdict, the lines to show first, more on request, cautions, sources (keys), follow-ups, and why; `emergency`:
    help must be called at once."""

    verdict: Verdict | None
    lines: tuple[Line, ...]
    more: tuple[Line, ...] = ()
    cautions: tuple[Line, ...] = ()
    sources: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    why: tuple[Line, ...] = ()
    emergency: bool = False

    def with_cautions(self, lines: Sequence[Line], sources: Sequence[str] = ()) -> Advice:
        """The same advice with further cautions, none of them twice."""
        fresh = tuple(line for line in _once(lines) if line not in self.cautions and line not in self.lines)
        return replace(self, cautions=self.cautions + fresh, sources=merge(self.sources, sources))


def merge(*groups: Sequence[str]) -> tuple[str, ...]:
    """All items of the groups in order, each once."""
    return tuple(dict.fromkeys(item for group in groups for item in group))


def line_of(knowledge: Knowledge, text: str) -> Line:
    """A sentence of the knowledge as a line, with the ids that its statement recommends and mentions."""
    ids = knowledge.ids_of(text)
    return Line(text=text, recommends=ids.recommends, mentions=ids.mentions)


def from_fact(knowledge: Knowledge, fact: Fact) -> Advice:
    """A statement of the knowledge as advice."""
    return Advice(
        verdict=fact.verdict,
        lines=(line_of(knowledge, fact.say),),
        more=tuple(line_of(knowledge, text) for text in fact.more),
        sources=tuple(fact.sources),
    )


def joined(parts: Sequence[Advice], verdict: Verdict | None = None) -> Advice:
    """Several answers as one, in order; the verdict is theirs where they agree, unless one is given."""
    verdicts = {part.verdict for part in parts}
    return Advice(
        verdict=verdict or (verdicts.pop() if len(verdicts) == 1 else None),
        lines=_once(line for part in parts for line in part.lines),
        more=_once(line for part in parts for line in part.more),
        cautions=_once(line for part in parts for line in part.cautions),
        sources=merge(*(part.sources for part in parts)),
        follow_ups=tuple(dict.fromkeys(item for part in parts for item in part.follow_ups)),
        why=_once(line for part in parts for line in part.why),
    )


def _once(lines: object) -> tuple[Line, ...]:
    kept: list[Line] = []
    for line in lines:  # type: ignore[attr-defined]
        if line not in kept:
            kept.append(line)
    return tuple(kept)
