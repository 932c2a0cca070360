"""Reads a question: from what the pipeline found in it to a `Frame`, without context."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Dict, List, Mapping, Sequence, Tuple

from bot.paths import DATA
from bot.understanding import rules as kinds
from bot.understanding.allergies import AllergyFinder, Told, is_habitual
from bot.understanding.cues import CueFinder, Found
from bot.understanding.frame import ALLERGIC, CONTENT, FORM, SUBJECTS, SURE, Frame, Mention, Quantity, kind_of_intent
from bot.understanding.matching import Word
from bot.understanding.plain import Spoken, words
from bot.understanding.strangers import Strangers

FOLDER = DATA / "understanding"
MEASURES = frozenset({"percent", "age", "price", "duration", "order_number", "email", "times", "date", "date_made", "date_until"})
MINE, OTHER = "mine", "other"
POINTERS: Mapping[str, frozenset[str]] = {
    "it": frozenset({"it", "its"}), "them": frozenset({"they", "them", "both", "these", "those"}), "this": frozenset({"this", "that"}),
    "one": frozenset({"one", "ones"}), "other": frozenset({"other"}),
}
ASKED = "asked"
REACTION = "report_reaction"
OF_ALLERGIES = frozenset({"allergy_told", "allergen_named", "allergy_denied"})
SHE, HE = frozenset({"she", "her"}), frozenset({"he", "him", "his"})
ENTITY_ROLES = {"negated": "negated", "form": FORM, "min": "min"}


@dataclass(frozen=True)
class Heard:
    """A question as the pipeline leaves it.

    Attributes:
        text: the question with its context, as it was written.
        tokens: the words of `text`.
        entities: what the extractor found in `text`, as Rasa keeps entities.
        asked: where the question alone stands in `text`; all of it where nothing else is said.
        wording: the tokens and entities of the question alone, where its wording was completed and stands nowhere.
        ranking: guesses with their confidences, the best first.
        band, tied: how sure the first guess is, and whether the second is as likely.
        forced: the kind where something else than the classifier decides ("report_reaction").
        follows: whether it stands behind another question of the message.
        unknown, rare: its words that nobody knows, and English ones seldom said of skincare.
    """

    text: str
    tokens: Sequence[Spoken]
    entities: Sequence[Mapping[str, object]]
    asked: Tuple[int, int] | None = None
    wording: Tuple[Sequence[Spoken], Sequence[Mapping[str, object]]] | None = None
    ranking: Sequence[Tuple[str, float]] = ()
    band: str = SURE
    tied: bool = False
    forced: str = ""
    follows: bool = False
    unknown: Sequence[str] = field(default_factory=tuple)
    rare: Sequence[str] = field(default_factory=tuple)


class Reader:
    """Reads questions by the cues and rules of a folder."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Reads the folder.

        Raises:
            CueError, RuleError: when it cannot be used.
        """
        self._cues = CueFinder.load(folder)
        self.rules = kinds.load(folder)
        self._strangers = Strangers.load(folder)
        self._allergies = AllergyFinder.load(folder)

    @property
    def cues(self) -> frozenset[str]:
        """Names of all cues."""
        return self._cues.names | OF_ALLERGIES

    def read(self, heard: Heard) -> Frame:
        """The frame of a question."""
        mentions = _mentions(heard.entities)
        whole = words(heard.tokens, mentions, 0, len(heard.text) + 1)
        around = self._cues.find(whole)
        allergic = self._allergies.find(whole)
        mentions = tuple(
            replace(one, role=ALLERGIC) if one in allergic.mentions and one.role in ("", FORM) else _with_role(one, around) for one in mentions
        )
        asked, found = self._asked(heard, mentions, whole, around)
        known = {word for one in mentions for word in heard.text[one.start : one.end].lower().split()}
        known |= {word for name in allergic.names for word in name.split()}
        strangers = self._strangers.find(asked, [one for one in heard.unknown if one not in known], heard.rare)
        mentions = tuple(one for one in mentions if not strangers.holds(one))
        frame = Frame(
            text=heard.text,
            words=_plain(asked),
            intent=heard.ranking[0][0] if heard.ranking else heard.forced,
            confidence=heard.ranking[0][1] if heard.ranking else 1.0,
            ranking=tuple(heard.ranking),
            band=SURE if heard.forced else heard.band,
            tied=heard.tied and not heard.forced,
            mentions=(*mentions, *(Mention("unknown", name, name, 0, 0, ALLERGIC) for name in allergic.names)),
            unknown=strangers.names,
            relation=found.relations[0] if found.relations and _can_relate(mentions) else "",
            quantities=_quantities(heard.entities),
            whose=_whose(around),
            whom=_whom(whole) if _whose(around) == OTHER else "",
            polar="polar" in found.cues and "question_word" not in found.cues,
            turned="is_it_bad" in found.cues,
            refers=tuple(name for name, those in POINTERS.items() if any(word.text in those for word in asked)),
            cues=found.cues | around.told | _pack_dates(heard.entities) | _of_allergies(allergic),
            follows=heard.follows,
        )
        forced = "" if is_habitual(frame) and heard.forced == REACTION else heard.forced
        return replace(frame, kind=forced) if forced else self.decide(frame)

    def decide(self, frame: Frame) -> Frame:
        """The frame with its kind: the rules' where one fits the likeliest guesses, else the first guess's own. This is the
        one place that sets the kind of a question out of context."""
        first, second = _guesses(frame)
        tried = [first, second] if second and (frame.tied or frame.band != SURE) else [first]
        for guesses in ([tried[0]], tried):
            fitting = kinds.fitting(self.rules, frame, guesses)
            if fitting:
                best = max(fitting, key=lambda rule: len(rule.over))
                return replace(frame, kind=best.kind, rules=tuple(rule.name for rule in fitting), tied=False)
        return replace(frame, kind=first, runner_up=second if len(tried) > 1 else "")

    def _asked(
        self, heard: Heard, mentions: Sequence[Mention], whole: Tuple[Word, ...], around: Found
    ) -> Tuple[Tuple[Word, ...], Found]:
        """The words of the question alone, with what is found in them."""
        if heard.wording is not None:
            tokens, entities = heard.wording
            own = words(tokens, _mentions(entities), 0, 1 << 30)
        elif heard.asked is not None:
            own = words(heard.tokens, mentions, *heard.asked)
        else:
            return whole, around
        return own, self._cues.find(own)


def _guesses(frame: Frame) -> Tuple[str, str]:
    named = [kind_of_intent(name) for name, _ in frame.ranking[:2]]
    return (named + ["", ""])[0] or kind_of_intent(frame.intent), (named + ["", ""])[1]


def _mentions(entities: Sequence[Mapping[str, object]]) -> Tuple[Mention, ...]:
    found: List[Mention] = []
    for one in entities:
        label = str(one["entity"])
        if label not in MEASURES:
            role = ENTITY_ROLES.get(str(one.get("role") or ""), "")
            start, end = int(str(one["start"])), int(str(one["end"]))
            found.append(Mention(label, str(one["value"]), str(one.get("text") or ""), start, end, role))
    return tuple(found)


def _with_role(mention: Mention, found: Found) -> Mention:
    role = found.roles.get(mention, "").removeprefix(ASKED)
    return replace(mention, role=role) if role and mention.role in ("", FORM) else mention


def _quantities(entities: Sequence[Mapping[str, object]]) -> Tuple[Quantity, ...]:
    return tuple(
        Quantity(str(one["entity"]), str(one["value"]), str(one.get("role") or "")) for one in entities if one["entity"] in MEASURES
    )


def _plain(spoken: Sequence[Word]) -> Tuple[str, ...]:
    """The words without marks; those of a mention one by one."""
    return tuple(text for word in spoken for text in word.norm.split() if any(map(str.isalnum, text)))


def _pack_dates(entities: Sequence[Mapping[str, object]]) -> frozenset[str]:
    dated = any(one["entity"] in ("date", "date_made", "date_until") for one in entities)
    return frozenset({"about_pack_dates"}) if dated else frozenset()


def _of_allergies(told: Told) -> frozenset[str]:
    """What is told of allergies, as cues: that something is reacted to, that a name says what, or that there is none."""
    content = any(one.label in CONTENT for one in told.mentions)
    found = {"allergy_told": bool(told.names) or content, "allergen_named": bool(told.names), "allergy_denied": told.denied}
    return frozenset(name for name, holds in found.items() if holds)


def _can_relate(mentions: Sequence[Mention]) -> bool:
    subjects: Dict[str, None] = {one.id: None for one in mentions if one.label in (*SUBJECTS, "product", "condition", "unknown", "safety", "term")}
    return bool(subjects)


def _whose(found: Found) -> str:
    if "of_others" in found.told:
        return OTHER
    return MINE if "first_person" in found.told else ""


def _whom(spoken: Sequence[Word]) -> str:
    """Who somebody else is: the word for them, else "she" or "he"."""
    for place, word in enumerate(spoken):
        if word.text in ("my", "our", "her", "his", "a", "the", "^"):
            near = [one.text for one in spoken[place + 1 : place + 4]]
            body = next((one for one in near if one in PEOPLE), "")
            if body:
                return body
    texts = {word.text for word in spoken}
    return "she" if texts & SHE else "he" if texts & HE else ""


PEOPLE = frozenset(
    ["son", "sons", "daughter", "daughters", "kid", "kids", "child", "children", "boy", "girl", "boys", "girls", "teen", "teens", "teenager", "baby", "newborn", "infant", "toddler", "niece", "nephew", "sister", "brother", "mum", "mom", "mother", "dad", "father", "husband", "wife", "boyfriend", "girlfriend", "friend", "friends", "partner", "cousin", "gran", "grandma", "grandmother", "aunt", "uncle", "nan", "client", "colleague", "coworker", "neighbour", "neighbor", "flatmate", "bestie", "mate"]
)
