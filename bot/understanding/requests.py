"""What customers want done with their orders, in their words: a message as a row of requests, each with its part of the text.

The words are data (`data/understanding/_requests.yml`). Nothing here knows an order: what a part names is found where the orders are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Sequence, Set, Tuple

import yaml

from bot.paths import DATA
from bot.understanding.said import Said, holds, plain, said

FILE = DATA / "understanding" / "_requests.yml"
CANCEL, RETURN, ITEMS, ADDRESS, OWN_ADDRESS, PAYMENT, FACTS = (
    "cancel_order", "return", "change_items", "change_order", "change_own_address", "change_payment", "order_facts",
)
TEAM = "team"
WONDER = frozenset({"wonder", "wondering", "know", "see", "check", "ask", "sure", "tell"})
QUESTIONS = frozenset({"what", "which", "when", "where", "list", "status"})
BEFORE_QUESTIONS = frozenset({"know", "tell", "me", "check", "ask", "see", "and", "also", "to", "about", "then", "please", "but"})
OF_REFUNDS = frozenset({"method", "methods", "amount", "sum", "policy", "option", "options"})
FOR_ALL = frozenset({"both", "all", "each", "every", "everything"})
NEAR = 4
FEW = 3


@dataclass(frozen=True)
class Want:
    """One thing that is wanted: its kind, its part of the text, and whether it is wanted only where the one before is refused."""

    kind: str
    text: str
    otherwise: bool = False


class RequestWords:
    """Reads requests by the words of a file."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self._phrases: Dict[str, List[Tuple[str, ...]]] = {}

    @classmethod
    def load(cls, path: Path = FILE) -> RequestWords:
        """Raises OSError or YAMLError where the file cannot be read."""
        return cls(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))

    def list(self, name: str) -> List[Tuple[str, ...]]:
        """The phrases of a list, the longest first."""
        if name not in self._phrases:
            self._phrases[name] = sorted((tuple(str(one).split()) for one in self._data[name]), key=len, reverse=True)
        return self._phrases[name]

    def table(self, name: str) -> Mapping[str, List[Tuple[str, ...]]]:
        """A table of phrases by name."""
        return {str(key): [tuple(str(one).split()) for one in phrases] for key, phrases in self._data[name].items()}

    def synonyms(self, value: str) -> List[Tuple[str, ...]]:
        """Other words for a value of an option."""
        return [tuple(str(one).split()) for one in self._data["values"].get(value.lower(), [])]

    def unit(self, word: str) -> str:
        """A unit as it is compared: "foot" is "ft"."""
        return str(self._data["units"].get(word, word))

    @property
    def steps(self) -> Sequence[Mapping[str, Any]]:
        """Comparatives with what they step along."""
        return list(self._data["steps"])

    @property
    def scales(self) -> Sequence[Sequence[str]]:
        """Values that have an order."""
        return [[str(value) for value in scale] for scale in self._data["scales"]]

    def has(self, words: Sequence[str], name: str) -> bool:
        """Whether one of the phrases of a list stands in words."""
        return any(holds(words, phrase) >= 0 for phrase in self.list(name))

    def first(self, words: Sequence[str], name: str, start: int = 0) -> Tuple[int, int]:
        """Where the first phrase of a list begins and ends; (-1, -1) where none stands there."""
        found = [(place, place + len(phrase)) for phrase in self.list(name) if (place := holds(words, phrase, start)) >= 0]
        return min(found, key=lambda one: (one[0], -one[1])) if found else (-1, -1)

    def named(self, words: Sequence[str], name: str) -> List[str]:
        """The keys of a table of which a phrase stands in words, the longest phrase first, each word counted once."""
        found = [(phrase, key, place) for key, phrases in self.table(name).items() for phrase in phrases if (place := holds(words, phrase)) >= 0]
        taken: set[int] = set()
        kept: List[str] = []
        for phrase, key, place in sorted(found, key=lambda one: -len(one[0])):
            span = set(range(place, place + len(phrase)))
            if not span & taken:
                taken |= span
                kept.append(key)
        return kept

    @cached_property
    def _verbs(self) -> List[Tuple[Tuple[str, ...], str]]:
        found = [(phrase, kind) for kind, phrases in self.table("verbs").items() for phrase in phrases]
        return sorted(found, key=lambda one: -len(one[0]))

    @cached_property
    def _participles(self) -> frozenset[str]:
        return frozenset(phrase[0] for phrase in self.list("participles"))

    @cached_property
    def _before_participles(self) -> frozenset[str]:
        return frozenset(phrase[0] for phrase in self.list("before_participles"))

    def wants(self, text: str) -> List[Want]:
        """Everything that a text wants done or told, in its order."""
        words = said(text)
        found: List[Want] = []
        start = 0
        for end in [*(place + 1 for place, one in enumerate(words) if one.stop == "."), len(words)]:
            if end > start:
                for want in self._of_sentence(text, words[start:end]):
                    if want.kind or not found:
                        found.append(want)
                    elif self._for_all(want):
                        found = [replace(one, text=f"{one.text}. {want.text}") for one in found]
                    else:  # what is told without a request belongs to the one before
                        found[-1] = replace(found[-1], text=f"{found[-1].text}. {want.text}")
            start = end
        head = found[0].text if found and not found[0].kind and len(found) > 1 else ""
        if head:
            found = [replace(found[1], text=f"{head}. {found[1].text}"), *found[2:]]
        return _one_refund([one for one in found if one.kind])

    def _for_all(self, want: Want) -> bool:
        """Whether a sentence without a request tells how everything shall be paid: "use my visa for both orders"."""
        words = plain(want.text)
        return bool(FOR_ALL & set(words)) and bool(self.named(words, "methods"))

    def _of_sentence(self, text: str, words: Sequence[Said]) -> Iterator[Want]:
        """The requests of a sentence; one without a kind where it holds none."""
        plain_words = [one.word for one in words]
        hits = self._hits(plain_words, {place for place, one in enumerate(words) if one.stop})
        cuts = [0]
        for (before, _, _), (place, _, _) in zip(hits, hits[1:]):
            cuts.append(self._cut(words, before, place))
        if not hits:
            yield Want("", text[words[0].start : words[-1].end])
            return
        cuts.append(len(words))
        conditional = False
        for number, (place, _, kind) in enumerate(hits):
            part = words[cuts[number] : cuts[number + 1]]
            if not part:
                continue
            inside = [one.word for one in part]
            at, _ = self.first(inside, "conditional")
            conditional = conditional or (0 <= at <= max(place - cuts[number], 0) and not (at and inside[at - 1] in WONDER))
            yield Want(self._kind(kind, inside), text[part[0].start : part[-1].end], otherwise=conditional)

    def _hits(self, words: Sequence[str], stops: Set[int]) -> List[Tuple[int, int, str]]:
        """Where requests begin: the place of the verb, past its end, its kind."""
        found: List[Tuple[int, int, str]] = []
        place = 0
        while place < len(words):
            hit = next(((place, place + len(verb), kind) for verb, kind in self._verbs if tuple(words[place : place + len(verb)]) == verb), None)
            if hit is not None and not self._denied(words, hit, stops) and self._meant(words, hit):
                if not (found and hit[2] in (FACTS, TEAM) and hit[2] == found[-1][2] and hit[0] - found[-1][1] < NEAR):
                    found.append(hit)
                place = hit[1]
            else:
                place += 1
        return found

    def _denied(self, words: Sequence[str], hit: Tuple[int, int, str], stops: Set[int]) -> bool:
        start = max([0, hit[0] - FEW, *(stop + 1 for stop in stops if stop < hit[0])])  # "if it is not there, return it" denies nothing
        before = words[start : hit[0]]
        return hit[2] != FACTS and words[hit[0]] not in ("not", "do", "no") and any(holds(before, phrase) >= 0 for phrase in self.list("not_done"))

    def _meant(self, words: Sequence[str], hit: Tuple[int, int, str]) -> bool:
        """A weak verb means a request only beside what it is about."""
        if words[hit[0]] in self._participles and not (hit[0] and words[hit[0] - 1] in self._before_participles):
            return False  # "my cancelled order"
        if words[hit[0]] == "refund" and (words[hit[1] : hit[1] + 1] or [""])[0] in OF_REFUNDS:
            return False  # "as payment or refund method"
        if tuple(words[hit[0] : hit[1]]) not in self.list("weak"):
            return True
        behind = words[hit[1] :]
        if hit[2] == FACTS:
            asks = words[hit[0]] not in QUESTIONS or hit[0] < FEW or words[hit[0] - 1] in BEFORE_QUESTIONS
            return asks and self.has(behind, "facts")  # "my address (which you know)" asks nothing
        if words[hit[0]] == "change" and behind[:2] == ["my", "mind"] or words[hit[0] : hit[0] + 2] == ["change", "of"]:
            return False
        if words[hit[0]] in ("change", "update", "correct", "fix"):
            return True
        return words[hit[0]] != "use" and self.has(words[hit[0] :], "address") or (words[hit[0]] in ("ship", "send", "deliver", "redirect") and "to" in behind[:5])

    def _cut(self, words: Sequence[Said], before: int, place: int) -> int:
        """Where the part of a verb begins that stands behind another one: behind the last comma, or at the joint, between them."""
        at = place
        joints = {phrase[0] for phrase in self.list("joints")}
        leads = {phrase[0] for phrase in self.list("leads")}
        while at - 1 > before and words[at - 1].word in leads:
            at -= 1
        for back in range(at, max(before + 1, at - NEAR), -1):
            if words[back - 1].stop == ",":
                return back
            if words[back].word in joints:
                return back
        return at

    def _kind(self, kind: str, words: Sequence[str]) -> str:
        """The kind by what is to be changed."""
        if kind != ITEMS:
            return kind
        if self.has(words, "address"):
            if self.has(words, "own_address") and not self.has(_without_ordering(words), "of_orders"):
                return OWN_ADDRESS
            return f"{ADDRESS}+{OWN_ADDRESS}" if self.has(words, "own_address") and self._both(words) else ADDRESS
        if words[0] in ("ship", "send", "deliver", "redirect"):
            return ADDRESS
        return PAYMENT if self.has(words, "payment") and not self.has(words, "to") or self._pays(words) else ITEMS

    def _both(self, words: Sequence[str]) -> bool:
        """Whether the own address is to change too, and is not the one that an order shall get."""
        to = max((place for place, word in enumerate(words) if word in ("to", "be")), default=-1)
        own = min(place for phrase in self.list("own_address") if (place := holds(words, phrase)) >= 0)
        joined = any(word in ("and", "also", "along", "with", "including") for word in words[max(0, own - 3) : own])
        return to < 0 or own < to or joined

    def _pays(self, words: Sequence[str]) -> bool:
        return self.has(words, "payment") and words[0] not in ("exchange", "swap")


def _without_ordering(words: Sequence[str]) -> List[str]:
    """Words without the verb: "whenever I order something" names no order."""
    return [word for place, word in enumerate(words) if word != "order" or not place or words[place - 1] not in ("i", "we", "you", "to", "they")]


def _one_refund(found: Sequence[Want]) -> List[Want]:
    """ "... and refund it to my card" behind a return says where the money goes, and is no request of its own."""
    kept: List[Want] = []
    for one in found:
        words = plain(one.text)
        only_refund = one.kind == RETURN and ("refund" in words or "money" in words) and not {"return", "returning", "send", "give"} & set(words)
        if only_refund and any(before.kind in (RETURN, CANCEL) for before in kept):
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text}, {one.text}")
        else:
            kept.append(one)
    return [half for one in kept for half in ([replace(one, kind=kind) for kind in one.kind.split("+")] if "+" in one.kind else [one])]
