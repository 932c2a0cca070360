"""Turns advice into words and replies: lines and cautions, yes or no in front, sources, buttons."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

from bot.phrases import Phrases, capital
from bot.rules.advice import Advice, FollowUp, Line
from bot.rules.knowledge import Knowledge
from bot.rules.names import name, several, with_article
from bot.rules.schema import Verdict

MOST_SOURCES = 3
MOST_BUTTONS = 3
MOST_CAUTIONS = 2
STRONG = frozenset({"regulator", "medical", "evidence"})
SOURCE = FollowUp("source", ())
ITEM = "- "
SILENCE = "statement_off"
"""The sentence in the place of a statement that the owner switched off."""


class Wording:
    """The wording of one language, with the names of the knowledge."""

    def __init__(self, texts: Phrases, knowledge: Knowledge, instead: Callable[[], Mapping[str, str]] = dict) -> None:
        """
        Args:
            texts: the wording.
            knowledge: whose names and sources are said.
            instead: gives what is said in the place of statements that a conversation may remember (`bot.statements.spoken`).
        """
        self._phrases = texts
        self._knowledge = knowledge
        self._instead = instead

    def has(self, key: str) -> bool:
        """True where there is such a wording."""
        return self._phrases.has(key)

    def say(self, key: str, **params: str) -> str:
        """The text of a key, filled; see `Phrases.say`."""
        return self._phrases.say(key, **params)

    def buttons_of(self, key: str) -> list[dict[str, str]]:
        """The buttons of a key."""
        return self._phrases.buttons_of(key)

    def line(self, line: Line) -> str:
        """One line of advice as a sentence."""
        return self._instead().get(line.text, line.text) if line.text else self.say(line.key, **line.params)

    def together(self, lines: Sequence[Line]) -> list[str]:
        """Lines as sentences, each once; that nothing is said on something stands alone or not at all."""
        sentences = list(dict.fromkeys(map(self.line, lines)))
        silence = self.say(SILENCE)
        return [one for one in sentences if one != silence] or sentences

    def question(self, item: FollowUp) -> str | None:
        """A question in human words, as a button shows and sends it; None when its kind has no wording."""
        subjects = list(item.subjects)
        key = f"question_{item.kind}"
        if not subjects:
            key = f"{key}_general"
            return self.say(key) if self.has(key) else None
        if not self.has(key):
            return None
        both = several(self._knowledge, subjects[:2])
        plain, full = name(self._knowledge, subjects[0]), with_article(self._knowledge, subjects[0])
        return self.say(key, subject=full, name=plain, subjects=both)

    def buttons(self, items: Sequence[FollowUp]) -> list[dict[str, str]]:
        """Questions as buttons. What a button sends is the question itself, so that it works on every channel and
        nothing but plain text ever comes back."""
        texts = dict.fromkeys(text for item in items if (text := self.question(item)))
        return [{"title": text, "payload": text} for text in list(texts)[:MOST_BUTTONS]]

    def body(self, advice: Advice, polar: bool) -> str:
        """The answer without its sources: lines and cautions, with `polar` yes or no in front."""
        sentences = self.together(advice.lines)
        if polar and advice.verdict and not any(_says_it(one, advice.verdict) for one in sentences[:FIRST]):
            sentences.insert(0, self.say(f"verdict_{advice.verdict.value}"))
        text = flowing(sentences)
        if advice.cautions:
            text += "\n\n" + " ".join(self.line(line) for line in advice.cautions[:MOST_CAUTIONS])
        return text

    def source_data(self, keys: Sequence[str]) -> list[dict[str, Any]]:
        """Sources as data for channels that show them their own way."""
        sources = self._knowledge.sources
        return [
            {"publisher": sources[key].publisher, "kind": sources[key].kind, "address": sources[key].address} for key in keys
        ]

    def source_line(self, sources: Sequence[Mapping[str, Any]]) -> str:
        """Who says so, in one line: publishers and their kind, the most trusted first; where none of them is a regulator,
        a medical source or an evidence register, only that it is commonly advised, and by whom."""
        named = [source for source in sources if source["kind"] != "unsourced"]
        strong = [source for source in named if source["kind"] in STRONG]
        if not named:
            return self.say("source_none") if sources else ""
        shown = [*strong, *(source for source in named if source not in strong)][:MOST_SOURCES]
        texts = dict.fromkeys(
            self.say("source_named", publisher=source["publisher"], kind=self.say(f"kind_{source['kind']}").lower())
            for source in shown
        )
        return self.say("source" if strong else "source_weak", sources="; ".join(texts))

    def has_source(self, keys: Sequence[str]) -> bool:
        """True where one of the sources has a name."""
        return any(self._knowledge.sources[key].kind != "unsourced" for key in keys)

    def next_questions(self, advice: Advice) -> Sequence[FollowUp]:
        """What may come next, the sources last; nothing keeps anybody from going to a doctor."""
        if not self.has_source(advice.sources) or advice.verdict is Verdict.DOCTOR:
            return advice.follow_ups
        return (*[item for item in advice.follow_ups if item != SOURCE][: MOST_BUTTONS - 1], SOURCE)


# Sentences of ours that are their own verdict, by how they begin; of those that send to a doctor, by a word in them.
OWN_VERDICT = (
    "not ", "no longer", "no single", "better ", "please", "with care", "it depends", "stop", "leave ", "i don't know", "i know of nothing", "almost",
)
FIRST = 3
DOCTORS = ("doctor", "dermatologist", "pharmacist", "prescribed", "clinic", "midwife")


def _says_it(sentence: str, verdict: Verdict) -> bool:
    """True where a sentence of ours says the verdict already, so that a word for it would say it twice."""
    plain = sentence.lower()
    return plain.startswith(OWN_VERDICT) or (verdict is Verdict.DOCTOR and any(word in plain for word in DOCTORS))


def flowing(sentences: Sequence[str]) -> str:
    """Sentences as one text; items of a list ("- ...") stand on lines of their own."""
    text = sentences[0] if sentences else ""
    for before, sentence in zip(sentences, sentences[1:]):
        text += ("\n" if ITEM in (before[:2], sentence[:2]) else " ") + sentence
    return text


__all__ = ["Wording", "capital", "flowing"]
