"""Reads a question: from what the pipeline found in it to a `Frame`, without context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import AbstractSet, Iterator, List, Mapping, Sequence, Tuple

from bot.paths import DATA
from bot.rules.knowledge import load
from bot.settings import settings
from bot.understanding import rules as kinds
from bot.understanding.ages import without_others_ages
from bot.understanding.allergies import NEVER_PAST, AllergyFinder, Told, is_no_emergency
from bot.understanding.cues import CueFinder, Found
from bot.understanding.frame import (
    ALLERGIC,
    CONTENT,
    FORM,
    NEGATED,
    SUBJECTS,
    SURE,
    UNSURE,
    Frame,
    Guess,
    Meant,
    Mention,
    Quantity,
    kind_of_intent,
)
from bot.understanding.matching import Word
from bot.understanding.plain import Spoken, words
from bot.understanding.story import Parted, Pointing, parted, sentence_of
from bot.understanding.strangers import Strangers
from bot.understanding.whose import OTHER, whom, whose

FOLDER = DATA / "understanding"
MEASURES = frozenset({"percent", "age", "price", "duration", "order_number", "email", "times", "date", "date_made", "date_until"})
POINTERS: Mapping[str, frozenset[str]] = {
    "it": frozenset({"it", "its"}), "them": frozenset({"they", "them", "both", "these", "those"}), "this": frozenset({"this", "that"}),
    "one": frozenset({"one", "ones"}), "other": frozenset({"other"}),
}
ASKED = "asked"
ADDS = "adds_something"
REACTION = "report_reaction"
OF_ALLERGIES = frozenset({"allergy_told", "allergen_named", "allergy_denied", "reacted_severely"})
# Kinds of question about everything that somebody told they use.
OF_ALL = frozenset({"check_routine", "build_routine", "plan_week", "order"})
ENTITY_ROLES = {"negated": "negated", "form": FORM, "min": "min"}


@dataclass(frozen=True)
class Heard:
    """A question as the pipeline leaves it.

    Attributes:
        text: the question with its context, as it was written.
        tokens: the words of `text`.
        entities: what the extractor found in `text`, as Rasa keeps entities.
        asked: where the question alone stands in `text`; all of it where nothing else is said.
        story: of a story, as what kind the classifier takes all of it; empty for what is none.
        wide: whether the question says too little by itself, so that the words of the whole story decide its kind.
        beside: where the other questions of the story stand.
        red_flags: ids of what comes before every other answer where it holds now.
        wording: the tokens and entities of the question alone, where its wording was completed and stands nowhere.
        ranking: guesses with their confidences, the best first.
        band, tied: how sure the first guess is, and whether the second is as likely.
        forced: the kind where something else than the classifier decides ("report_reaction").
        language: the code of the language that it is written in; empty for English.
        follows: whether it stands behind another question of the message.
        meant, meant_in_talk, shop_in_talk, acts, situations, in_talk: what it sounds like, see `Frame`.
        unknown, rare: its words that nobody knows, and English ones seldom said of skincare.
    """

    text: str
    tokens: Sequence[Spoken]
    entities: Sequence[Mapping[str, object]]
    asked: Tuple[int, int] | None = None
    story: str = ""
    wide: bool = False
    beside: Tuple[Tuple[int, int], ...] = ()
    red_flags: AbstractSet[str] = frozenset()
    wording: Tuple[Sequence[Spoken], Sequence[Mapping[str, object]]] | None = None
    ranking: Sequence[Tuple[str, float]] = ()
    band: str = SURE
    tied: bool = False
    forced: str = ""
    language: str = ""
    follows: bool = False
    meant: Sequence[Tuple[str, float, bool]] = ()
    acts: Sequence[Tuple[str, float, bool]] = ()
    situations: Sequence[Tuple[str, float]] = ()
    in_talk: Sequence[Tuple[str, float]] = ()
    meant_in_talk: Sequence[Tuple[str, float, bool]] = ()
    shop_in_talk: Sequence[Tuple[str, float]] = ()
    unknown: Sequence[str] = ()
    rare: Sequence[str] = ()


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
        self._pointing = Pointing.load(folder)
        self._triggers = {one for entry in load(settings().knowledge).safety.values() for one in entry.triggers}

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
        mentions = tuple(self._of_the_past(heard, mentions))
        parts = self._parted(heard, mentions)
        heard = self._without_past_reaction(heard, mentions)
        asked, found = self._asked(heard, mentions, whole, around)
        own, of_own = self._asked(replace(heard, wide=False), mentions, whole, around) if heard.wide else (asked, found)
        known = {word for one in mentions for word in heard.text[one.start : one.end].lower().split()}
        known |= {word for name in allergic.names for word in name.split()}
        unknown = [one for one in heard.unknown if one not in known]
        strangers = self._strangers.find(own, unknown, heard.rare)
        if not strangers.names and ADDS in found.cues:  # what it is added to may stand before the question
            strangers = self._strangers.find(whole, unknown, heard.rare)
        mentions = tuple(one for one in parts.asked if not strangers.holds(one))
        person = whose(of_own, around, self._speaks_of_others(heard))
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
            quantities=_quantities(without_others_ages(heard.text, heard.entities, person)),
            whose=person,
            whom=whom(whole, self._cues.people) if person == OTHER else "",
            polar="polar" in found.cues and "question_word" not in found.cues,
            turned="is_it_bad" in found.cues,
            refers=tuple(name for name, those in POINTERS.items() if any(word.text in those for word in asked)),
            cues=found.cues | around.told | _pack_dates(heard.entities) | _of_allergies(allergic),
            follows=heard.follows,
            told=parts.told,
            story=heard.story,
            pointed=parts.pointed,
            meant=tuple(Meant(*one) for one in heard.meant),
            meant_in_talk=tuple(Meant(*one) for one in heard.meant_in_talk),
            shop_in_talk=tuple(Guess(*one) for one in heard.shop_in_talk),
            acts=tuple(Meant(*one) for one in heard.acts),
            situations=tuple(Guess(*one) for one in heard.situations),
            in_talk=tuple(Guess(*one) for one in heard.in_talk),
            language=heard.language,
        )
        forced = "" if heard.forced == REACTION and (is_no_emergency(frame) or self._is_past(heard, frame)) else heard.forced
        return replace(frame, kind=forced) if forced else self.decide(frame)

    def _parted(self, heard: Heard, mentions: Tuple[Mention, ...]) -> Parted:
        """The mentions of the question of a story apart from the told ones; all of them where it is no story."""
        if not heard.story or heard.asked is None:
            return Parted(mentions, ())
        of_all = bool(heard.ranking) and kind_of_intent(heard.ranking[0][0]) in OF_ALL
        return parted(mentions, heard.tokens, heard.asked, self._pointing, of_all)

    def _of_the_past(self, heard: Heard, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """The mentions; a red flag of long ago is none now, and what it came from is what the person reacts to."""
        past: List[Tuple[int, int]] = []
        for one in mentions:
            if one.id in heard.red_flags - NEVER_PAST and one.label == "safety" and one.role != NEGATED:
                begin, end = sentence_of(heard.tokens, one.start)
                around = self._cues.find(words(heard.tokens, mentions, begin, end)).told
                past += [(begin, end)] if "long_ago" in around and "right_now" not in around else []
        for begin, end in past:
            yield from self._reacted_to(heard, begin, end)
        for one in mentions:
            inside = any(begin <= one.start < end for begin, end in past)
            if inside and one.id in heard.red_flags - NEVER_PAST:
                yield replace(one, role=NEGATED)
            elif inside and one.label in CONTENT and one.role != NEGATED:
                yield replace(one, role=ALLERGIC)
            else:
                yield one

    def _reacted_to(self, heard: Heard, begin: int, end: int) -> Iterator[Mention]:
        """What allergies have their name from in a sentence ("prawns"), as something the person reacts to."""
        for token in heard.tokens:
            if begin <= token.start < end and token.mended in self._triggers:
                yield Mention("unknown", token.mended, token.mended, token.start, token.start + len(token.written), ALLERGIC)

    @staticmethod
    def _without_past_reaction(heard: Heard, mentions: Sequence[Mention]) -> Heard:
        """The same without the guess that a reaction is reported, where those told are all long past."""
        flags = [one for one in mentions if one.label == "safety" and one.id in heard.red_flags]
        if not flags or any(one.role != NEGATED for one in flags):
            return heard
        return replace(heard, ranking=[one for one in heard.ranking if one[0] != REACTION], band=UNSURE)

    @staticmethod
    def _is_past(heard: Heard, frame: Frame) -> bool:
        """True where none of the red flags told is one of now."""
        flags = [one for one in frame.of("safety") + frame.told if one.label == "safety" and one.id in heard.red_flags]
        return bool(flags) and all(one.role == NEGATED for one in flags)

    def _speaks_of_others(self, heard: Heard) -> bool:
        """False for a story that speaks of nobody as "she" or "he"."""
        return not heard.story or any(token.mended in self._pointing.others for token in heard.tokens)

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
        if heard.wide:
            own = words([one for one in heard.tokens if not any(begin <= one.start < end for begin, end in heard.beside)], mentions, 0, len(heard.text) + 1)
            return own, self._cues.find(own)
        if heard.wording is not None:
            tokens, entities = heard.wording
            own = words(tokens, _mentions(entities), 0, 1 << 30)
        elif heard.asked is not None:
            own = words(heard.tokens, mentions, *heard.asked)
        else:
            return whole, around
        return (whole, around) if own == whole else (own, self._cues.find(own))


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
    found = {"allergy_told": bool(told.names) or content or told.severe, "allergen_named": bool(told.names), "allergy_denied": told.denied, "reacted_severely": told.severe}
    return frozenset(name for name, holds in found.items() if holds)


def _can_relate(mentions: Sequence[Mention]) -> bool:
    return any(one.label in (*SUBJECTS, "product", "condition", "unknown", "safety", "term") for one in mentions)
