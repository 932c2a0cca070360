"""`Frame`: what one question says, as far as its words tell; what it refers to is resolved later."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Mapping, NamedTuple, Sequence

SURE, UNSURE, LOST = "sure", "unsure", "lost"
# Labels of mentions by what can be asked about them.
CONTENT = ("ingredient", "family")
SUBJECTS = ("product_type", *CONTENT)
ASKED_ABOUT = (*SUBJECTS, "term")
NEEDS = ("concern", "skin_type")
# Labels that patterns can name.
LABELS = ("product_type", "ingredient", "family", "product", "term", "condition", "concern", "skin_type", "safety", "brand", "unknown")
# Roles in which a mention is not what is asked about.
FORM, NEGATED, USED, EXCEPTED, ALLERGIC, REPLACED = "form", "negated", "used", "excepted", "allergic", "replaced"


@dataclass(frozen=True)
class Mention:
    """A subject of the message: its label and id, its words and where they stand in `Frame.text`, and its role.

    Labels: product_type, ingredient, family, concern, skin_type, term, condition, safety, time_of_day, product (id: its
    handle), brand (id: its name), country (id: its code), label (a pasted list of ingredients).
    Roles: "" (asked about), "form" (the serum of "vitamin C serum"), "negated" ("without fragrance", "not pregnant"),
    "used" ("I already use"), "excepted" ("besides vitamin C"), "allergic", "replaced" ("instead of").
    """

    label: str
    id: str
    text: str
    start: int
    end: int
    role: str = ""


@dataclass(frozen=True)
class Quantity:
    """A number with what it measures: percent, age (years), price (major units), duration (days), times, order_number,
    email. `role`: "min" for the lowest price wanted."""

    measures: str
    value: str
    role: str = ""

    @property
    def number(self) -> float:
        """The value as a number; of a count, an age or an amount."""
        return float(self.value)


class Guess(NamedTuple):
    """A situation by name, and how likely it is the one told of, from 0 to 1."""

    name: str
    share: float


class Meant(NamedTuple):
    """A topic, a mood or an act by name, how likely anything of that sort is meant, and whether that is certain."""

    name: str
    confidence: float
    certain: bool


@dataclass(frozen=True)
class Frame:
    """One question.

    Attributes:
        text: the question with its context, as it was written.
        words: the question alone in plain words: lower case, slips mended, contractions written out.
        intent, confidence: the classifier's guess; `ranking` its further ones, the best first.
        band: "sure", "unsure" or "lost"; `tied` where the second guess is as likely as the first.
        kind: the kind of question; `runner_up` another that it may be, empty where there is none.
        mentions: what it names, in the order it stands there.
        unknown: words in a subject's place that nobody knows.
        relation: how two subjects are related: with, before, after, instead_of, versus, other_time; empty where they
            are not.
        quantities: numbers.
        whose: whose skin: "mine", "other" (`whom` says who: "daughter"), "" where nothing is said.
        polar: whether yes or no is a fitting first word; `turned` where yes would say the contrary.
        refers: what it points back with: "it", "them", "this", "first", "second", "third", "other".
        cues: names of the shared patterns of `data/understanding/_cues.yml` that it holds.
        rules: the rules that decided the kind, by name.
        follows: whether it stands behind another question of the same message.
        told: what the story around the question names, which is not asked about but tells of the person.
        story: as what kind the classifier takes all of the story; empty for what is none.
        pointed: whether a story's question names nothing itself and points back at what was told ("which of the two?").
        meant: topics and moods that it sounds like, in whatever words; see `bot.understanding.asked`.
        meant_in_talk: topics that a short message asks for together with the one before it.
        shop_in_talk: kinds of question and topics of the shop that a short message asks for behind what was said before it, with their shares.
        acts: what a short message does in a talk, in whatever words; see `bot.understanding.acts`.
        situations: which situations it may tell of, the likeliest first; see `bot.understanding.situations`.
        in_talk: the same of a short message together with those before it.
        alarm: the same of the one sentence, of several, that sounds most like a red flag; nameless where none sounds like anything.
        language: the code of the language that the message is written in, as "de"; empty for English.
    """

    text: str
    words: tuple[str, ...] = ()
    intent: str = ""
    confidence: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    band: str = SURE
    tied: bool = False
    kind: str = ""
    runner_up: str = ""
    mentions: tuple[Mention, ...] = ()
    unknown: tuple[str, ...] = ()
    relation: str = ""
    quantities: tuple[Quantity, ...] = ()
    whose: str = ""
    whom: str = ""
    polar: bool = False
    turned: bool = False
    refers: tuple[str, ...] = ()
    cues: frozenset[str] = field(default_factory=frozenset)
    rules: tuple[str, ...] = ()
    follows: bool = False
    told: tuple[Mention, ...] = ()
    story: str = ""
    pointed: bool = False
    meant: tuple[Meant, ...] = ()
    meant_in_talk: tuple[Meant, ...] = ()
    shop_in_talk: tuple[Guess, ...] = ()
    acts: tuple[Meant, ...] = ()
    situations: tuple[Guess, ...] = ()
    in_talk: tuple[Guess, ...] = ()
    alarm: tuple[Guess, ...] = ()
    language: str = ""

    def has(self, *cues: str) -> bool:
        """True where it holds one of these cues."""
        return any(cue in self.cues for cue in cues)

    def of(self, *labels: str, role: str | None = None) -> tuple[Mention, ...]:
        """Mentions with one of these labels, and this role where one is given."""
        return tuple(one for one in self.mentions if one.label in labels and role in (None, one.role))

    def ids(self, *labels: str, role: str | None = "") -> tuple[str, ...]:
        """Ids of mentions with one of these labels and exactly this role (None: any), each once."""
        return tuple(dict.fromkeys(one.id for one in self.of(*labels, role=role)))

    def number(self, measures: str, role: str = "") -> float | None:
        """The last number of this measure, None where there is none."""
        found = [one.number for one in self.quantities if one.measures == measures and one.role == role]
        return found[-1] if found else None

    @property
    def short(self) -> bool:
        """True for a few words."""
        return len(self.words) <= SHORT

    def as_data(self) -> dict[str, Any]:
        """The frame as JSON can keep it, without what says nothing."""
        data = {one.name: getattr(self, one.name) for one in fields(self)}
        data["mentions"] = [tuple(asdict(one).values()) for one in self.mentions]
        data["told"] = [tuple(asdict(one).values()) for one in self.told]
        data["quantities"] = [tuple(asdict(one).values()) for one in self.quantities]
        data["cues"] = sorted(self.cues)
        return {key: value for key, value in data.items() if value or key == "text"}

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Frame:
        """The frame that `as_data` wrote, also after JSON made lists of its tuples."""
        known = {one.name for one in fields(cls)}
        plain = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known}
        plain["mentions"] = tuple(Mention(*one) for one in plain.get("mentions", ()))
        plain["told"] = tuple(Mention(*one) for one in plain.get("told", ()))
        plain["quantities"] = tuple(Quantity(*one) for one in plain.get("quantities", ()))
        plain["ranking"] = tuple((str(name), float(share)) for name, share in plain.get("ranking", ()))
        for name in ("meant", "meant_in_talk", "acts"):
            plain[name] = tuple(Meant(*one) for one in plain.get(name, ()))
        for name in ("shop_in_talk", "situations", "in_talk", "alarm"):
            plain[name] = tuple(Guess(*one) for one in plain.get(name, ()))
        plain["cues"] = frozenset(plain.get("cues", ()))
        return cls(**plain)


SHORT = 5
# Where a parsed message keeps its frames.
FRAMES = "frames"


def frames_of(parsed: Mapping[str, Any]) -> list[Frame]:
    """The frames on a parsed message; one of its intent alone where no text was read (a channel's refusal)."""
    intent = str((parsed.get("intent") or {}).get("name") or "")
    stored = parsed.get(FRAMES) or [{"text": parsed.get("text") or "", "intent": intent, "kind": kind_of_intent(intent)}]
    return [Frame.read(one) for one in stored]


def mention_word(label: str) -> str:
    """The word that stands for a mention of this label."""
    return f"{{{label}}}"


def kind_of_intent(intent: str) -> str:
    """The kind of question that an intent is for: its name without "ask_"."""
    return intent.removeprefix("ask_")


def likely(frame: Frame, most: int = 3, least: float = 0.05) -> Sequence[str]:
    """The intents that come first among the guesses."""
    return [name for name, share in frame.ranking[:most] if share >= least]
