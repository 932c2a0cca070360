"""Every statement of the knowledge, and which of the ids that it names it recommends and which it only mentions.

Whoever asks one of the kinds in `ADVISING` wants to know what to put on, or whether and how: what the answer names
they will use, so every id in it counts as recommended unless it is tagged as mentioned. Other kinds explain, compare or
warn: there each id must be tagged, but for the statement's own subject, which is mentioned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Iterator, NamedTuple

from bot.rules import schema

if TYPE_CHECKING:
    from bot.rules.knowledge import Knowledge
    from bot.rules.naming import NamesInText

# A pair that keeps two things apart in time lets both be used; one that forbids them does not.
ADVISING = frozenset(
    {
        "age", "age_adult", "age_teen", "amount", "benefits", "better", "calming", "can_use", "choose",
        "different_times", "for_concern", "for_skin_type", "frequency", "how_many_at_once", "how_to_apply",
        "need", "next_step", "order", "order_check", "percent", "pregnancy", "prevent", "replace", "restart",
        "results", "rinse_off", "routine", "routine_steps", "steps_in_order", "sunscreen", "time_of_day", "together",
        "twice_a_day", "waiting_time", "pair_helpful", "pair_fine", "pair_separate_am_pm",
        "pair_alternate_nights",
    }
)


class NamedIds(NamedTuple):
    """What a sentence names: ids that it recommends, and ids that it only mentions, each in the order they stand."""

    recommends: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One statement and its texts: where it stands, the kind of question it answers, what it is about (`own`), tags.

    Kinds that no question has: "safety", "shelf_life", "guideline", and "pair_" with the pair's verdict.
    """

    file: str
    entry: str
    field: str
    kind: str
    texts: tuple[str, ...]
    own: frozenset[str]
    tags: schema.Tagged

    @property
    def address(self) -> str:
        """Where it stands, as claims and mistakes name it: "topics.better_ampoule_serum.fact"."""
        return ".".join(part for part in (self.file, self.entry, self.field) if part)

    def divided(self, names: NamesInText, text: str) -> NamedIds:
        """The ids that one of its texts names. What should be tagged and is not counts as recommended, as too much
        caution harms nobody."""
        ids = names.find(text)
        mentioned = tuple(one for one in ids if one not in self.tags.recommends and self._is_mentioned(one))
        return NamedIds(tuple(one for one in ids if one not in mentioned), mentioned)

    def _is_mentioned(self, subject_id: str) -> bool:
        return subject_id in self.tags.mentions or (self.kind not in ADVISING and subject_id in self.own)

    def untagged(self, names: NamesInText) -> tuple[str, ...]:
        """The ids that must be tagged and are not."""
        if self.kind in ADVISING:
            return ()
        known = {*self.own, *self.tags.recommends, *self.tags.mentions}
        return tuple(one for one in self.named(names) if one not in known)

    def named(self, names: NamesInText) -> tuple[str, ...]:
        """All ids that its texts name, each once."""
        return tuple(dict.fromkeys(one for text in self.texts for one in names.find(text)))


def statements(knowledge: Knowledge) -> Iterator[Statement]:
    """Every statement that people may be told."""
    for file in ("product_types", "ingredients", "families", "concerns", "skin_types", "terms"):
        for entry_id, entry in getattr(knowledge, file).items():
            for kind, fact in entry.facts.items():
                yield _of_fact(file, entry_id, f"facts.{kind}", kind, fact, {entry_id})
    for file in ("ingredients", "terms"):
        for entry_id, entry in getattr(knowledge, file).items():
            yield _of_fact(file, entry_id, "what", "what_is", entry.what, {entry_id})
    for file in ("topics", "situations"):
        for entry_id, topic in getattr(knowledge, file).items():
            yield _of_fact(file, entry_id, "fact", topic.kind, topic.fact, {*topic.about})
    for entry_id, one in knowledge.ingredients.items():
        own = frozenset({entry_id})
        if one.cautions:
            yield Statement("ingredients", entry_id, "", "side_effects", tuple(one.cautions), own, one)
        if one.percent and one.percent.note:
            yield Statement("ingredients", entry_id, "percent", "percent", (one.percent.note,), own, one.percent)
    for entry_id, concern in knowledge.concerns.items():
        if concern.advice:
            yield Statement("concerns", entry_id, "", "for_concern", tuple(concern.advice), frozenset(), concern)
    for entry_id, pair in knowledge.pairs.items():
        texts = (pair.reason, *([pair.sensitive] if pair.sensitive else []))
        yield Statement("pairs", entry_id, "", f"pair_{pair.verdict}", texts, frozenset({pair.a, pair.b}), pair)
    for entry_id, safety in knowledge.safety.items():
        texts = (safety.say, *safety.more, *safety.asked.values(), *(text for text in (safety.after, safety.avoid) if text))
        yield Statement("safety", entry_id, "", "safety", texts, frozenset(), safety)
    for entry_id, practice in knowledge.practices.items():
        yield Statement("practices", entry_id, "", "practice", (practice.say,), frozenset(), practice)
    for entry_id, kept in knowledge.shelf_life.items():
        texts = (kept.say, *kept.signs)
        yield Statement("shelf_life", entry_id, "", "shelf_life", texts, frozenset(kept.subjects), kept)
    for entry_id, rule in knowledge.guidelines.items():
        yield Statement("guidelines", entry_id, "", "guideline", (rule.say,), frozenset(), rule)


def _of_fact(file: str, entry_id: str, field: str, kind: str, fact: schema.Fact, own: set[str]) -> Statement:
    return Statement(file, entry_id, field, kind, (fact.say, *fact.more), frozenset(own), fact)


def ids_by_text(knowledge: Knowledge, names: NamesInText) -> dict[str, NamedIds]:
    """Every text of every statement with the ids it names. Of a text that stands in two statements, what one of them
    recommends is recommended."""
    found: dict[str, NamedIds] = {}
    for statement in statements(knowledge):
        for text in statement.texts:
            ids, before = statement.divided(names, text), found.get(text, NamedIds())
            recommended = tuple(dict.fromkeys((*before.recommends, *ids.recommends)))
            mentioned = tuple(dict.fromkeys((*before.mentions, *ids.mentions)))
            found[text] = NamedIds(recommended, tuple(one for one in mentioned if one not in recommended))
    return found
